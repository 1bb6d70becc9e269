// What an edit of a live form changed, read from the output that src/wasm/form.rs describes. Small changes are read at once, large
// ones when they are looked at.
import { shown } from "./shown.js";
import { decode } from "./text.js";
import { decoded, noIssues, type Templates } from "./issues.js";
import type { Changes, FieldState, Issue, Summary } from "./types.js";
import { worded, type Words } from "./words.js";

const HEADER = 28;
const SMALL = 1 << 14;

/** The changes, and the version of the form after them. */
export interface Told {
  readonly changes: Changes;
  readonly version: number;
}

const noStates: Changes["states"] = /* @__PURE__ */ Object.freeze([]);
const noShifts: Changes["shifted"] = /* @__PURE__ */ Object.freeze([]);
/** `bytes` are a copy of the output: reading issues may ask for templates, which takes the output. */
export function told(bytes: Uint8Array, templates: Templates, words?: Words): Told {
  const { length } = bytes;
  const header = new Uint32Array(bytes.buffer, 0, length >> 2);
  const summary: Summary = Object.freeze({
    errors: header[0] as number,
    warnings: header[1] as number,
    notes: header[2] as number,
  });
  const version = header[3] as number;
  const came = header[4] as number;
  const went = header[5] as number;
  const rest = header[6] as number;
  const added = (): readonly Issue[] => (came === 0 ? noIssues : worded(decoded(bytes, header, HEADER, came, templates), words));
  const removed = (): readonly Issue[] => (went === 0 ? noIssues : worded(decoded(bytes, header, HEADER + came, went, templates), words));
  const others = (): Others => (rest === 0 ? nothing : read(bytes.subarray(HEADER + came + went, HEADER + came + went + rest)));
  // The front end's own words are asked for when they are looked at, and never in the midst of an edit.
  return { changes: length <= SMALL && words === undefined ? now(added(), removed(), others(), summary) : later(added, removed, others, summary), version };
}

/** Where the blocks of issues begin in what an edit told. */
export function blocksIn(words: Uint32Array): readonly number[] {
  const came = words[4] as number;
  const went = words[5] as number;
  return [...(came === 0 ? [] : [HEADER]), ...(went === 0 ? [] : [HEADER + came])];
}

type Others = Pick<Changes, "states" | "shifted">;

/** The states of many records, of which most have the same. */
interface Grouped {
  readonly kinds: readonly (readonly (readonly [end: string, bits: number])[])[];
  readonly records: readonly (readonly [begin: string, kind: number])[];
}

const nothing: Others = { states: noStates, shifted: noShifts };

function read(text: Uint8Array): Others {
  const { states: grouped, shifted } = JSON.parse(decode(text)) as { states: Grouped; shifted: Changes["shifted"][number][] };
  const states: FieldState[] = [];
  for (const [begin, kind] of grouped.records) {
    for (const [end, bits] of grouped.kinds[kind] as Grouped["kinds"][number]) {
      states.push(Object.freeze({ pointer: begin + end, relevant: (bits & 1) !== 0, required: (bits & 2) !== 0, expected: (bits & 4) !== 0 }));
    }
  }
  for (const one of shifted) Object.freeze(one);
  return { states: Object.freeze(states), shifted: Object.freeze(shifted) };
}

function now(added: readonly Issue[], removed: readonly Issue[], { states, shifted }: Others, summary: Summary): Changes {
  return { added, removed, states, shifted, summary };
}

function later(added: () => readonly Issue[], removed: () => readonly Issue[], others: () => Others, summary: Summary): Changes {
  let came: readonly Issue[] | undefined;
  let went: readonly Issue[] | undefined;
  let rest: Others | undefined;
  return shown({
    get added() {
      return (came ??= added());
    },
    get removed() {
      return (went ??= removed());
    },
    get states() {
      return (rest ??= others()).states;
    },
    get shifted() {
      return (rest ??= others()).shifted;
    },
    summary,
  });
}
