// Whether two snapshots say the same: plain objects and lists by what is in them, everything else by identity.

export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return false;
  const prototype: unknown = Object.getPrototypeOf(one);
  if (prototype !== Object.getPrototypeOf(other) || (prototype !== Object.prototype && prototype !== Array.prototype)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]))
  );
}

/** The earlier one of two that say the same, else the later. */
export function alike<T>(before: T | undefined, now: T): T {
  try {
    return before !== undefined && same(before, now) ? before : now;
  } catch {
    // A value of the caller's own may throw when it is looked at, or have no end.
    return now;
  }
}
