// Writing JavaScript values in the packed form that src/wasm/mod.rs describes, by the shapes of a payload's objects. Whatever the
// value is, packing does not hang, and throws only when the call stack or memory is used up: what does not fit is written as foreign,
// and so is what comes to more than is read of one payload. It judges
// nothing, and calls nothing of the wasm: reading a value may run code of its owner (a getter, a proxy), which may pack a value of its
// own meanwhile; so each packing has a buffer to itself, and the caller copies it to where it is wanted.
import { copied } from "./copies.js";
import { begin, note, noteShortage, sound } from "./limits.js";
import { MAX_DEPTH, MAX_ITEMS, Met } from "./nesting.js";
import { CELLS, small, type Placed, type Shape } from "./shape.js";
import { encodeInto, portableText } from "./text.js";

// What a foreign value is.
const SCALAR = 0;
const LIST = 1;
const OBJECT = 2;
const DEEP = 3;
const MANY = 4;
const EXCESS = 7;
/** What a list or an object is when nothing in it says anything. */
const VOID = { [LIST]: 5, [OBJECT]: 5, [MANY]: 6 } as const;

const NO_SLOT = 0xffffffff;
/** Longer texts are too long for every field. */
const MAX_TEXT = 17_000_000;
// What one value may come to in all, each time that it is met: shared references can make a small value endless. See also nesting.ts.
/** Items of lists, as in src/draft. */
const MAX_ALL_ITEMS = 1_048_576;
/** Cells of a block that is pasted. */
const MAX_CELLS = 1 << 25;
/** Keys that the tables do not have. */
const MAX_UNKNOWN = 1 << 22;
const MAX_BYTES = 1 << 28;
/** So many members of a payload that come to more are packed at all, before their like is foreign unseen. */
const MAX_TRIES = 3;
/** Texts of fewer letters are written letter by letter, with a length of one byte. */
const SHORT = 64;

const ordinary = Object.prototype;
/** Objects that hold something else than their keys; as `Object.prototype.toString` names them. */
const opaque = /^\[object (?:Date|Map|Set|WeakMap|WeakSet|WeakRef|RegExp|Promise|String|Number|Boolean|Symbol|BigInt|Error|ArrayBuffer|SharedArrayBuffer|DataView|.+Array|Function|.*Iterator|.*Generator)\]$/;

/** Packing within packing, deeper than which it surely has no end. */
const MAX_WITHIN = 50;
/** What is written at a place that was given up stays in the buffer. */
const SLACK = 16;
/** A larger buffer is not kept. */
const LARGE = 1 << 24;

interface Room {
  readonly bytes: Uint8Array;
  readonly data: DataView;
}

/** Buffers that are not in use. */
const spare: Room[] = [];
/** How many values are being packed now. */
let within = 0;

// Of the packing under way: where it writes, and what is left to it.
let own: Room | undefined;
let memory: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
let data: DataView;
let at = 0;
let end = 0;
let itemsLeft = 0;
let unknownLeft = 0;
let triesLeft = 0;
/** The value comes to more than may be packed: what is written is of no use from `base` on. */
let over = false;
let base = 0;
let plainPrototype = true;
/** Where foreign values are kept, for a form. */
let kept: unknown[] | undefined;
/** What is known of values that do not fit. */
let met: Met | undefined;
/** The objects that the value under way stands in. */
const outermost: object[] = [];
let open = outermost;

/** What was packed last: to be used before anything else is packed, by its length. */
export let packed = memory;

/** Packs a value; returns its length. With `keep`, foreign values are put there, each under its slot. */
export function pack(value: unknown, shape: Shape, keep?: unknown[]): number {
  return packing(keep, () => root(value, shape));
}

/** How long the pointer was that `packAt` or `packCells` wrote. */
export let pointerLength = 0;

/** Writes a pointer and, unless it is left out, the value that it shall have; `shape` is that of the value's objects. */
export function packAt(pointer: string, keep: unknown[], value?: Placed): number {
  let head = 0;
  const length = packing(keep, () => {
    plainText(pointer);
    head = at;
    if (value === undefined) return;
    base = at;
    if (value.item && value.shape !== undefined) listItem(value.value, value.shape, value.depth);
    else any(value.value, value.shape, value.depth);
    if (over) excess(value.value);
  });
  pointerLength = head;
  return length;
}

