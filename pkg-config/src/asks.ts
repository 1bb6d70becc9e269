// What passes between a page and its worker: what is asked, and what is answered. Issues and changes travel as the bytes that the
// wasm wrote, with the templates that the page does not have yet; nothing of them is an object before somebody looks.
import type { Written } from "./issues.js";
import type { Options } from "./types.js";
import type { Source } from "./worker-types.js";

export type Ask =
  | { readonly ask: "check"; readonly payload: string; readonly options: Options | undefined; readonly source: Source | undefined }
  // A value is sent in slices, so that nobody waits for the copy of a large one: the value itself, then items of its lists. A long
  // text is sent as a list of its parts, and has no source where it is asked about.
  | { readonly ask: "take"; readonly value: unknown }
  | { readonly ask: "more"; readonly into: string | undefined; readonly items: readonly unknown[] }
  | { readonly ask: "parse"; readonly source: Source | undefined }
  // The rest is asked of the thread's one form; what was taken or parsed last is its draft, its new draft, or the pasted rows.
  | { readonly ask: "open"; readonly payload: string; readonly base: Options | undefined; readonly options: Options | undefined }
  | { readonly ask: "replace" }
  | { readonly ask: "paste"; readonly pointer: string; readonly index: number; readonly columns: readonly string[]; readonly from: number; readonly to: number }
  | { readonly ask: "advance"; readonly count: number; readonly comparing: boolean }
  | { readonly ask: "finish"; readonly keep: boolean }
  | { readonly ask: "call"; readonly method: string; readonly args: readonly unknown[] };

/** Bytes with issues in them. */
export interface Told {
  readonly bytes: Uint8Array;
  readonly locale: number;
  /** Which of the thread's engines it comes from: each numbers its templates by itself. */
  readonly engine: number;
  /** By their numbers. */
  readonly templates: readonly (readonly [number, Written])[];
}

export interface Verdict {
  readonly valid: boolean;
  /** The block; nothing when there is no issue. */
  readonly told: Told | undefined;
  /** The outgoing body as UTF-8, of what is valid. */
  readonly body: Uint8Array | undefined;
}

/** How far a check is: the stage (0 reading, 1 checking, 2 writing), how much of that is done, and how much there is. */
export type Step = readonly [stage: number, done: number, of: number];

export type Answer =
  /** The thread is there. */
  | { readonly id: 0 }
  | { readonly id: number; readonly step: Step }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };
