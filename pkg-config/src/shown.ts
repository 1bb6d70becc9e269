// How Node, Bun and Deno print what makes its members when they are first looked at: with the members, not with getters.

const inspect = /* @__PURE__ */ Symbol.for("nodejs.util.inspect.custom");

const printed: PropertyDescriptor = {
  value(this: object): object {
    return { ...this };
  },
};

/** The object, which prints as its members are; nothing else sees a difference. */
export function shown<T extends object>(object: T): T {
  return Object.defineProperty(object, inspect, printed);
}
