// A sheet becomes a list: texts and rows, which columns go where, what values mean, and giving it to a form in one step of undo.
import { describe, expect, test } from "vitest";
import { contractRequestCapitation, programmeCreate, resultsBulkUpdate, type Changes } from "portform";
import { readTable, type Table, type TableSource } from "portform/table";

const results = (source: TableSource, more: object = {}): Promise<Table> => readTable(source, { payload: resultsBulkUpdate, list: "/results", ...more });
const where = (table: Table): (string | undefined)[] => table.columns.map(({ pointer }) => pointer?.slice("/results/*/".length));
const told = (table: Table): string[] => table.skipped.map(({ reason, row, column, cells }) => `${reason} ${row ?? `column ${column}`}: ${cells}`);
const sample = "Номер заявки;Результат прохождения обучения\r\n0012;Прошёл обучение\r\n";

/** The text in an encoding of one byte to a letter. */
function inBytes(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from(text, (letter) => table.get(letter) as number);
}
function wide(text: string, little: boolean, mark: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer((text.length + (mark ? 1 : 0)) * 2));
  for (const [at, letter] of [...(mark ? "\ufeff" : ""), ...text].entries()) bytes.setUint16(at * 2, letter.charCodeAt(0), little);
  return new Uint8Array(bytes.buffer);
}

describe("texts", () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ["UTF-8", new TextEncoder().encode(sample), "utf-8"],
    ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff${sample}`), "utf-8"],
    ["UTF-16 LE", wide(sample, true, true), "utf-16le"],
    ["UTF-16 BE", wide(sample, false, true), "utf-16be"],
    ["UTF-16 LE without its mark", wide(sample, true, false), "utf-16le"],
    ["UTF-16 BE without its mark", wide(sample, false, false), "utf-16be"],
    ["windows-1251", inBytes(sample, "windows-1251"), "windows-1251"],
    ["the letters of DOS", inBytes(sample, "ibm866"), "ibm866"],
    ["KOI8", inBytes(sample, "koi8-u"), "koi8-u"],
  ];
  test.each(cases)("%s is told and read", async (_, bytes, encoding) => {
    const table = await results(bytes.buffer as ArrayBuffer);
    expect(table.encoding).toBe(encoding);
    expect(table.rows()).toEqual([{ request_number: "0012", result_status: "Прошёл обучение" }]);
  });

  test.each([",", ";", "\t"])("cells stand between %j, also where other signs stand in them", async (sign) => {
    const line = (...cells: string[]): string => cells.map((cell) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(sign);
    const table = await results([line("Отчёт; за май, июнь", "", ""), line("№ сертификата", "Номер заявки", "Тестирование, %"), line('77; "А", б\nв', "0012", "92,5")].join("\n"));
    expect(where(table)).toEqual(["certificate", "request_number", "test_percentage"]);
    expect(table.rows()).toEqual([{ certificate: '77; "А", б\nв', request_number: "0012", test_percentage: "92,5" }]);
  });

  test("Excel's own line that names the sign is heeded and is no row", async () => {
    const table = await results("sep=,\r\nНомер заявки,Результат\r\n1,Прошёл обучение");
    expect(where(table)).toEqual(["request_number", "result_status"]);
    expect(table.length).toBe(1);
  });

  test("a workbook that is a page of HTML in windows-1251 is read by what it says of itself", async () => {
    const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body><table><tr><td>Номер заявки</td><td>Результат</td></tr><tr><td>0012</td><td>Прошёл обучение</td></tr></table></body></html>`;
    const table = await results(inBytes(page, "windows-1251"));
    expect(table.encoding).toBe("windows-1251");
    expect(table.rows()).toEqual([{ request_number: "0012", result_status: "Прошёл обучение" }]);
  });
});

