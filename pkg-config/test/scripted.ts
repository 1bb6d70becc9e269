// Seeded scripts of edits of a live form: every kind of edit, sensible and odd values in sensible and odd places. A script is told
// by its seed; what a form refuses as a wrong call is part of it.
import { cycleCreate, programmeCreate, programmeUpdate, resultsBulkUpdate, type Form, type Payload } from "portform";
import { example } from "./support.js";

/** Numbers from 0 to below 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Script {
  readonly #random: () => number;
  readonly payload: Payload<unknown, unknown>;
  readonly form: Form<unknown>;
  /** What was done, for a message. */
  readonly done: string[] = [];
  /** The options that the form has. */
  readonly options: { locale?: "ru" | "uk" | "en"; mode?: "lenient" | "strict"; today?: string; promote?: string[]; dialect?: { address?: "object" | "list"; price?: "number" | "text" } } = {};

  constructor(seed: number) {
    this.#random = random(seed);
    this.payload = this.one([cycleCreate, programmeCreate, programmeUpdate, resultsBulkUpdate, resultsBulkUpdate] as Payload<unknown, unknown>[]);
    this.form = this.payload.form(this.#draft());
  }

  one<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  chance(of: number): boolean {
    return this.#random() < of;
  }

  #draft(): unknown {
    const name = this.payload.name.replace("update", "create");
    const draft = example(this.payload === resultsBulkUpdate ? "results.bulk_update" : name);
    return this.one([draft, draft, draft, {}, undefined, this.#value(3)]);
  }

  #value(depth = 2): unknown {
    const kinds = depth === 0 ? 6 : 9;
    switch (Math.floor(this.#random() * kinds)) {
      case 0:
        return this.one([null, undefined, "", " ", true, false, 0]);
      case 1:
        return this.one(["1", "2", "12 000,50", "4,999", "true", " x ", "x\ud800", "м\ufffd", "массаж и\u0306", "__proto__"]);
      case 2:
        return this.one([1, 5, 12.5, 12.345, -1, 1e21, Number.NaN, 2 ** 53, 20270100000000001n]);
      case 3:
        return this.one(["2027-02-01", "1.2.2027", "2027-02-30", "0001-01-01", "2027-01-31T21:00:00Z"]);
      case 4:
        return this.one(["SUCCEED", "succed", "failed", "NOT_TRAINED", "remote", "FULLTIME", "fulltime"]);
      case 5:
        return this.one([new Date(0), new Map(), Symbol("x"), () => undefined]);
      case 6:
        return Array.from({ length: this.one([0, 1, 1, 2, 3]) }, () => this.#value(depth - 1));
      default: {
        const entries = Array.from({ length: this.one([0, 1, 2, 3]) }, () => [this.#key(), this.#value(depth - 1)] as const);
        return Object.fromEntries(entries);
      }
    }
  }

  #key(): string {
    const own = this.payload.fields().map(({ name }) => name);
    return this.chance(0.8) ? this.one(own) : this.one(["unheard", "Id", "RESULTS", "a/b~c", "x\ud800", "constructor", ""]);
  }

  #pointer(lists = false): string {
    const all = this.payload.fields();
    const some = lists && this.chance(0.95) ? all.filter(({ type }) => type === "list") : all;
    const { pointer } = this.one(some.length === 0 ? all : some);
    const filled = pointer.replaceAll("*", () => String(this.one([0, 0, 0, 1, 1, 2, 7])));
    return this.chance(0.06) ? `${filled}/${this.#key().replaceAll("~", "~0").replaceAll("/", "~1")}` : filled;
  }

  /** One more edit; whatever was done is told. A wrong call is refused, and changes nothing. */
  step(): void {
    const { form } = this;
    const edits: readonly [string, () => unknown[], (...args: never[]) => unknown][] = [
      ["set", () => [this.#pointer(), this.#value(), { typing: this.chance(0.3) }], form.set],
      ["set", () => [this.#pointer(), this.#value(1)], form.set],
      ["set", () => [this.#pointer(true), this.#value()], form.set],
      ["insert", () => [this.#pointer(true), this.one([0, 0, 1, 2]), this.one([undefined, this.#value()])], form.insert],
      ["insert", () => [this.#pointer(true), 0, this.#value()], form.insert],
      ["remove", () => [this.#pointer(true), this.one([0, 0, 1, 2])], form.remove],
      ["move", () => [this.#pointer(true), this.one([0, 1, 2]), this.one([0, 1, 2])], form.move],
      ["paste", () => [this.#pointer(true), this.one([0, 1]), [[this.#value(0), this.#value(0)], [this.#value(0), "да"]], this.#columns()], form.paste],
      ["undo", () => [], form.undo],
      ["undo", () => [], form.undo],
      ["redo", () => [], form.redo],
      ["replace", () => [this.#draft()], form.replace],
      ["attach", () => [this.one(["page", "server"]), this.one([[], [{ pointer: this.#pointer(), message: "own" }], [{ pointer: "", message: "w", severity: "warning" }]])], form.attach],
      ["explain", () => [{ status: 422, body: { error: { type: "validation_failed", invalid: [{ entry: `$${this.#pointer().replaceAll("/", ".")}`, rules: [{ description: "no" }] }] } } }], form.explain],
      ["explain", () => [{ status: 200, body: { success: false, reason: "incorrect_data", description: "телефон" } }], form.explain],
      ["setOptions", () => [this.#chosen()], form.setOptions],
    ];
    const [name, args, edit] = this.one(edits);
    const given = args();
    this.done.push(`${name}(${given.map((arg) => shown(arg)).join(", ")})`);
    try {
      (edit as (...args: unknown[]) => unknown)(...given);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      this.done.push(`  ${error.message}`);
    }
  }

  #columns(): string[] {
    const items = this.payload.fields().filter(({ pointer }) => pointer.includes("*"));
    const names = items.length === 0 ? ["id"] : items.map(({ name }) => name);
    return [this.one(names), this.one(names)];
  }

  #chosen(): Script["options"] {
    const options: Script["options"] = this.one([{ mode: "strict" }, { mode: "lenient" }, { locale: "en" }, { locale: "ru" }, { today: "2027-01-15" }, { promote: ["RES-12", "CYC-08"] }, { promote: [] }, { dialect: { address: "list" } }, { dialect: { address: "object" } }]);
    Object.assign(this.options, options);
    return options;
  }
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return String(Object.prototype.toString.call(value));
  return JSON.stringify(value, (_, inner: unknown) => (["function", "symbol", "bigint"].includes(typeof inner) ? String(inner) : inner)) ?? String(value);
}
