// The live form of the public interface: what the form in wasm tells, read as issues and changes, and its listeners. A form is a frozen
// object of functions that need no `this`.
import { told, type Told } from "./changes.js";
import { Handle, type Read } from "./handle.js";
import { Block } from "./issues.js";
import { Listeners } from "./listeners.js";
import type { Living } from "./living.js";
import type { Bound } from "./options.js";
import { ownReport } from "./report.js";
import type { Table } from "./table.js";
import type { Changes, Form, FormView, Options } from "./types.js";
import { Views } from "./view.js";

/** Frees the forms that nobody holds any more, where the runtime tells of them. */
let forgotten: FinalizationRegistry<Living> | undefined;

const read: Read<Told> = (output, locale, engine, words) => told(output, engine.templates(locale), words);
const block: Read<Block> = (output, locale, engine, words) => new Block(output, engine.templates(locale), words);

export function liveForm<Out>(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown): Form<Out> {
  const handle = Handle.of(table, base, own, bound, draft, read);
  const listeners = new Listeners<Changes>();
  let {
    version,
    changes: { summary },
  } = handle.summary();

  function changed(told: Told): Changes {
    const { changes } = told;
    const moved = told.version !== version;
    ({ version } = told);
    views.changed(version);
    ({ summary } = changes);
    // An edit that changed nothing is nothing to tell.
    if (moved) listeners.tell(changes);
    return changes;
  }

  function history(forth: boolean): Changes | undefined {
    const told = handle.history(forth);
    return told === undefined ? undefined : changed(told);
  }

  function report(form: Handle<Told>): ReturnType<Form<Out>["report"]> {
    // The form goes on changing: the body is taken now, and read when it is looked at.
    const { told, body } = form.report(block);
    return ownReport<Out>(told, body);
  }

  function free(): void {
    forgotten?.unregister(form);
    listeners.clear();
    views.leave();
    handle.free();
  }

  const views = new Views<Out>(handle, { report, block: (form, filter) => form.issues(filter, block) });
  const calls: Pick<Form<Out>, Exclude<keyof Form<Out> & string, "version">> = {
    view(): FormView<Out> {
      handle.living.alive();
      return views.now(handle, version, summary);
    },
    set: (pointer, value, how) => changed(handle.set(pointer, value, how)),
    insert: (pointer, index, item) => changed(handle.insert(pointer, index, item)),
    remove: (pointer, index) => changed(handle.remove(pointer, index)),
    move: (pointer, from, to) => changed(handle.move(pointer, from, to)),
    replace: (draft) => changed(handle.replace(draft, false) as Told),
    paste: (pointer, index, rows, columns) => changed(handle.paste(pointer, index, rows, columns, false) as Told),
    get: (pointer) => handle.get(pointer),
    value: () => handle.get(""),
    length: (pointer) => handle.length(pointer),
    key: (pointer) => handle.key(pointer),
    state(pointer) {
      handle.living.alive();
      return views.now(handle, version, summary).state(pointer);
    },
    states: () => handle.states(),
    issues: (filter) => handle.issues(filter, block).issues(),
    summary() {
      handle.living.alive();
      return summary;
    },
    report: () => report(handle),
    preview: () => handle.preview(),
    explain: (answer) => changed(handle.explain(answer)),
    attach: (source, issues) => changed(handle.attach(source, issues)),
    setOptions: (options) => changed(handle.setOptions(options)),
    undo: () => history(false),
    redo: () => history(true),
    subscribe(listener) {
      handle.living.alive();
      return listeners.add(listener);
    },
    free,
  };
  const form = Object.freeze({
    get version() {
      return version;
    },
    ...calls,
    ...(typeof Symbol.dispose === "symbol" ? { [Symbol.dispose]: free } : {}),
  }) as Form<Out>;
  if (typeof FinalizationRegistry === "function") {
    forgotten ??= new FinalizationRegistry((living) => living.free());
    forgotten.register(form, handle.living, form);
  }
  return form;
}
