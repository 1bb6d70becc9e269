// T2–T5: whole values to all issues, from JSON bytes, JSON text and objects. `params`: `from` (bytes, text, objects), `payload`
// (results, programme), `size`, `share`, and `read`: whether the path and message of every issue are looked at as well.
import { programme, results } from "../data.js";

/** Each peer by name, loaded when it is needed: a process has one contestant. */
const peers = {
  portform: async () => (await import("../peers/portform.js")).portform,
  ajv: async () => (await import("../peers/ajv.js")).ajv,
  "ajv without messages": async () => (await import("../peers/ajv.js")).compiled(false),
  "ajv standalone": async () => (await import("../peers/ajv.js")).ajvStandalone,
  zod: async () => (await import("../peers/zod.js")).zod,
  valibot: async () => (await import("../peers/valibot.js")).valibot,
  arktype: async () => (await import("../peers/arktype.js")).arktype,
  yup: async () => (await import("../peers/yup.js")).yupSchemas,
};

const decoder = new TextDecoder();

function input({ from, payload, size, share }) {
  const value = payload === "programme" ? programme() : results(size, share);
  if (from === "objects") return value;
  const text = JSON.stringify(value);
  return from === "text" ? text : new TextEncoder().encode(text);
}

/** From what is given to a value, for those who take values. */
const parse = {
  bytes: (bytes) => JSON.parse(decoder.decode(bytes)),
  text: (text) => JSON.parse(text),
  objects: (value) => value,
};

let seen = 0;

async function check(name, params) {
  const given = input(params);
  const { run, runText, read } = (await peers[name]())[params.payload];
  const value = parse[params.from];
  let issues;
  if (params.from === "objects") issues = run;
  else issues = runText ?? ((source) => run(value(source)));
  if (!params.read) return () => issues(given).length;
  return () => {
    const found = issues(given);
    for (const issue of found) seen += read(issue);
    return found.length;
  };
}

export const contestants = Object.fromEntries(Object.keys(peers).map((name) => [name, (params) => check(name, params)]));

/** What it takes to have the value at all. */
contestants["JSON.parse alone"] = (params) => {
  const given = input(params);
  const value = parse[params.from];
  return () => {
    seen += value(given).results.length;
    return 0;
  };
};

/** Keeps the engine from leaving out what nobody looks at. */
export const total = () => seen;
