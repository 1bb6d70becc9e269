// What the wasm says of a payload, asked once: its title and the shapes by which its values are packed.
import { locales } from "./issues.js";
import type { Engine } from "./core.js";
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

  private constructor(name: string, number: number, described: Described) {
    this.name = name;
    this.number = number;
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

  /** Asked of an engine at first use; it is the same in all of them. */
  static of(name: string, engine: () => Engine): Table {
    let table = Table.#tables.get(name);
    if (table === undefined) {
      const asked = engine();
      const length = asked.fillText(name);
      const number = asked.attempt((glue) => glue.find(length));
      if (number === undefined) throw new TypeError(`There is no payload ${JSON.stringify(name)}.`);
      table = new Table(name, number, asked.attempt((glue) => asked.outputJson(glue.describe(number))) as Described);
      Table.#tables.set(name, table);
    }
    return table;
  }

  /** The number of the language that issues have with these options. */
  spoken(options: { readonly locale: Locale | undefined }): number {
    return locales.indexOf(options.locale ?? this.locale);
  }
}

type Mutable = { -readonly [Member in keyof Shape]: Shape[Member] };

/** The one text object that engines use for a key, so that keys compare by identity. */
function known(key: string): string {
  return Object.keys({ [key]: 0 })[0] as string;
}

