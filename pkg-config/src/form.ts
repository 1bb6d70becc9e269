// The live form of the public interface: what the form in wasm tells, read as issues and changes, and its listeners.
import * as glue from "../build/glue.js";
import type { Answer } from "./answer.js";
import { outputBytes } from "./core.js";
import { told, type Told } from "./changes.js";
import { Handle } from "./handle.js";
import { locales, type Templates } from "./issues.js";
import { lasting, outputBlock } from "./lasting.js";
import { call } from "./listeners.js";
import type { Bound } from "./options.js";
import { ownReport } from "./report.js";
import type { Table } from "./table.js";
import type { Changes, FieldState, Form, Issue, Locale, Options, Preview, Report, Severity, Summary } from "./types.js";

/** Frees the forms that nobody holds any more. */
const forgotten = /* @__PURE__ */ new FinalizationRegistry<number>((number) => glue.form_free(number));

export class LiveForm<Out> implements Form<Out> {
  readonly #handle: Handle;
  readonly #listeners = new Set<(changes: Changes) => void>();
  #version = 0;
  #summary: Summary;

  constructor(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown) {
    this.#handle = new Handle(table, base, own, bound, draft);
    forgotten.register(this, this.#handle.number, this);
    this.#summary = this.#told(this.#handle.summary()).summary;
  }

  get version(): number {
    return this.#version;
  }

  set(pointer: string, value: unknown, how?: { typing?: boolean }): Changes {
    return this.#changed(this.#handle.set(pointer, value, how));
  }

  insert(pointer: string, index: number, item?: unknown): Changes {
    return this.#changed(this.#handle.insert(pointer, index, item));
  }

  remove(pointer: string, index: number): Changes {
    return this.#changed(this.#handle.remove(pointer, index));
  }

  move(pointer: string, from: number, to: number): Changes {
    return this.#changed(this.#handle.move(pointer, from, to));
  }

  replace(draft: unknown): Changes {
    return this.#changed(this.#handle.replace(draft, false));
  }

  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[]): Changes {
    return this.#changed(this.#handle.paste(pointer, index, rows, columns, false));
  }

  get(pointer: string): unknown {
    return this.#handle.get(pointer);
  }

  value(): unknown {
    return this.#handle.get("");
  }

  length(pointer: string): number {
    return this.#handle.length(pointer);
  }

  key(pointer: string): number {
    return this.#handle.key(pointer);
  }

  state(pointer: string): FieldState & { readonly issues: readonly Issue[] } {
    return this.#handle.state(pointer);
  }

  states(): readonly FieldState[] {
    return this.#handle.states();
  }

  issues(filter?: { severity?: Severity; under?: string; offset?: number; limit?: number }): readonly Issue[] {
    return outputBlock(this.#handle.issues(filter), this.#locale()).issues();
  }

  summary(): Summary {
    this.#handle.alive();
    return this.#summary;
  }

  report(): Report<Out> {
    const verdict = this.#handle.report();
    const block = outputBlock(verdict >>> 1, this.#locale());
    // The form goes on changing: the body is taken now, and read when it is looked at.
    return ownReport<Out>(block, (verdict & 1) === 1 ? this.#handle.body() : undefined);
  }

  preview(): Preview {
    return this.#handle.preview();
  }

  explain(answer: Answer): Changes {
    return this.#changed(this.#handle.explain(answer));
  }

  setOptions(options: Options): Changes {
    return this.#changed(this.#handle.setOptions(options));
  }

  undo(): Changes | undefined {
    return this.#history(false);
  }

  redo(): Changes | undefined {
    return this.#history(true);
  }

  subscribe(listener: (changes: Changes) => void): () => void {
    this.#handle.alive();
    // Each subscription counts by itself, also of one function subscribed twice.
    const own = (changes: Changes): void => listener(changes);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  free(): void {
    if (this.#handle.number === 0) return;
    forgotten.unregister(this);
    this.#listeners.clear();
    this.#handle.free();
  }

  #locale(): Locale {
    return locales[this.#handle.locale] as Locale;
  }

  #history(forth: boolean): Changes | undefined {
    const length = this.#handle.history(forth);
    return length === 0 ? undefined : this.#changed(length);
  }

  #told(length: number): Changes {
    const { changes, version }: Told = told(outputBytes(length), lasting[this.#handle.locale] as Templates);
    this.#version = version;
    this.#summary = changes.summary;
    return changes;
  }

  #changed(length: number): Changes {
    const before = this.#version;
    const changes = this.#told(length);
    // What was there already is told nobody.
    if (this.#version !== before) call(this.#listeners, changes);
    return changes;
  }
}

if (typeof Symbol.dispose === "symbol") {
  Object.defineProperty(LiveForm.prototype, Symbol.dispose, {
    configurable: true,
    value(this: LiveForm<unknown>) {
      this.free();
    },
  });
}