describe("columns", () => {
  test("names, labels of every language and likeness lead to the field, whatever the page's language", async () => {
    const headings = ["request_number", "certificateApplied", "ПОСЕЩЕНИЕ", "Співбесіда", "Case solving", "Сертификат №", "Оценка", "Результат обучения", "Практич. навыки"];
    const table = await results([headings, headings.map(() => "x")], { locale: "uk" });
    expect(where(table)).toEqual(["request_number", "certificate_applied", "attended", "interview", "case_solving", "certificate", "test_mark", "result_status", "practical_skills"]);
    expect(table.columns.map(({ by }) => by)).toEqual(["name", "name", "label", "label", "name", "likeness", "likeness", "likeness", "likeness"]);
    expect(table.columns.every(({ sure }) => sure > 0.5)).toBe(true);
  });

  test("letters written apart, a wrong ё and another apostrophe are the same heading", async () => {
    const table = await results([["Розв'язання кейсів", "Заявка за счет средств ФОМС".normalize("NFD"), "Номер\u00a0заявки"], ["1", "да", "2"]]);
    expect(where(table)).toEqual(["case_solving", "certificate_applied", "request_number"]);
  });

  test("a heading that is like no field, or like several, goes nowhere, and its cells are counted", async () => {
    const table = await results([["№ п/п", "Номер заявки", "Тест", "ФИО", null], [1, "1", "5", "А", null], [2, "2", "4", "Б", "лишнее"]]);
    expect(where(table)).toEqual([undefined, "request_number", undefined, undefined, undefined]);
    expect(told(table).slice(1)).toEqual(["unknown_column column 0: 2", "unsure_column column 2: 2", "unknown_column column 3: 2", "unknown_column column 4: 1"]);
  });

  test("of two columns for one field the surer one is taken, and the other told", async () => {
    const table = await results([["Номер заявки (старый)", "Номер заявки", "Результат"], ["8", "9", "Прошёл обучение"]]);
    expect(where(table)).toEqual([undefined, "request_number", "result_status"]);
    expect(told(table)).toEqual(["header 1: 3", "second_column column 0: 1"]);
  });

  test("a person's correction moves a column, and the one that was there goes nowhere", async () => {
    const table = await results([["Номер заявки", "Результат", "Код"], ["8", "Прошёл обучение", "9"]]);
    table.assign(2, "/results/*/request_number");
    expect(where(table)).toEqual([undefined, "result_status", "request_number"]);
    expect(table.columns[2]).toMatchObject({ by: "person", sure: 1 });
    expect(told(table)).toEqual(["header 1: 3", "second_column column 0: 1"]);
    table.assign(table.columns[1] as Table["columns"][number], undefined);
    expect(told(table)).toEqual(["header 1: 3", "second_column column 0: 1", "person column 1: 1"]);
    expect(table.rows()).toEqual([{ request_number: "9" }]);
    expect(() => table.assign(7, undefined)).toThrow("The table has no column 7: columns count from 0, and there are 3.");
    expect(() => table.assign(0, "/results/*/nothing")).toThrow('A column cannot go to "/results/*/nothing"');
  });

  test("a header that no one knows can be named, or denied", async () => {
    const rows = [["а", "б"], ["Код", "Итог"], ["1", "2"]];
    const table = await results(rows, { header: 2 });
    expect(table.columns.map(({ header }) => header)).toEqual(["Код", "Итог"]);
    expect((await results(rows, { header: false })).columns.map(({ header }) => header)).toEqual(["", ""]);
    expect((await results(rows, { header: false })).length).toBe(3);
  });

  test("a header of two rows without merged cells is one header", async () => {
    const table = await results([["№", "Номер заявки", "Оценки", null, null], [null, null, "Собеседование", "Практические навыки", "Решение кейсов"], [1, "0012", 5, 4, 3]]);
    expect(where(table)).toEqual([undefined, "request_number", "interview", "practical_skills", "case_solving"]);
    expect(table.length).toBe(1);
  });
});

