// Values that cannot be copied to another thread, made such that can, whatever they are. What is put in a value's place is no value
// of any field either, and is judged in the same words.

/** Nesting deeper than this, longer lists and more values are not looked at on the other side. */
const DEEP = 40;
const LONG = 1_048_577;
const MANY = 1 << 19;

export function portable(value: unknown): unknown {
  const known = new Map<object, unknown>();
  let left = MANY;

  function copy(value: unknown, depth: number): unknown {
    if (typeof value === "function" || typeof value === "symbol") return Number.NaN;
    if (typeof value !== "object" || value === null) return value;
    // Shared and cyclic objects stay such.
    if (known.has(value)) return known.get(value);
    if (depth > DEEP || --left < 0) return undefined;
    try {
      if (Array.isArray(value)) return items(value, depth + 1);
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype === Object.prototype || prototype === null) return members(value, depth + 1);
      return structuredClone(value);
    } catch {
      // Asking it is enough to fail.
      return new Map();
    }
  }

  function items(value: readonly unknown[], depth: number): unknown[] {
    const list: unknown[] = [];
    known.set(value, list);
    for (let at = 0; at < value.length && at < LONG; at++) list.push(copy(value[at], depth));
    return list;
  }

  function members(value: object, depth: number): object {
    const object: Record<string, unknown> = {};
    known.set(value, object);
    for (const [key, member] of Object.entries(value)) {
      Object.defineProperty(object, key, { value: copy(member, depth), configurable: true, enumerable: true, writable: true });
    }
    return object;
  }

  return copy(value, 0);
}
