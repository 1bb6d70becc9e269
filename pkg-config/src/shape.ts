// What the packer knows of a payload's objects: their keys in the order of the table, by name, and in other spellings.

/** The rows of one object of a payload. */
export interface Shape {
  readonly keys: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** Rows by their name or alias in small letters. */
  readonly folded: ReadonlyMap<string, number>;
  /** Longer keys are no row in another spelling. */
  readonly longest: number;
  /** The shape of the object, or of the items, in a row. */
  readonly child: readonly (Shape | undefined)[];
  /** The item of a list of values: one row without a name. */
  readonly scalar: boolean;
}

/** A value for a place in a payload. */
export interface Placed extends Place {
  readonly value: unknown;
}

/** A place in a payload, and the shape of the objects that stand there or are the items there. */
export interface Place {
  readonly shape: Shape | undefined;
  /** The place is an item of a list. */
  readonly item: boolean;
  readonly depth: number;
}

const none: ReadonlyMap<string, number> = /* @__PURE__ */ new Map();
const CELL: Shape = { keys: [""], index: none, folded: none, longest: 0, child: [undefined], scalar: true };
/** Rows of cells, for a paste. */
export const CELLS: Shape = { ...CELL, child: [CELL] };

/** Only A–Z have a small letter here, as in the tables' own comparison. */
export function small(key: string): string {
  return key.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