describe("rows", () => {
  test("totals, notes, repeated headers and blanks are told apart from rows with a mistake", async () => {
    const header = ["Номер заявки", "Результат", "Оценка"];
    const table = await results([header, ["1", "Прошёл обучение", 5], [], header, [null, "Прошёл обучение", 4], ["Всего:", null, 9], ["* пересдача возможна"], ["Подпись", "________"]]);
    expect(told(table)).toEqual(["header 1: 3", "blank 3: 0", "header 4: 3", "total 6: 2", "note 7: 1", "note 8: 2"]);
    // A row without its number is a row with a mistake, which the form tells.
    expect(table.rows()).toEqual([{ request_number: "1", result_status: "Прошёл обучение", test_mark: 5 }, { request_number: undefined, result_status: "Прошёл обучение", test_mark: 4 }]);
  });

  test("words that only begin like a total are values", async () => {
    const table = await results([["Номер заявки", "Номер сертификата"], ["Итоговая-1", "1"], ["2", "Всеволод"]]);
    expect(table.length).toBe(2);
  });

  test("dates of JavaScript are days, and what is no cell is a wrong call", async () => {
    const table = await readTable([["Действует с", "Стоимость обучения, руб."], [new Date(2026, 11, 1), 1n], [new Date("2026-12-02T00:00:00Z"), "100"], ["03.12.2026 0:00:00", 5]], { payload: programmeCreate, list: "/prices" });
    expect(table.rows().map(({ start_date }) => start_date)).toEqual(["2026-12-01", "2026-12-02", "03.12.2026"]);
    await expect(results([[{}]] as unknown as TableSource)).rejects.toThrow("A cell is a text, a number, a boolean, a date or nothing.");
    await expect(results([1] as unknown as TableSource)).rejects.toThrow("Rows are a list of lists of values.");
  });

  test("errors of formulas in a text are no values", async () => {
    const table = await results([["Номер заявки", "Номер сертификата"], ["1", "#Н/Д"], ["2", "#12"]]);
    expect(table.rows().map(({ certificate }) => certificate)).toEqual([undefined, "12"]);
    expect(told(table)).toEqual(["header 1: 2", "error_value 2: 1"]);
  });
});

describe("values", () => {
  test("what a field cannot read is listed once, with how often and a proposal", async () => {
    const table = await results([["Номер заявки", "Результат", "Посещение"], ["1", "зачтено", "был"], ["2", "Зачтено ", "да"], ["3", "НЕ ЗАЧТЕНО", "не был"], ["4", "неявка", 1], ["5", "прошел обучение", "ИСТИНА"], ["6", "?", null]]);
    expect(table.values.map(({ column, text, count, rows, proposal }) => [column, text, count, rows, proposal])).toEqual([
      [1, "зачтено", 2, [2, 3], "SUCCEED"],
      [1, "НЕ ЗАЧТЕНО", 1, [4], "FAILED"],
      [1, "неявка", 1, [5], "NOT_TRAINED"],
      [1, "?", 1, [7], undefined],
      [2, "был", 1, [2], true],
      [2, "не был", 1, [4], false],
      [2, "1", 1, [5], true],
    ]);
    expect(table.rows(0, 1)).toMatchObject([{ result_status: "зачтено" }]);
    table.assignValue(1, "ЗАЧТЕНО", "SUCCEED");
    table.assignValue(1, "?", null);
    expect(table.values.filter(({ assigned }) => assigned).map(({ text }) => text)).toEqual(["зачтено", "?"]);
    expect(table.rows().map(({ result_status }) => result_status)).toEqual(["SUCCEED", "SUCCEED", "НЕ ЗАЧТЕНО", "неявка", "прошел обучение", undefined]);
    table.assignValue(1, "зачтено", undefined);
    expect(table.rows(0, 1)).toMatchObject([{ result_status: "зачтено" }]);
    expect(() => table.assignValue(1, "a", {} as string)).toThrow("A value is given a text, a number, a boolean, null or nothing.");
  });

  test("a negation is never proposed for what has none, in any language", async () => {
    const said = ["не прошла обучение", "не пройшла навчання", "did not pass", "прошла обучение", "пройшла навчання", "склав", "не склав"];
    const table = await results([["Номер заявки", "Результат"], ...said.map((text, at) => [String(at), text])]);
    const proposals = Object.fromEntries(table.values.map(({ text, proposal }) => [text, proposal]));
    expect(proposals).toMatchObject({ "не прошла обучение": "FAILED", "не пройшла навчання": "FAILED", "прошла обучение": "SUCCEED", "пройшла навчання": "SUCCEED", "склав": "SUCCEED", "не склав": "FAILED" });
    expect(proposals["did not pass"]).not.toBe("SUCCEED");
  });

  test("numbers and days in words are proposed", async () => {
    const marks = await results([["Номер заявки", "Оценка"], ["1", "5 (отлично)"], ["2", "хорошо"], ["3", "н/я"]]);
    expect(marks.values.map(({ proposal }) => proposal)).toEqual([5, 4, undefined]);
    const prices = await readTable([["Действует с", "Стоимость обучения, руб."], ["1 декабря 2026 г.", 1]], { payload: programmeCreate, list: "/prices" });
    expect(prices.values.map(({ proposal }) => proposal)).toEqual(["2026-12-01"]);
  });
});