/** How long the columns were that `packCells` wrote. */
export let columnsLength = 0;

/** Writes a pointer, the names of columns, and rows of cells; a cell that is no scalar is foreign. */
export function packCells(pointer: string, keep: unknown[], columns: readonly string[], rows: readonly (readonly unknown[])[]): number {
  let head = 0;
  let names = 0;
  const length = packing(keep, () => {
    plainText(pointer);
    head = at;
    plainText(columns.join("\n"));
    names = at - head;
    itemsLeft = MAX_CELLS;
    any(rows, CELLS, 1);
    if (over) throw new RangeError("So many cells are more than can be pasted at once: nothing was changed.");
  });
  pointerLength = head;
  columnsLength = names;
  return length;
}

/** Writes the name of a source, and what it found. */
export function packFindings(source: string, findings: readonly unknown[]): number {
  let head = 0;
  const length = packing(undefined, () => {
    plainText(source);
    head = at;
    base = at;
    plain(findings, 1);
    if (over) excess(findings);
  });
  pointerLength = head;
  return length;
}

/** Packs a value of which nothing is known: options, or an upstream's answer. */
export function packPlain(value: unknown): number {
  return packing(undefined, () => {
    plain(value, 1);
    if (over) excess(value);
  });
}

/** Writes a text as UTF-8; returns its length. */
export function packText(text: string): number {
  return packing(undefined, () => utf8(portableText(text)));
}

/** A copy of what was packed last. */
export function packedCopy(length: number): Uint8Array {
  return copied(packed, 0, length);
}

/** Whether what was packed last is the same as these bytes. */
export function packedEquals(length: number, bytes: Uint8Array): boolean {
  if (length !== bytes.length) return false;
  for (let i = 0; i < length; i++) if (packed[i] !== bytes[i]) return false;
  return true;
}

/** Gives memory back after a value that was far larger than usual. */
export function releaseLarge(): void {
  if (packed.length > LARGE) packed = new Uint8Array(0);
}

/** Packs in a buffer of its own, whatever else is being packed meanwhile; returns the length. */
function packing(keep: unknown[] | undefined, write: () => void): number {
  if (within === MAX_WITHIN) throw new RangeError("portform is called without end by what it reads.");
  const outer = { own, memory, data, end, at, itemsLeft, unknownLeft, triesLeft, over, base, plainPrototype, kept, met, open };
  if (within === 0) begin();
  within++;
  try {
    use(spare.pop() ?? roomOf(1 << 16));
    at = 0;
    itemsLeft = MAX_ALL_ITEMS;
    unknownLeft = MAX_UNKNOWN;
    triesLeft = MAX_TRIES;
    over = false;
    base = 0;
    kept = keep;
    met = undefined;
    open = within === 1 ? outermost : [];
    open.length = 0;
    plainPrototype = true;
    for (const _ in ordinary) plainPrototype = false;
    write();
    sound();
    packed = memory;
    return at;
  } finally {
    const mine = own;
    // Without a call, as long as it goes: the stack may be used up.
    if (--within === 0) outermost.length = 0;
    ({ own, memory, data, end, at, itemsLeft, unknownLeft, triesLeft, over, base, plainPrototype, kept, met, open } = outer);
    if (mine !== own && mine !== undefined && mine.bytes.length <= LARGE) spare.push(mine);
  }
}

function roomOf(length: number): Room {
  const bytes = new Uint8Array(length + SLACK);
  return { bytes, data: new DataView(bytes.buffer) };
}

function use(room: Room): void {
  own = room;
  memory = room.bytes;
  data = room.data;
  end = memory.length - SLACK;
}

/** Makes room for so many bytes: those from `base` on are given up where there would be more than may be. */
function room(wanted: number): void {
  if (at + wanted <= end) return;
  if (at + wanted > MAX_BYTES) {
    over = true;
    at = base;
    if (at + wanted <= end) return;
  }
  const before = memory;
  try {
    use(roomOf(Math.max(Math.min(end * 2, MAX_BYTES), at + wanted + 1024)));
  } catch (error) {
    noteShortage();
    throw error;
  }
  memory.set(before.subarray(0, at));
}

