// Reports: plain objects whose verdict is there at once, and whose issues, value and body are made when they are first looked at.
// Every member is an own enumerable property, so that spread, JSON.stringify and structuredClone see all of them.
import { checker, type Engine } from "./core.js";
import { noIssues, type Block } from "./issues.js";
import type { Bound } from "./options.js";
import { shown } from "./shown.js";
import type { Table } from "./payload-table.js";
import type { Issue, JsonReport, Report } from "./types.js";

function looked(block: Block | undefined): () => readonly Issue[] {
  let issues: readonly Issue[] | undefined;
  return () => (issues ??= block === undefined ? noIssues : block.issues());
}

export function invalid<T>(block: Block | undefined): Report<T> {
  const issues = looked(block);
  return shown({
    valid: false as const,
    get issues() {
      return issues();
    },
    value: undefined,
  });
}

export function invalidText(block: Block | undefined): JsonReport {
  const issues = looked(block);
  return shown({
    valid: false as const,
    get issues() {
      return issues();
    },
    body: undefined,
  });
}

/** The report of a form, whose body is known when it is valid. */
export function ownReport<T>(block: Block, body: string | undefined): Report<T> {
  if (body === undefined) return invalid(block);
  const issues = looked(block);
  let value: { readonly read: T } | undefined;
  return shown({
    valid: true as const,
    get issues() {
      return issues();
    },
    get value() {
      return (value ??= { read: JSON.parse(body) as T }).read;
    },
  });
}

/** `source` is the packed value. */
export function valid<T>(block: Block | undefined, source: Uint8Array, table: Table, bound: Bound): Report<T> {
  let value: { readonly read: T } | undefined;
  const read = (): T => (value ??= { read: body(source, false, table, bound, (engine, length) => engine.outputJson(length)) as T }).read;
  if (block === undefined) {
    // Mostly there is nothing to tell; a getter costs as much as all the rest.
    return shown({
      valid: true as const,
      issues: noIssues,
      get value() {
        return read();
      },
    });
  }
  const issues = looked(block);
  return shown({
    valid: true as const,
    get issues() {
      return issues();
    },
    get value() {
      return read();
    },
  });
}

/** `source` is the JSON text. */
export function validText(block: Block | undefined, source: string | Uint8Array, table: Table, bound: Bound): JsonReport {
  return readText(block, () => body(source, true, table, bound, (engine, length) => engine.outputText(length)));
}

/** The report of a valid text; its body is read when it is first looked at. */
export function readText(block: Block | undefined, read: () => string): JsonReport {
  const issues = looked(block);
  let text: string | undefined;
  return shown({
    valid: true as const,
    get issues() {
      return issues();
    },
    get body() {
      return (text ??= read());
    },
  });
}

function body<T>(source: string | Uint8Array, text: boolean, table: Table, bound: Bound, read: (engine: Engine, length: number) => T): T {
  const engine = checker();
  const number = bound.number(engine);
  const length = typeof source === "string" ? engine.fillText(source) : engine.fill(source);
  const made = engine.attempt((glue) => read(engine, glue.body(table.number, number, length, text)));
  engine.settle();
  return made;
}

export function deepFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) deepFrozen(member);
    Object.freeze(value);
  }
  return value;
}
