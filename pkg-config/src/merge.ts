// Options on top of others. What they mean, and which are wrong, is decided in src/options_read.rs.
import type { Options } from "./types.js";

/** The bound options with a call's own on top: part by part, and member by member in context, dialect and endpoint. */
export function merged(under: Options | undefined, over: Options): Options {
  if (typeof over !== "object" || over === null || Array.isArray(over)) throw new TypeError("options: must be an object.");
  const result: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = result[name];
    const both = nested.has(name) && isObject(below) && isObject(value);
    result[name] = both ? { ...below, ...given(value) } : nested.has(name) && isObject(value) ? { ...value } : value;
  }
  return result;
}

/** The options of a form after `over` came on top; a part or member that is undefined there falls back to `base`. */
export function replaced(base: Options | undefined, current: Options | undefined, over: Options): Options {
  const result: Record<string, unknown> = merged(current, over) as Record<string, unknown>;
  for (const [name, value] of Object.entries(over)) {
    const below = (base as Record<string, unknown> | undefined)?.[name];
    if (value === undefined) result[name] = below;
    else if (nested.has(name) && isObject(value) && isObject(result[name])) {
      const members = result[name] as Record<string, unknown>;
      for (const [member, given] of Object.entries(value)) {
        if (given === undefined) members[member] = isObject(below) ? (below as Record<string, unknown>)[member] : undefined;
      }
    }
  }
  return result;
}

const nested: ReadonlySet<string> = /* @__PURE__ */ new Set(["context", "dialect", "endpoint"]);

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