function root(value: unknown, shape: Shape): void {
  if (typeof value === "object" && value !== null && !shape.scalar && !isList(value)) object(value, shape, 1);
  else any(value, undefined, 1);
  if (over) {
    base = 0;
    excess(value);
  }
}

/** In the place of what was written from `base` on: a value that comes to too much. */
function excess(value: unknown): void {
  at = base;
  over = false;
  foreign(EXCESS, value);
}

/** A member of the payload itself, which is given up alone when it comes to too much. */
function member(item: unknown, shape: Shape | undefined): void {
  if (item === null || (typeof item !== "object" && !(typeof item === "string" && item.length >= SHORT))) {
    any(item, shape, 2);
    return;
  }
  if (triesLeft <= 0 && typeof item === "object") {
    foreign(EXCESS, item);
    return;
  }
  const items = itemsLeft;
  const unknown = unknownLeft;
  const from = base;
  const slots = kept?.length;
  base = at;
  any(item, shape, 2);
  if (over) {
    triesLeft--;
    itemsLeft = items;
    unknownLeft = unknown;
    if (kept !== undefined) kept.length = slots as number;
    excess(item);
  }
  base = from;
}

/** A revoked proxy cannot even be asked. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch (error) {
    note(error);
    return false;
  }
}

/** Any value of a row whose objects or items have the shape. */
function any(value: unknown, shape: Shape | undefined, depth: number): void {
  switch (typeof value) {
    case "string":
      text(value);
      return;
    case "number":
      if (value - value === 0) number(value);
      else foreign(SCALAR, value);
      return;
    case "boolean":
      room(1);
      memory[at++] = value ? 3 : 2;
      return;
    case "undefined":
      room(1);
      memory[at++] = 0;
      return;
    case "object":
      if (value === null) {
        room(1);
        memory[at++] = 1;
      } else if (isList(value)) {
        if (shape === undefined) misfit(LIST, value, depth);
        else list(value as readonly unknown[], shape, depth);
      } else if (shape === undefined || shape.scalar) misfit(OBJECT, value, depth);
      else object(value, shape, depth);
      return;
    default:
      foreign(SCALAR, value);
  }
}

function number(value: number): void {
  room(9);
  // Minus zero, too: it is read as zero.
  if ((value & 0xff) === value) {
    memory[at] = 9;
    memory[at + 1] = value;
    at += 2;
    return;
  }
  memory[at] = 4;
  data.setFloat64(at + 1, value, true);
  at += 9;
}

function text(value: string): void {
  if (value.length < SHORT) {
    shortText(value);
    return;
  }
  const length = kept === undefined ? MAX_TEXT : MAX_BYTES;
  if (value.length > length && kept !== undefined) {
    foreign(EXCESS, value);
    return;
  }
  room(5);
  const head = at;
  memory[at] = 5;
  at += 5;
  utf8(portableText(value.length > length ? value.slice(0, length) : value));
  data.setUint32(head + 1, at - head - 5, true);
}

/** A text of less than `SHORT` letters: for these a loop beats the encoder. */
function shortText(value: string): void {
  const length = value.length;
  room(2 + SHORT * 3);
  const bytes = memory;
  const head = at;
  let to = head + 2;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x80) bytes[to++] = code;
    else if (code < 0x800) {
      bytes[to++] = 0xc0 | (code >> 6);
      bytes[to++] = 0x80 | (code & 0x3f);
    } else if (code < 0xd800 || code > 0xdfff) {
      bytes[to++] = 0xe0 | (code >> 12);
      bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[to++] = 0x80 | (code & 0x3f);
    } else {
      surrogates(value);
      return;
    }
  }
  bytes[head] = 10;
  bytes[head + 1] = to - head - 2;
  at = to;
}

/** A text in which surrogates stand, in pairs or alone. */
function surrogates(value: string): void {
  const head = at;
  at += 5;
  utf8(portableText(value));
  memory[head] = 5;
  data.setUint32(head + 1, at - head - 5, true);
}

function utf8(value: string): void {
  const length = value.length;
  room(length < 1 << 20 ? length * 3 : length + 16);
  for (let rest = value; ; ) {
    const { read, written } = encodeInto(rest, memory.subarray(at, end));
    at += written;
    if (read === rest.length) return;
    rest = rest.slice(read);
    room(rest.length * 2 + 16);
  }
}