describe("apply", () => {
  const rows = (count: number): unknown[][] => [["Номер заявки", "Результат прохождения обучения", "Оценка итогового тестирования"], ...Array.from({ length: count }, (_, at) => [`0${at}`, "Прошёл обучение", 5])];
  const draft = { cycle_id: "1", results: [{ request_number: "9", interview: 3 }, { request_number: "8" }] };

  test.each([["end", ["9", "8", "00", "01"]], ["replace", ["00", "01"]], [1, ["9", "00", "01"]]] as const)("at %s: one step of undo, told once", async (at, numbers) => {
    const form = resultsBulkUpdate.form(draft);
    const heard: Changes[] = [];
    form.subscribe((changes) => heard.push(changes));
    const table = await results(rows(2));
    const changes = await table.apply(form, { at });
    expect((form.value() as typeof draft).results.map((row) => row.request_number)).toEqual(numbers);
    expect(heard).toEqual([changes]);
    expect(changes.summary).toEqual(form.summary());
    expect(form.version).toBe(1);
    form.undo();
    expect(form.value()).toEqual(draft);
    expect(form.undo()).toBeUndefined();
    form.redo();
    expect((form.value() as typeof draft).results.map((row) => row.request_number)).toEqual(numbers);
    form.free();
  });

  test("replaced rows keep nothing of what stood there, overwritten ones keep their other fields", async () => {
    const table = await results(rows(1));
    const replaced = resultsBulkUpdate.form(draft);
    await table.apply(replaced, { at: "replace" });
    expect(replaced.get("/results/0/interview")).toBeUndefined();
    const over = resultsBulkUpdate.form(draft);
    await table.apply(over, { at: 0 });
    expect(over.get("/results/0/interview")).toBe(3);
  });

  test("it is what a paste would make, and reads words as one does", async () => {
    const table = await results([["Номер заявки", "Посещение"], [1004, "так"], ["№ 7", "ні"]], { locale: "en" });
    const form = resultsBulkUpdate.form();
    await table.apply(form);
    expect(form.value()).toEqual({ results: [{ request_number: 1004, attended: true }, { request_number: "7", attended: false }] });
    expect(JSON.parse(form.preview().body)).toMatchObject({ results: [{ request_number: "1004", attended: true }, { request_number: "7", attended: false }] });
  });

  test("until it ends the form is as it was and takes no edit; given up, it stays so", async () => {
    const form = resultsBulkUpdate.form(draft);
    form.set("/cycle_id", "2");
    const was = { value: form.value(), issues: form.issues(), view: form.view() };
    const table = await results(rows(2_000));
    const control = new AbortController();
    const steps: number[] = [];
    const under = table.apply(form, {
      at: "replace",
      signal: control.signal,
      onProgress({ done, total }) {
        expect(total).toBe(2_000);
        steps.push(done);
        if (steps.length !== 4) return;
        expect(form.value()).toEqual(was.value);
        expect(form.view()).toBe(was.view);
        expect(was.view.length("/results")).toBe(2);
        expect(form.issues()).toEqual(was.issues);
        expect(() => form.set("/cycle_id", "3")).toThrow("The form is taking a table: wait for it, or give it up by its signal.");
        expect(() => form.undo()).toThrow(/^The form is taking a table/);
        control.abort();
      },
    });
    await expect(under).rejects.toThrow(/abort/i);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(form.value()).toEqual(was.value);
    expect(form.issues()).toEqual(was.issues);
    expect(form.version).toBe(1);
    expect(form.view()).toBe(was.view);
    form.undo();
    expect(form.get("/cycle_id")).toBe("1");
    expect(form.undo()).toBeUndefined();
    await table.apply(form, { at: "replace" });
    expect(form.length("/results")).toBe(2_000);
  });

  test("a listener of progress that throws gives it up", async () => {
    const form = resultsBulkUpdate.form(draft);
    const table = await results(rows(3));
    await expect(table.apply(form, { onProgress: () => { throw new Error("mine"); } })).rejects.toThrow("mine");
    expect(form.value()).toEqual(draft);
    form.set("/cycle_id", "2");
  });

  test("100,000 rows go in as one step of undo", async () => {
    const table = await results(rows(100_000));
    const form = resultsBulkUpdate.form({ cycle_id: "1" });
    await table.apply(form);
    expect(form.length("/results")).toBe(100_000);
    expect(form.summary().errors).toBe(0);
    form.undo();
    expect(form.value()).toEqual({ cycle_id: "1" });
  });

  test("columns of an object within the rows, and lists within items and of values", async () => {
    const id = "b075f148-7f93-4fc2-b2ec-2d81b19a9b7b";
    const form = contractRequestCapitation.form({ external_contractors: [{ legal_entity_id: id }] });
    const contractors = await readTable([["Підрядник (ідентифікатор)", "Номер договору з підрядником", "Дата укладення", "Діє до"], [id, "0000-1", "01.12.2026", "31.12.2026"], [null, "0000-2", null, null]], { payload: contractRequestCapitation, list: "/external_contractors" });
    expect(contractors.columns.map(({ pointer }) => pointer?.slice(24))).toEqual(["legal_entity_id", "contract/number", "contract/issued_at", "contract/expires_at"]);
    await contractors.apply(form);
    const [, first, second] = (form.value() as { external_contractors: unknown[] }).external_contractors;
    expect(first).toEqual({ legal_entity_id: id, contract: { number: "0000-1", issued_at: "01.12.2026", expires_at: "31.12.2026" } });
    expect(second).toEqual({ contract: { number: "0000-2" } });
    form.undo();
    expect(form.length("/external_contractors")).toBe(1);

    const divisions = await readTable([["Місце надання послуг (ідентифікатор)", "Медична послуга"], ["не uuid", "послуга"]], { payload: contractRequestCapitation, list: "/external_contractors/0/divisions" });
    expect(divisions.values.map(({ text, proposal }) => [text, proposal])).toEqual([["не uuid", undefined]]);
    await divisions.apply(form);
    expect(form.get("/external_contractors/0/divisions")).toEqual([{ id: "не uuid", medical_service: "послуга" }]);

    const names = await readTable("Участник сетевой формы обучения\nООО «А»\nООО «Б»", { payload: programmeCreate, list: "/network/organizations" });
    const programme = programmeCreate.form();
    await names.apply(programme);
    expect(programme.get("/network/organizations")).toEqual(["ООО «А»", "ООО «Б»"]);
  });

  test("wrong calls throw one sentence", async () => {
    const table = await results(rows(1));
    const form = resultsBulkUpdate.form();
    await expect(table.apply(form, { at: 1 })).rejects.toThrow('at: must be "end", "replace" or the index of an item, at most 0.');
    await expect(table.apply({} as typeof form)).rejects.toThrow("apply takes a form of this package: payload.form().");
    await expect(results(5 as unknown as TableSource)).rejects.toThrow("readTable takes a File, a Blob, an ArrayBuffer, a text or rows of cells.");
    await expect(readTable("a", undefined as never)).rejects.toThrow("payload: must be a payload of portform, such as resultsBulkUpdate.");
    await expect(readTable("a", { payload: resultsBulkUpdate, list: "/cycle_id" })).rejects.toThrow('list: "/cycle_id" is no list of the payload.');
    await expect(results("a", { locale: "de" })).rejects.toThrow("locale: must be ru, uk or en.");
    await expect(results("a", { header: 0 })).rejects.toThrow("header: must be a row's number from 1, or false.");
    await expect(results("a", { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});
