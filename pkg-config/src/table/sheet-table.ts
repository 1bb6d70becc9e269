// One sheet as a table for a list: where its columns go, which rows are taken, and what a person put right of that. Everything that is
// told is worked out from these when it is asked for, and kept until the next correction.
import type { Changes, Form, Locale } from "../types.js";
import { applied, type Block } from "./apply.js";
import { badness, given, isBlank, textOf, type Cell, type Sheet } from "./cells.js";
import { folded } from "./fold.js";
import { judged, widthOf, type Header } from "./layout.js";
import type { Target } from "./match.js";
import { proposal } from "./proposals.js";
import type { ApplyOptions, Table, TableColumn, TableReason, TableSheet, TableSkipped, TableValue } from "./types.js";
import { MOST_VALUES, unread } from "./unread.js";
import { reasons } from "./words.js";

const SAMPLES = 5;
const FIRST_ROWS = 20;

export interface Made {
  readonly sheet: Sheet;
  readonly sheets: readonly TableSheet[];
  readonly encoding: string | undefined;
  readonly header: Header | undefined;
  readonly list: string;
  /** The list with "*" for the items that it lies in. */
  readonly listOf: string;
  readonly targets: readonly Target[];
  readonly locale: Locale;
  readonly withHidden: boolean;
  readonly newForm: () => Form<unknown>;
}

type Given = string | number | boolean | undefined;

interface Place {
  readonly heading: string;
  target: Target | undefined;
  by: TableColumn["by"];
  sure: number;
  reason: TableReason | undefined;
  /** What a person said that a text means. */
  readonly said: Map<string, Given>;
}

/** What is worked out of the assignments. */
interface Worked {
  readonly taken: readonly number[];
  readonly skipped: readonly TableSkipped[];
  readonly columns: readonly TableColumn[];
}

