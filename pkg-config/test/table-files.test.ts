// Files that a spreadsheet program made (test/fixtures/tables/make.py says how) and files that are no tables: what portform/table takes
// of them, and what it says of the rest.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { programmeCreate, resultsBulkUpdate } from "portform";
import { readTable, TableError, type Table, type TableSource } from "portform/table";

const file = (name: string): Uint8Array => readFileSync(new URL(`./fixtures/tables/${name}`, import.meta.url));
const results = (source: TableSource, more: object = {}): Promise<Table> => readTable(source, { payload: resultsBulkUpdate, list: "/results", ...more });
const where = (table: Table): (string | undefined)[] => table.columns.map(({ pointer }) => pointer?.slice("/results/*/".length));
const told = (table: Table): string[] => table.skipped.map(({ reason, row, column, cells }) => `${reason} ${row ?? `column ${column}`}: ${cells}`);

describe.each(["results.xlsx", "results.ods", "results.xls"])("%s", (name) => {
  test("the header is found below titles, over merged cells, and its columns go to their fields", async () => {
    const table = await results(new Blob([file(name) as Uint8Array<ArrayBuffer>]));
    expect(table.sheets).toEqual([
      { name: "Ведомость", hidden: false, chosen: true },
      { name: "Справочник", hidden: true, chosen: false },
    ]);
    expect(table.encoding).toBeUndefined();
    expect(table.header).toBe(5);
    expect(where(table)).toEqual([undefined, undefined, "result_status", "interview", "practical_skills", "test_mark", "request_number", "attendance"]);
    expect(table.columns[3]).toMatchObject({ header: "Оценки / Собеседование", by: "label", sure: 1, hidden: false });
    expect(table.columns[5]?.by).toBe("likeness");
    expect(table.columns[5]?.sure).toBeLessThan(1);
    expect(table.columns[7]?.samples).toEqual(["85%", "92", "57%", "0"]);
  });

  test("percentages, leading zeros of the format, saved results of formulas and the number sign are read", async () => {
    const table = await results(file(name));
    expect(table.rows().map(({ request_number }) => request_number)).toEqual(["0012", "0001004", "1005", 1006]);
    expect(table.rows().map(({ attendance }) => attendance)).toEqual([85, "92", 57, 0]);
    expect(table.rows(1, 2)).toMatchObject([{ practical_skills: 4, test_mark: "4" }]);
  });

  test("everything that is not taken is listed with its reason", async () => {
    const table = await results(file(name));
    expect(told(table)).toEqual([
      "title 1: 1", "title 2: 3", "blank 3: 0", "header 4: 6", "header 5: 3", "numbering 6: 8", "hidden 9: 8", "blank 10: 0", "total 13: 2", "blank 14: 0", "note 15: 1", "note 16: 2",
      "unknown_column column 0: 4", "unknown_column column 1: 4", "error_value 12: 1",
    ]);
    expect(table.length).toBe(4);
    const shown = await results(file(name), { hidden: true });
    expect(shown.length).toBe(5);
    expect(shown.rows(2, 3)).toMatchObject([{ request_number: "0099" }]);
  });

  test("another sheet is read when it is asked for", async () => {
    const table = await results(file(name), { sheet: "Справочник" });
    expect(where(table)).toEqual(["request_number", "result_status", "certificate"]);
    await expect(results(file(name), { sheet: "нет" })).rejects.toThrow(/^sheet: the file has no sheet "нет"\.$/);
  });
});

describe.each(["prices.xlsx", "prices.ods", "prices.xls", "prices-1904.xlsx", "prices-1904.xls"])("%s", (name) => {
  test("dates are days, whichever day the file counts from", async () => {
    const table = await readTable(file(name), { payload: programmeCreate, list: "/prices" });
    expect(table.rows()).toEqual([
      { start_date: "2026-12-01", price: 12000.5, comment: "до конца года" },
      { start_date: "2027-01-15", price: "13\u00a0500,00", comment: undefined },
    ]);
    expect(table.columns[0]?.samples).toEqual(["01.12.2026", "15.01.2027"]);
    expect(table.values).toEqual([]);
    const form = programmeCreate.form();
    await table.apply(form);
    expect(form.preview().body).toContain('"prices":[{"price":12000.5,"start_date":"2026-12-01","comment":"до конца года"},{"price":13500,"start_date":"2027-01-15"');
    form.free();
  });
});

test.each([["plain-1251.csv", "windows-1251"], ["plain-html.xls", "utf-8"]])("%s is read with its encoding told, quotes and line breaks kept", async (name, encoding) => {
  const table = await results(file(name));
  expect(table.encoding).toBe(encoding);
  expect(table.header).toBe(2);
  expect(where(table)).toEqual(["certificate", "request_number", "test_mark", "result_status", "test_percentage", undefined]);
  expect(table.columns[5]?.samples).toEqual(['отличная работа; "лучшая"', "пересдача\nв мае"]);
  expect(told(table)).toEqual(["title 1: 1", "header 2: 6", "unknown_column column 5: 2"]);
  expect(table.rows().map(({ request_number }) => request_number)).toEqual(["0012", "0013"]);
});

describe("files that are no tables reject with one sentence in the locale", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const zip = new Uint8Array(file("results.xlsx"));
  const bomb = zip.slice();
  // The first entry of the directory says that it comes to two gigabytes.
  const directory = new DataView(bomb.buffer).getUint32(bomb.length - 22 + 16, true);
  new DataView(bomb.buffer).setUint32(directory + 24, 0x7fffffff, true);
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ["a PDF with the name of a workbook", file("letter.xlsx"), "pdf"],
    ["an .xlsx behind a password", file("locked.xlsx"), "encrypted"],
    ["an .ods behind a password", file("locked.ods"), "encrypted"],
    ["an .xls behind a password", file("locked.xls"), "encrypted"],
    ["an empty file", new Uint8Array(0), "empty"],
    ["a file of blanks", bytes(" \r\n\t\r\n"), "empty"],
    ["half an .xlsx", zip.slice(0, zip.length / 2), "broken"],
    ["an archive that unpacks to gigabytes", bomb, "zip"],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13), "image"],
    ["bytes of any kind", Uint8Array.from({ length: 300 }, (_, at) => (at * 7) % 256), "binary"],
    ["a letter", bytes("{\\rtf1 text}"), "document"],
  ];
  test.each(cases)("%s", async (_, source, code) => {
    const messages = new Set<string>();
    for (const locale of ["ru", "uk", "en"] as const) {
      const error = await results(source, { locale }).then(() => undefined, (error: unknown) => error);
      expect(error).toBeInstanceOf(TableError);
      expect(error).toMatchObject({ name: "TableError", code });
      messages.add((error as Error).message);
    }
    expect(messages.size).toBe(3);
  });

  test("a file that cannot be read any more", async () => {
    const gone = { arrayBuffer: () => Promise.reject(new Error("gone")) } as unknown as Blob;
    await expect(results(gone)).rejects.toMatchObject({ code: "unread" });
  });
});