/** A list whose objects have the shape. */
function list(value: readonly unknown[], shape: Shape, depth: number): void {
  let length = 0;
  try {
    ({ length } = value);
  } catch (error) {
    note(error);
    foreign(LIST, value);
    return;
  }
  if (!(length >= 0)) length = 0;
  if (length >= MAX_ITEMS && shape !== CELLS) {
    // A check only has to see that there are too many.
    if (kept === undefined) length = MAX_ITEMS;
    else if (length > MAX_ALL_ITEMS) {
      foreign(MANY, value);
      return;
    }
  }
  if ((itemsLeft -= length) < 0) {
    over = true;
    return;
  }
  room(5);
  memory[at] = 6;
  data.setUint32(at + 1, length, true);
  at += 5;
  let before = 0;
  const within = open.length;
  for (let i = 0; i < length && !over; i++) {
    try {
      for (; i < length && !over; i++) {
        before = at;
        listItem(value[i], shape, depth + 1);
      }
    } catch (error) {
      note(error);
      at = before;
      open.length = within;
      foreign(SCALAR, undefined);
    }
  }
}

/** An item of a list whose objects have the shape. */
function listItem(value: unknown, shape: Shape, depth: number): void {
  if (shape.scalar) any(value, shape.child[0], depth);
  else if (typeof value !== "object" || value === null) any(value, undefined, depth);
  else if (isList(value)) oneItem(value as readonly unknown[], shape, depth);
  else object(value, shape, depth);
}

/** A list where an item is meant to be an object: its one item is read there. */
function oneItem(value: readonly unknown[], shape: Shape, depth: number): void {
  let length = 0;
  let item: unknown;
  try {
    length = value.length;
    item = value[0];
  } catch (error) {
    note(error);
    foreign(LIST, value);
    return;
  }
  if (length > 1) misfit(MANY, value, depth);
  else if (typeof item === "object" && item !== null && isList(item)) misfit(LIST, value, depth);
  else {
    room(5);
    memory[at] = 6;
    data.setUint32(at + 1, length, true);
    at += 5;
    if (length === 1) listItem(item, shape, depth + 1);
  }
}

/** An object that has the shape. One that it stands in itself nests without end. */
function object(value: object, shape: Shape, depth: number): void {
  if (isOpen(value)) foreign(DEEP, value);
  else {
    open.push(value);
    members(value, shape, depth);
    open.pop();
  }
}

/** Whether the value under way stands in this object. */
function isOpen(value: object): boolean {
  for (const outer of open) if (outer === value) return true;
  return false;
}

function members(value: object, shape: Shape, depth: number): void {
  const head = at;
  const within = open.length;
  const before = base;
  if (plainPrototype) {
    try {
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype === ordinary || prototype === null) {
        entries(value as Record<string, unknown>, shape, depth);
        return;
      }
    } catch (error) {
      note(error);
      // A getter or a proxy threw: each key by itself below.
      at = head;
      base = before;
      open.length = within;
    }
  }
  let keys: readonly string[];
  try {
    keys = Object.keys(value);
    const kind = ordinary.toString.call(value);
    if (kind !== "[object Object]" && (keys.length === 0 || opaque.test(kind))) {
      misfit(OBJECT, value, depth);
      return;
    }
  } catch (error) {
    note(error);
    foreign(OBJECT, value);
    return;
  }
  room(5);
  memory[at] = 7;
  at += 5;
  let count = 0;
  let expected = 0;
  for (const key of keys) {
    const from = at;
    try {
      const item = (value as Record<string, unknown>)[key];
      if (item === undefined) continue;
      expected = entry(key, item, shape, expected, depth);
    } catch (error) {
      note(error);
      at = from;
      base = before;
      open.length = within;
      expected = entry(key, unreadable, shape, expected, depth);
    }
    count++;
  }
  data.setUint32(head + 1, count, true);
}

/** Stands for what a getter did not give; a function is foreign wherever it stands. */
const unreadable = (): void => undefined;

/**
 * The entries of an object that inherits nothing, so that every key found is its own. The hot path of all packing: keys mostly come
 * in the order of the table, and values are mostly short texts, numbers and booleans.
 */
