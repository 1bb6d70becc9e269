// What a submitted HTML form holds, as a draft: names become places, and nothing is judged. It knows a payload by its fields only, so
// that a number in a name is an item's index where the payload has a list.
import type { FieldInfo } from "./types.js";

/** What both FormData and URLSearchParams have, so that the types need no DOM. */
export interface FormEntries {
  forEach(take: (value: unknown, name: string) => void): void;
}

/** A list may be so much longer than the items that came: an index of a million must not cost a million items. */
const HOLES = 1_000;
/** What a framework puts beside the fields: Next's server actions, for one. */
const FOREIGN = /^\$ACTION_/;

type Kinds = ReadonlyMap<string, FieldInfo["type"]>;

class Branch {
  readonly members = new Map<string, Branch | unknown[]>();
  readonly list: boolean;
  constructor(list: boolean) {
    this.list = list;
  }
}

/** Reads names as "prices[0].price", "prices[0][price]", "prices.0.price" or "/prices/0/price"; "names[]" is the next item. */
export function draftOf(entries: FormEntries, fields: readonly FieldInfo[]): Record<string, unknown> {
  const kinds: Kinds = new Map(fields.map(({ pointer, type }) => [pointer, type]));
  const root = new Branch(false);
  entries.forEach((value, name) => {
    if (typeof name !== "string") throw new TypeError("fromFormData takes a FormData or URLSearchParams.");
    if (FOREIGN.test(name) || nothingChosen(value)) return;
    put(root, segmentsOf(name), value, kinds);
  });
  return read(root, "", kinds) as Record<string, unknown>;
}

/** What a browser sends of a file control in which no file was chosen. */
function nothingChosen(value: unknown): boolean {
  const { name, size } = Object(value) as { name?: unknown; size?: unknown };
  return typeof value === "object" && name === "" && size === 0;
}

function segmentsOf(name: string): string[] {
  if (name.startsWith("/")) return name.slice(1).split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const segments: string[] = [];
  for (const [, plain, bracketed] of name.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) segments.push(plain ?? bracketed ?? "");
  return segments.length === 0 ? [name] : segments;
}

function put(root: Branch, segments: readonly string[], value: unknown, kinds: Kinds): void {
  let branch = root;
  let at = "";
  for (const [i, segment] of segments.entries()) {
    // "names[]": the values themselves stand at the list.
    const last = i === segments.length - 1 || (i === segments.length - 2 && segments[i + 1] === "");
    at += branch.list ? "/*" : `/${segment.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const key = branch.list && segment === "" ? String(branch.members.size) : segment;
    const there = branch.members.get(key);
    if (last) {
      if (Array.isArray(there)) there.push(value);
      else branch.members.set(key, [value]);
      return;
    }
    if (there instanceof Branch) branch = there;
    else {
      const index = /^(?:\d+|)$/.test(segments[i + 1] as string);
      const next = new Branch(kinds.get(at) === "list" || (index && !kinds.has(at)));
      branch.members.set(key, next);
      branch = next;
    }
  }
}

function read(branch: Branch | unknown[], at: string, kinds: Kinds): unknown {
  if (Array.isArray(branch)) return valueOf(branch, at, kinds);
  if (!branch.list) {
    const draft: Record<string, unknown> = {};
    for (const [key, member] of branch.members) {
      const value = read(member, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, kinds);
      // As a member, not as what the object inherits from.
      Object.defineProperty(draft, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return draft;
  }
  const items = [...branch.members].map(([key, member]) => ({ index: /^\d+$/.test(key) ? Number(key) : Infinity, value: read(member, `${at}/*`, kinds) }));
  items.sort((a, b) => (a.index < b.index ? -1 : a.index > b.index ? 1 : 0));
  const highest = items.at(-1)?.index ?? 0;
  if (highest >= items.length + HOLES) return items.map(({ value }) => value);
  const list: unknown[] = Array.from({ length: highest + 1 }, () => null);
  for (const { index, value } of items) list[index] = value;
  return list;
}

/** The values under one name: a list where the payload has one of values, else the value. */
function valueOf(values: readonly unknown[], at: string, kinds: Kinds): unknown {
  if (kinds.get(at) === "list" && kinds.has(`${at}/*`)) return values.map((value) => one(value, kinds.get(`${at}/*`)));
  // A hidden "false" stands before the checkbox that overrules it.
  if (kinds.get(at) === "boolean") return one(values.at(-1), "boolean");
  return values.length === 1 ? values[0] : [...values];
}

function one(value: unknown, type: FieldInfo["type"] | undefined): unknown {
  if (type !== "boolean") return value;
  if (value === "on" || value === "true") return true;
  return value === "false" ? false : value;
}
