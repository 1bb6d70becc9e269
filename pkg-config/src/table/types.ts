// The public types of portform/table, kept by hand. Nothing here runs.
import type { Changes, Form, Locale, Payload } from "../types.js";

export interface TableOptions {
  readonly payload: Payload<never, unknown> | Payload<unknown, unknown>;
  readonly list: string;                                   // pointer of the list: "/results", "/external_contractors/0/divisions"
  readonly locale?: Locale | undefined;                    // of the reasons; without it the payload's own
  readonly sheet?: string | number | undefined;            // name, or place from 0; without it the visible sheet that fits best
  readonly header?: number | false | undefined;            // the header's last row, from 1 as the sheet shows it; false where there is none; without it, found
  readonly hidden?: boolean | undefined;                   // take hidden rows too; without it they are skipped, and listed
  readonly signal?: AbortSignal | undefined;
}

/** Rows of cells: texts, numbers, booleans, dates and nothing. */
export type TableRows = readonly (readonly unknown[])[];
export type TableSource = Blob | ArrayBuffer | ArrayBufferView | string | TableRows;

/** A sheet of the file. */
export interface TableSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly chosen: boolean;                                // the one that the table is of
}

/** A column of the sheet, and where it goes. */
export interface TableColumn {
  readonly index: number;                                  // from 0
  readonly header: string;                                 // "" where it has none
  readonly samples: readonly string[];                     // the first few values, as the sheet shows them
  readonly pointer: string | undefined;                    // "/results/*/test_mark"; undefined: goes nowhere
  readonly by: "name" | "label" | "likeness" | "person" | undefined;
  readonly sure: number;                                   // from 0 to 1
  readonly hidden: boolean;
}

export type TableReason =
  | "title" | "header" | "numbering" | "blank" | "total" | "note" | "hidden" | "nothing"          // rows
  | "unknown_column" | "unsure_column" | "second_column" | "person"                                // cells of columns that go nowhere
  | "error_value" | "no_cached_value";                                                             // single cells

/** What is not taken: a run of rows, a column's cells, or a cell. */
export interface TableSkipped {
  readonly reason: TableReason;
  readonly message: string;                                // in the locale
  readonly row?: number;                                   // from 1, as the sheet shows it
  readonly to?: number;                                    // the last row of the run
  readonly column?: number;                                // from 0
  readonly cells: number;                                  // how many cells in which something stands go nowhere by this
  readonly text?: string;                                  // of a row: what stands in it
}

/** A value of a column that its field cannot read. */
export interface TableValue {
  readonly column: number;
  readonly pointer: string;
  readonly text: string;                                   // as the sheet shows it
  readonly count: number;                                  // rows that have it
  readonly rows: readonly number[];                        // the first of them, from 1
  readonly proposal: string | number | boolean | undefined;   // never taken by itself
  readonly assigned: boolean;                              // assignValue was called for it
}

export interface ApplyOptions {
  readonly at?: "end" | "replace" | number | undefined;    // after the last item (default), in place of all items, or over the items from an index on
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;   // rows
}

export interface Table {
  readonly sheets: readonly TableSheet[];
  readonly encoding: string | undefined;                   // of text: "utf-8", "utf-16le", "windows-1251", …; undefined for workbooks and rows
  readonly header: number | undefined;                     // the header's last row, from 1
  readonly columns: readonly TableColumn[];
  readonly length: number;                                 // rows that will be taken
  readonly skipped: readonly TableSkipped[];
  readonly values: readonly TableValue[];
  assign(column: number | TableColumn, pointer: string | undefined): void;   // the person's correction; a column that went there goes nowhere
  assignValue(column: number | TableColumn, text: string, value: string | number | boolean | null | undefined): void;   // null: nothing; undefined: as it stands
  rows(from?: number, to?: number): readonly Readonly<Record<string, unknown>>[];   // what apply will give the form, by field
  apply(form: Form<never> | Form<unknown>, how?: ApplyOptions): Promise<Changes>;   // one step of undo; given up, it leaves the form as it was
}
