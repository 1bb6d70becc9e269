// What the wasm says of a payload, asked once: its title and the shapes by which its values are packed.
import * as glue from "../build/glue.js";
import { attempt, outputJson } from "./core.js";
import { packText } from "./pack.js";
import { small, type Shape } from "./shape.js";
import type { Locale } from "./types.js";

interface Described {
  readonly title: readonly [string, string, string];
  readonly upstream: "portal" | "ehealth";
  readonly locale: Locale;
  readonly shapes: readonly {
    readonly keys: readonly string[];
    readonly aliases: readonly (readonly [number, string])[];
    readonly child: readonly (number | null)[];
    readonly scalar: boolean;
  }[];
}

/** What the wasm says of a payload. */
export class Table {
  readonly name: string;
  readonly number: number;
  readonly title: Readonly<Record<Locale, string>>;
  readonly upstream: "portal" | "ehealth";
  readonly locale: Locale;
  readonly shape: Shape;

  private constructor(name: string) {
    this.name = name;
    const number = glue.find(packText(name));
    if (number === undefined) throw new TypeError(`There is no payload ${JSON.stringify(name)}.`);
    this.number = number;
    const described = outputJson(glue.describe(number)) as Described;
    const [ru, uk, en] = described.title;
    this.title = Object.freeze({ ru, uk, en });
    this.upstream = described.upstream;
    this.locale = described.locale;
    const shapes = described.shapes.map(({ keys, scalar }) => ({ keys: keys.map(known), scalar }) as unknown as Mutable);
    for (const [i, { aliases, child }] of described.shapes.entries()) {
      const shape = shapes[i] as Mutable;
      shape.child = child.map((number) => (number === null ? undefined : shapes[number]));
      shape.index = new Map(shape.keys.map((key, row) => [key, row]));
      const folded = new Map<string, number>();
      for (const [row, key] of shape.keys.entries()) {
        for (const name of [key, ...aliases.filter(([of]) => of === row).map(([, alias]) => alias)]) {
          if (!folded.has(small(name))) folded.set(small(name), row);
        }
      }
      shape.folded = folded;
      shape.longest = Math.max(0, ...[...folded.keys()].map((key) => key.length));
    }
    this.shape = shapes[0] as Shape;
  }

  static readonly #tables = new Map<string, Table>();

  static of(name: string): Table {
    let table = Table.#tables.get(name);
    if (table === undefined) {
      table = attempt(() => new Table(name));
      Table.#tables.set(name, table);
    }
    return table;
  }
}

type Mutable = { -readonly [Member in keyof Shape]: Shape[Member] };

/** The one text object that engines use for a key, so that keys compare by identity. */
function known(key: string): string {
  return Object.keys({ [key]: 0 })[0] as string;
}

