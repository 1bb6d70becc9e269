// The live form of the public interface: what the form in wasm tells, read as issues and changes, and its listeners. A form is a frozen
// object of functions that need no `this`.
import { told, type Told } from "./changes.js";
import { Handle, type Read } from "./handle.js";
import { Block } from "./issues.js";
import { Listeners } from "./listeners.js";
import type { Living } from "./living.js";
import type { Bound } from "./options.js";
import { PARTS, type Parts } from "./parts.js";
import { ownReport } from "./report.js";
import type { Table } from "./payload-table.js";
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

  /** An edit in parts is under way. */
  let parted = false;

  /** What answers now: until an edit in parts ends, the form as it was before. */
  function asked(): Handle<Told> {
    if (!parted) return handle;
    handle.living.alive();
    return views.before();
  }

  /** Throws while an edit in parts is under way: what stands in the form is neither the one nor the other. */
  function whole(): void {
    handle.living.alive();
    if (parted) throw new Error("The form is taking a table: wait for it, or give it up by its signal.");
  }

  function edited(make: () => Told | undefined): Changes | undefined {
    whole();
    const told = make();
    return told === undefined ? undefined : changed(told);
  }
  const edit = (make: () => Told): Changes => edited(make) as Changes;

  function inParts(): Parts {
    whole();
    views.aside(handle, version, summary);
    parted = true;
    handle.living.parted = true;
    const end = (): void => {
      parted = false;
      handle.living.parted = false;
      views.back();
    };
    return {
      set: (pointer, value) => handle.setPart(pointer, value),
      paste: (pointer, index, rows, columns) => void handle.paste(pointer, index, rows, columns, true),
      advance: (count, last) => handle.advance(count, last),
      finish() {
        end();
        return changed(handle.finish(true) as Told);
      },
      abandon() {
        end();
        handle.finish(false);
      },
    };
  }

  function history(forth: boolean): Changes | undefined {
    return edited(() => handle.history(forth));
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
    set: (pointer, value, how) => edit(() => handle.set(pointer, value, how)),
    insert: (pointer, index, item) => edit(() => handle.insert(pointer, index, item)),
    remove: (pointer, index) => edit(() => handle.remove(pointer, index)),
    move: (pointer, from, to) => edit(() => handle.move(pointer, from, to)),
    replace: (draft) => edit(() => handle.replace(draft, false) as Told),
    paste: (pointer, index, rows, columns) => edit(() => handle.paste(pointer, index, rows, columns, false) as Told),
    get: (pointer) => asked().get(pointer),
    value: () => asked().get(""),
    length: (pointer) => asked().length(pointer),
    key: (pointer) => asked().key(pointer),
    state(pointer) {
      handle.living.alive();
      return views.now(handle, version, summary).state(pointer);
    },
    states: () => asked().states(),
    issues: (filter) => asked().issues(filter, block).issues(),
    summary() {
      handle.living.alive();
      return summary;
    },
    report: () => report(asked()),
    preview: () => asked().preview(),
    explain: (answer) => edit(() => handle.explain(answer)),
    attach: (source, issues) => edit(() => handle.attach(source, issues)),
    setOptions: (options) => edit(() => handle.setOptions(options)),
    undo: () => history(false),
    redo: () => history(true),
    subscribe(listener) {
      handle.living.alive();
      return listeners.add(listener);
    },
    free,
  };
  const made = {
    get version() {
      return version;
    },
    ...calls,
    ...(typeof Symbol.dispose === "symbol" ? { [Symbol.dispose]: free } : {}),
  };
  const form = Object.freeze(Object.defineProperty(made, PARTS, { value: inParts })) as Form<Out>;
  if (typeof FinalizationRegistry === "function") {
    forgotten ??= new FinalizationRegistry((living) => living.free());
    forgotten.register(form, handle.living, form);
  }
  return form;
}
