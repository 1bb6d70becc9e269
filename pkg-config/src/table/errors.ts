// What a file that is no table rejects with.
import type { Locale } from "../types.js";
import { faults, type FileFault } from "./words.js";

/** A file that is no table; the message says in the locale why. */
export class TableError extends Error {
  override readonly name = "TableError";
  readonly code: FileFault;
  constructor(code: FileFault, locale: Locale) {
    super(faults[locale][code]);
    this.code = code;
  }
}