export function tableOf(made: Made): Table {
  const { sheet, header, targets, locale, list } = made;
  const width = widthOf(sheet);
  const places: Place[] = Array.from({ length: width }, (_, column) => {
    const { match, reason } = header?.assigned[column] ?? { match: undefined, reason: "unknown_column" as const };
    return { heading: header?.headings[column] ?? "", target: match?.target, by: match?.by, sure: match?.sure ?? 0, reason, said: new Map() };
  });
  let worked: Worked | undefined;
  let values: readonly TableValue[] | undefined;

  const say = (reason: TableReason): string => reasons[locale][reason];

  function now(): Worked {
    return (worked ??= work());
  }

  function work(): Worked {
    const taken = places.flatMap(({ target }, column) => (target === undefined ? [] : [column]));
    const required = taken.filter((column) => places[column]?.target?.info.required === "always");
    const rowReasons = judged(sheet, header, { taken, required }, made.withHidden);
    const rows = rowReasons.flatMap((reason, at) => (reason === undefined ? [at] : []));
    const counts = new Array<number>(width).fill(0);
    const samples: string[][] = places.map(() => []);
    const bad: TableSkipped[] = [];
    for (const at of rows) {
      for (const [column, cell] of (sheet.rows[at] as readonly Cell[]).entries()) {
        if (isBlank(cell)) continue;
        counts[column] = (counts[column] ?? 0) + 1;
        const shown = samples[column] as string[];
        if (shown.length < SAMPLES && !shown.includes(textOf(cell))) shown.push(textOf(cell));
        const reason = places[column]?.target === undefined ? undefined : badness(cell);
        if (reason !== undefined) {
          bad.push({ reason, message: say(reason), row: at + 1, column, cells: 1 });
        }
      }
    }
    const columns = places.map(({ heading, target, by, sure }, index) =>
      Object.freeze({ index, header: heading, samples: Object.freeze(samples[index] ?? []), pointer: target?.info.pointer, by, sure, hidden: sheet.hiddenColumns.includes(index) }),
    );
    const lost = places.flatMap(({ target, reason = "unknown_column" }, column) => {
      const cells = counts[column] ?? 0;
      return target !== undefined || cells === 0 ? [] : [{ reason, message: say(reason), column, cells }];
    });
    const skipped = [...runs(rowReasons), ...lost, ...bad].map((one) => Object.freeze(one));
    return { taken: rows, skipped: Object.freeze(skipped), columns: Object.freeze(columns) };
  }

  /** Rows that are not taken, with those that follow one another for one reason in one. */
  function runs(rowReasons: readonly (TableReason | undefined)[]): TableSkipped[] {
    const found: { reason: TableReason; message: string; row: number; to: number; cells: number; text: string }[] = [];
    for (const [at, reason] of rowReasons.entries()) {
      if (reason === undefined) continue;
      const filled = (sheet.rows[at] ?? []).filter((cell) => !isBlank(cell));
      const last = found.at(-1);
      if (last !== undefined && last.reason === reason && last.to === at && (reason === "blank" || reason === "hidden")) {
        last.to = at + 1;
        last.cells += filled.length;
      } else found.push({ reason, message: say(reason), row: at + 1, to: at + 1, cells: filled.length, text: filled.map((cell) => textOf(cell)).join(" | ").slice(0, 200) });
    }
    return found;
  }

  function columnAt(column: number | TableColumn): Place {
    const index = typeof column === "object" && column !== null ? column.index : column;
    const place = Number.isInteger(index) ? places[index as number] : undefined;
    if (place === undefined) throw new RangeError(`The table has no column ${String(index)}: columns count from 0, and there are ${width}.`);
    return place;
  }

  function valueOf(cell: Cell | undefined, { target, said }: Place): Given {
    if (target === undefined || cell === undefined || isBlank(cell)) return undefined;
    if (said.size > 0) {
      const key = folded(textOf(cell));
      if (said.has(key)) return said.get(key);
    }
    return given(cell, target.info, isNumbered(target));
  }

  /** The columns by field, and a row of them. */
  function block(): Block {
    const used = places.flatMap((place, column) => (place.target === undefined ? [] : [{ place, column, name: place.target.column }]));
    const { taken } = now();
    return {
      list,
      columns: used.map(({ name }) => name),
      length: taken.length,
      row(at) {
        const cells = sheet.rows[taken[at] as number] ?? [];
        return used.map(({ place, column }) => valueOf(cells[column], place));
      },
    };
  }

  /** The distinct values that their fields cannot read. */
  function unreadValues(): readonly TableValue[] {
    const { taken } = now();
    const result: TableValue[] = [];
    for (const [column, place] of places.entries()) {
      const { target, said } = place;
      if (target === undefined || target.info.type === "text") continue;
      const distinct = new Map<string, { text: string; value: Given; count: number; rows: number[] }>();
      for (const at of taken) {
        const cell = sheet.rows[at]?.[column];
        if (cell === undefined || isBlank(cell) || badness(cell) !== undefined) continue;
        const text = textOf(cell);
        // One text may stand for a number and for itself.
        const key = `${typeof cell} ${folded(text)}`;
        let one = distinct.get(key);
        if (one === undefined) {
          if (distinct.size >= MOST_VALUES) continue;
          distinct.set(key, (one = { text, value: given(cell, target.info, isNumbered(target)), count: 0, rows: [] }));
        }
        one.count++;
        if (one.rows.length < FIRST_ROWS) one.rows.push(at + 1);
      }
      const all = [...distinct.values()];
      for (const at of unread(made.newForm, list, target, all.map(({ value }) => value))) {
        const one = all[at];
        if (one === undefined) continue;
        const { text, count, rows } = one;
        result.push(Object.freeze({ column, pointer: target.info.pointer, text, count, rows: Object.freeze(rows), proposal: proposal(text, target), assigned: said.has(folded(text)) }));
      }
    }
    return Object.freeze(result);
  }

  const table: Table = {
    sheets: made.sheets,
    encoding: made.encoding,
    header: header?.to,
    get columns() {
      return now().columns;
    },
    get length() {
      return now().taken.length;
    },
    get skipped() {
      return now().skipped;
    },
    get values() {
      return (values ??= unreadValues());
    },
    assign(column, pointer) {
      const place = columnAt(column);
      const target = pointer === undefined ? undefined : targets.find(({ info, column: name }) => info.pointer === pointer || name === pointer);
      if (pointer !== undefined && target === undefined) throw new RangeError(`A column cannot go to ${JSON.stringify(pointer)}: it is no field of ${JSON.stringify(made.listOf)} that a cell can fill.`);
      if (target !== undefined) {
        for (const other of places) if (other !== place && other.target === target) [other.target, other.by, other.sure, other.reason] = [undefined, undefined, 0, "second_column"];
      }
      if (target !== place.target) place.said.clear();
      [place.target, place.by, place.sure, place.reason] = target === undefined ? [undefined, undefined, 0, "person"] : [target, "person", 1, undefined];
      worked = values = undefined;
    },
    assignValue(column, text, value) {
      const { target, said } = columnAt(column);
      if (typeof text !== "string") throw new TypeError("A value is named by its text.");
      if (target === undefined) throw new TypeError("The column goes nowhere: assign it to a field first.");
      if (value !== null && value !== undefined && !["string", "number", "boolean"].includes(typeof value)) throw new TypeError("A value is given a text, a number, a boolean, null or nothing.");
      if (value === undefined) said.delete(folded(text));
      else said.set(folded(text), value ?? undefined);
      values = undefined;
    },
    rows(from = 0, to = Number.POSITIVE_INFINITY) {
      const { columns, length, row } = block();
      const result: Record<string, unknown>[] = [];
      for (let at = Math.max(0, from); at < Math.min(length, to); at++) result.push(Object.fromEntries(row(at).map((value, i) => [columns[i] as string, value])));
      return result;
    },
    async apply(form: Form<unknown>, how: ApplyOptions = {}): Promise<Changes> {
      return applied(block(), form, how);
    },
  };
  return Object.freeze(table);
}

/** Whether a field is a number of a document, which people write with the sign for number before it. */
function isNumbered({ info, labels }: Target): boolean {
  return info.type === "text" && (/(?:^|_)number$/.test(info.name) || labels.some(({ words }) => words[0] === "номер" || words.at(-1) === "number"));
}
