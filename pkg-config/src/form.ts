// The live form of the public interface: what the form in wasm tells, read as issues and changes, and its listeners.
import type { Answer } from "./answer.js";
import { told, type Told } from "./changes.js";
import { Handle, type Read } from "./handle.js";
import { Block } from "./issues.js";
import { Listeners } from "./listeners.js";
import type { Living } from "./living.js";
import type { Bound } from "./options.js";
import { ownReport } from "./report.js";
import type { Table } from "./table.js";
import type { Changes, FieldState, Form, Issue, Options, Preview, Report, Severity, Summary } from "./types.js";

/** Frees the forms that nobody holds any more, where the runtime tells of them. */
let forgotten: FinalizationRegistry<Living> | undefined;

const changes: Read<Told> = (output, locale, engine) => told(output, engine.templates(locale));
const block: Read<Block> = (output, locale, engine) => new Block(output, engine.templates(locale));

export class LiveForm<Out> implements Form<Out> {
  readonly #handle: Handle<Told>;
  readonly #listeners = new Listeners<Changes>();
  #version = 0;
  #summary: Summary;

  constructor(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown) {
    this.#handle = new Handle(table, base, own, bound, draft, changes);
    if (typeof FinalizationRegistry === "function") {
      forgotten ??= new FinalizationRegistry((living) => living.free());
      forgotten.register(this, this.#handle.living, this);
    }
    ({ version: this.#version, changes: { summary: this.#summary } } = this.#handle.summary());
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
    return this.#changed(this.#handle.replace(draft, false) as Told);
  }

  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[]): Changes {
    return this.#changed(this.#handle.paste(pointer, index, rows, columns, false) as Told);
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
    return this.#handle.issues(filter, block).issues();
  }

  summary(): Summary {
    this.#handle.living.alive();
    return this.#summary;
  }

  report(): Report<Out> {
    // The form goes on changing: the body is taken now, and read when it is looked at.
    const { told, body } = this.#handle.report(block);
    return ownReport<Out>(told, body);
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
    this.#handle.living.alive();
    return this.#listeners.add(listener);
  }

  free(): void {
    forgotten?.unregister(this);
    this.#listeners.clear();
    this.#handle.free();
  }

  #history(forth: boolean): Changes | undefined {
    const told = this.#handle.history(forth);
    return told === undefined ? undefined : this.#changed(told);
  }

  #changed({ changes, version }: Told): Changes {
    const before = this.#version;
    this.#version = version;
    this.#summary = changes.summary;
    // An edit that changed nothing is nothing to tell.
    if (version !== before) this.#listeners.tell(changes);
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
