// T8: the cold start in headless Chromium, from the import to the first verdict, with and without slowing the processor down four
// times. Every sample is a new browser context, so that nothing is cached; the files come from this process, over loopback.
import { dist, inChromium } from "./chromium.js";
import { programme } from "./data.js";
import { figures } from "./contest.js";
import { bundle } from "./sizes.js";

const first = JSON.stringify(programme());

/** What each contestant does in the page; the last value is whether the programme is valid. */
const STARTS = {
  portform: `const { programmeCreate } = await import("/portform.js"); return programmeCreate.check(value).valid;`,
  "portform/slim": `const { default: init, init: named, programmeCreate } = await import("/slim.js"); await (named ?? init)(); return programmeCreate.check(value).valid;`,
  zod: `const { zod } = await import("/zod.js"); return zod.programme.run(value).length === 0;`,
  valibot: `const { valibot } = await import("/valibot.js"); return valibot.programme.run(value).length === 0;`,
  ajv: `const { ajv } = await import("/ajv.js"); return ajv.programme.run(value).length === 0;`,
};

async function files() {
  const ajv = `import { Ajv } from "ajv"; import { programmeSchema } from "./peers/ajv-schemas.js"; import { isDate, isMoney, isUrl, programme as across } from "./rules.js";
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    ajv.addFormat("money", { type: "number", validate: isMoney }); ajv.addFormat("calendar", isDate); ajv.addFormat("http", isUrl);
    const validate = ajv.compile(programmeSchema);
    export const contestant = { programme: { run: (value) => { const found = validate(value) ? [] : validate.errors; across(value, (path, code) => found.push({ path, code })); return found; } } };
    export { contestant as ajv };`;
  return {
    "/portform.js": ["text/javascript", dist("index.js")],
    "/slim.js": ["text/javascript", dist("slim.js")],
    "/portform.wasm": ["application/wasm", dist("portform.wasm")],
    "/zod.js": ["text/javascript", await bundle('export { zod } from "./peers/zod.js";')],
    "/valibot.js": ["text/javascript", await bundle('export { valibot } from "./peers/valibot.js";')],
    "/ajv.js": ["text/javascript", await bundle(ajv)],
  };
}

async function sample(browser, origin, start, slower) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(origin);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const [milliseconds, valid] = await page.evaluate(`(async () => {
      const value = ${first};
      const begin = performance.now();
      const valid = await (async () => { ${start} })();
      return [performance.now() - begin, valid];
    })()`);
    if (valid !== true) throw new Error("the first verdict is wrong");
    return milliseconds * 1e6;
  } finally {
    await context.close();
  }
}

/** Figures in nanoseconds by contestant, at full speed and slowed down. */
export async function coldStarts(samples) {
  return inChromium("T8", await files(), async (browser, origin) => {
    const out = {};
    for (const slower of [1, 4]) {
      const taken = Object.fromEntries(Object.keys(STARTS).map((name) => [name, []]));
      for (let round = 0; round <= samples; round++) {
        for (const [name, start] of Object.entries(STARTS)) {
          const time = await sample(browser, origin, start, slower);
          // The first round warms the browser's own processes up.
          if (round > 0) taken[name].push(time);
        }
      }
      out[slower] = Object.fromEntries(Object.entries(taken).map(([name, list]) => [name, figures(list)]));
    }
    return { version: browser.version(), out };
  });
}
