// How another entry of the package makes an edit of a form that is too large for one go: part by part, as one step of undo. No part of the
// public interface; entries find it at a form by a symbol that all of them know.
import type { Changes } from "./types.js";

export const PARTS = /* @__PURE__ */ Symbol.for("portform.parts");

/** An edit under way. Until it ends, the form takes no other. */
export interface Parts {
  set(pointer: string, value: unknown): void;
  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[]): void;
  /** Does so many of the checks, and after the last part of the comparisons; gives how many are left. */
  advance(count: number, last: boolean): number;
  finish(): Changes;
  /** The form is as it was. */
  abandon(): void;
}
export type InParts = () => Parts;
