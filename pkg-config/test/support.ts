// What several tests need: the documents' own examples, values that no form would send, and a look at the memory of the wasm.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { vi } from "vitest";

// A hang is what the limit is for; a busy machine must not look like one.
vi.setConfig({ testTimeout: 60_000 });

export function example(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../../tests/fixtures/examples/${name}.json`, import.meta.url), "utf8")) as Record<string, unknown>;
}

/** What an issue must never hold. */
export const SECRET = "Secret-Typed-Value";

class Instance {
  [SECRET] = SECRET;
}

const throwing = (): never => {
  throw new Error(SECRET);
};

function nested(levels: number, wrap: (inner: unknown) => unknown, leaf: unknown): unknown {
  let value = leaf;
  for (let i = 0; i < levels; i++) value = wrap(value);
  return value;
}

/** Values that a check must survive, by what they are; made anew each time. */
export const garbage: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  "a number": () => 42,
  NaN: () => Number.NaN,
  Infinity: () => Infinity,
  "a huge number": () => Number.MAX_VALUE,
  "a text": () => SECRET,
  "a text of 200,000 letters": () => SECRET.repeat(11_000),
  "a lone surrogate": () => "\ud800",
  "a pair of surrogates": () => "😀",
  "a NUL": () => "\0",
  "a bigint": () => 10n ** 30n,
  "a symbol": () => Symbol(SECRET),
  "a function": () => () => SECRET,
  "a class": () => Instance,
  "a Date": () => new Date(0),
  "a broken Date": () => new Date(Number.NaN),
  "a Map": () => new Map([[SECRET, 1]]),
  "a Set": () => new Set([SECRET]),
  "a RegExp": () => /x/,
  "a Promise": () => Promise.resolve(1),
  "a typed array": () => new Uint8Array(8),
  "an ArrayBuffer": () => new ArrayBuffer(8),
  "a boxed text": () => new String(SECRET),
  "a boxed number": () => new Number(1),
  "an Error": () => new Error(SECRET),
  "an instance": () => new Instance(),
  "an object without a prototype": () => Object.assign(Object.create(null) as object, { [SECRET]: 1 }),
  "an object that inherits": () => Object.create({ id: SECRET }) as object,
  "a list": () => [SECRET],
  "an empty list": () => [],
  "an object": () => ({ [SECRET]: SECRET }),
  "an empty object": () => ({}),
  "a cyclic object": () => {
    const value: Record<string, unknown> = { [SECRET]: 1 };
    value["itself"] = value;
    return value;
  },
  "a cyclic list": () => {
    const value: unknown[] = [];
    value.push(value);
    return value;
  },
  "100,000 nested lists": () => nested(100_000, (inner) => [inner], []),
  "100,000 nested objects": () => nested(100_000, (inner) => ({ a: inner }), {}),
  "shared objects": () => nested(64, (inner) => ({ left: inner, right: inner }), "leaf"),
  "shared lists": () => nested(64, (inner) => [inner, inner], "leaf"),
  "a sparse list": () => {
    const value: unknown[] = [];
    value.length = 4_000_000_000;
    return value;
  },
  "a list with holes": () => [, , SECRET],
  "a list without a length": () => new Proxy([1], { get: (list, key) => (key === "length" ? throwing() : Reflect.get(list, key)) }),
  "a list of odd length": () => new Proxy([1], { get: (list, key) => (key === "length" ? Number.NaN : Reflect.get(list, key)) }),
  "a getter that throws": () => Object.defineProperty({}, "id", { enumerable: true, get: throwing }),
  "a proxy that throws": () =>
    new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing, getOwnPropertyDescriptor: throwing }),
  "a proxy without end": () => {
    const value: unknown = new Proxy({ a: 1, b: 2 }, { get: (_, key) => (typeof key === "string" ? new Proxy(value as object, {}) : undefined) });
    return value;
  },
  "a proxy that is its own prototype": () => {
    const value: object = new Proxy({ a: 1 }, { getPrototypeOf: (): object => value });
    return value;
  },
  "a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "a revoked proxy of a list": () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  "__proto__ as a key": () => JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"prototype":2}') as unknown,
  globalThis: () => globalThis,
};

let imports = 0;

/** The package as if it were imported for the first time, with what it did to `WebAssembly` meanwhile. */
export async function fresh(entry: "portform" | "portform/slim" = "portform"): Promise<{
  readonly module: typeof import("portform/slim");
  readonly compiled: () => number;
  readonly started: () => number;
  readonly instances: () => readonly Readonly<Record<string, unknown>>[];
  /** Of the instance that was started last. */
  readonly memory: () => WebAssembly.Memory;
  /** From now on a call of this function of the wasm fails, before or after it did its work, the first time or always. */
  readonly breaks: (name: string, thrown: () => unknown, when?: { readonly after?: boolean; readonly always?: boolean }) => void;
  readonly mend: () => void;
  readonly restore: () => void;
}> {
  let compiled = 0;
  const instances: Readonly<Record<string, unknown>>[] = [];
  const broken = new Map<string, { thrown: () => unknown; after: boolean; always: boolean }>();
  const { Module, Instance, instantiate } = WebAssembly;
  const watched = (instance: WebAssembly.Instance): WebAssembly.Instance => {
    const exports: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(instance.exports)) {
      exports[name] =
        typeof member !== "function"
          ? member
          : (...args: unknown[]): unknown => {
              const fault = broken.get(name);
              if (fault === undefined) return (member as (...args: unknown[]) => unknown)(...args);
              if (!fault.always) broken.delete(name);
              if (fault.after) (member as (...args: unknown[]) => unknown)(...args);
              throw fault.thrown();
            };
    }
    instances.push(exports);
    return { exports } as WebAssembly.Instance;
  };
  WebAssembly.Module = new Proxy(Module, {
    construct(target, args) {
      compiled++;
      return Reflect.construct(target, args) as WebAssembly.Module;
    },
  });
  WebAssembly.Instance = new Proxy(Instance, { construct: (target, args) => watched(Reflect.construct(target, args) as WebAssembly.Instance) });
  WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => watched(await instantiate(module, imports))) as typeof instantiate;
  // The file that the public name leads to; the query makes it another module.
  const file = pathToFileURL(createRequire(import.meta.url).resolve(entry)).href;
  const module = (await import(/* @vite-ignore */ `${file}?import=${++imports}`)) as typeof import("portform/slim");
  return {
    module,
    compiled: () => compiled,
    started: () => instances.length,
    instances: () => instances,
    memory: () => instances.at(-1)?.["memory"] as WebAssembly.Memory,
    breaks: (name, thrown, { after = false, always = false } = {}) => {
      broken.set(name, { thrown, after, always });
    },
    mend: () => broken.clear(),
    restore: () => {
      WebAssembly.Module = Module;
      WebAssembly.Instance = Instance;
      WebAssembly.instantiate = instantiate;
    },
  };
}