function entries(value: Record<string, unknown>, shape: Shape, depth: number): void {
  const head = at;
  const { keys, child } = shape;
  const enough = keys.length * 10 + 16;
  room(enough);
  memory[at] = 7;
  at += 5;
  let count = 0;
  let expected = 0;
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    count++;
    if (key !== keys[expected]) {
      expected = entry(key, item, shape, expected, depth);
      room(enough);
      continue;
    }
    memory[at++] = expected;
    if (typeof item === "string" && item.length < SHORT) {
      shortText(item);
      room(enough);
    } else if (typeof item === "number" && item - item === 0) {
      if ((item & 0xff) === item) {
        memory[at] = 9;
        memory[at + 1] = item;
        at += 2;
      } else {
        memory[at] = 4;
        data.setFloat64(at + 1, item, true);
        at += 9;
      }
    } else if (typeof item === "boolean") memory[at++] = item ? 3 : 2;
    else {
      if (depth === 1) member(item, child[expected]);
      else any(item, child[expected], depth + 1);
      room(enough);
    }
    expected++;
  }
  data.setUint32(head + 1, count, true);
}

/** One entry; returns the row that the next key may be expected to have. */
function entry(key: string, item: unknown, shape: Shape, expected: number, depth: number): number {
  const row = shape.index.get(key);
  if (row !== undefined) {
    room(1);
    memory[at++] = row;
    if (depth === 1) member(item, shape.child[row]);
    else any(item, shape.child[row], depth + 1);
    return row + 1;
  }
  if (--unknownLeft < 0) {
    over = true;
    return expected;
  }
  const other = key.length > shape.longest ? undefined : shape.folded.get(small(key));
  room(2);
  if (other === undefined) {
    memory[at++] = 0xff;
    bare(key);
    if (depth === 1) member(item, undefined);
    else any(item, undefined, depth + 1);
    return expected;
  }
  memory[at++] = 0xfe;
  memory[at++] = other;
  bare(key);
  if (depth === 1) member(item, shape.child[other]);
  else any(item, shape.child[other], depth + 1);
  return other + 1;
}

/** A text without the byte for its kind. */
function bare(key: string): void {
  room(4);
  const head = at;
  at += 4;
  plainText(key);
  data.setUint32(head, at - head - 4, true);
}

/** A short text without its length, mostly of Latin letters: a pointer, a key. */
function plainText(text: string): void {
  const length = text.length;
  if (length > SHORT) {
    utf8(portableText(text));
    return;
  }
  room(length * 3);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) {
      at -= i;
      utf8(portableText(text));
      return;
    }
    memory[at++] = code;
  }
}

/** A list or object that does not fit. */
function misfit(what: typeof LIST | typeof OBJECT | typeof MANY, value: object, depth: number): void {
  met ??= new Met();
  foreign(met.tooDeep(value, depth) ? DEEP : met.saysNothing(value) ? VOID[what] : what, value);
}

function foreign(what: number, value: unknown): void {
  room(6);
  memory[at] = 8;
  memory[at + 1] = what;
  data.setUint32(at + 2, kept === undefined ? NO_SLOT : kept.push(value) - 1, true);
  at += 6;
}

/** A value without a table: every key as text. */
function plain(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) {
    any(value, undefined, depth);
    return;
  }
  const head = at;
  met ??= new Met();
  if (depth > MAX_DEPTH || !met.node() || isOpen(value)) {
    foreign(DEEP, value);
    return;
  }
  const within = open.push(value) - 1;
  try {
    room(5);
    at += 5;
    let count = 0;
    if (Array.isArray(value)) {
      const length = Math.min(value.length, MAX_ALL_ITEMS);
      for (; count < length; count++) {
        if (over || !met.node()) throw new RangeError();
        plain(value[count], depth + 1);
      }
      memory[head] = 6;
    } else {
      if (opaque.test(ordinary.toString.call(value))) throw new TypeError();
      for (const key of Object.keys(value)) {
        const item = (value as Record<string, unknown>)[key];
        if (item === undefined) continue;
        if (--unknownLeft < 0) over = true;
        if (over) throw new RangeError();
        room(1);
        memory[at++] = 0xff;
        bare(key);
        plain(item, depth + 1);
        count++;
      }
      memory[head] = 7;
    }
    data.setUint32(head + 1, count, true);
  } catch (error) {
    note(error);
    at = over ? base : head;
    foreign(OBJECT, value);
  }
  open.length = within;
}
