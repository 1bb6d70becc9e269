// What may be chosen at a field that refers to a list of the context: specialities by name, programmes, kits and partitions by the names
// of their ids, application numbers. A choice is only offered; what else is typed stays, and the rules say what is wrong with it.
import type { Context } from "../types.js";
import type { Screen } from "./screen.js";

/** What is stored, and the name that a person knows it by, where that is another. */
export interface Choice {
  readonly value: string;
  readonly name?: string | undefined;
}

type Reader = (context: Context, screen: Screen, pointer: string) => Choice[];
type Fields = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, Reader>> = {
  "/specialities/*/name": ({ specialities }) => listOf(specialities, "specialities").map((one) => ({ value: text(one, "name") })),
  "/specialities/*/programmes/*/id": ({ programmes }, screen, pointer) => {
    const speciality = String(screen.form.get(above(pointer, 3, "/name")) ?? "").trim();
    const all = listOf(programmes, "programmes");
    const own = all.filter((one) => text(one, "speciality") === speciality);
    return named(own.length === 0 ? all : own);
  },
  "/specialities/*/programmes/*/umk/*/id": (context, screen, pointer) => named(kits(context, screen, above(pointer, 3))),
  "/specialities/*/programmes/*/umk/*/partitions/*/id": (context, screen, pointer) => {
    const kit = id(screen, above(pointer, 3, "/id"));
    return named(listOf(kits(context, screen, above(pointer, 5)).find((one) => text(one, "id").toLowerCase() === kit), "partitions"));
  },
  "/specialities/*/programmes/*/partitions/*/id": (context, screen, pointer) => named(kits(context, screen, above(pointer, 3)).flatMap((kit) => listOf(kit, "partitions"))),
  "/programme": ({ programme }) => (text(programme, "program_number") === "" ? [] : [{ value: text(programme, "program_number"), name: text(programme, "name") }]),
  "/results/*/request_number": ({ requestNumbers }) => (requestNumbers ?? []).map((value) => ({ value })),
  "/request_number": ({ requestNumbers }) => (requestNumbers ?? []).map((value) => ({ value })),
};

/** Whether the field at a pointer refers to a list that the context has. */
export function refersTo(screen: Screen, pointer: string): boolean {
  return readerOf(screen, pointer) !== undefined;
}

/** What may be chosen at the pointer now. */
export function choicesAt(screen: Screen, pointer: string): readonly Choice[] {
  const found = readerOf(screen, pointer)?.(screen.context ?? {}, screen, pointer) ?? [];
  return found.filter(({ value }, at) => value !== "" && found.findIndex((other) => other.value === value) === at);
}

/** The name that a person knows the value at the pointer by. */
export function nameAt(screen: Screen, pointer: string, value: unknown): string | undefined {
  const wanted = String(value ?? "").trim().toLowerCase();
  return wanted === "" ? undefined : choicesAt(screen, pointer).find((choice) => choice.value.toLowerCase() === wanted)?.name;
}

function readerOf(screen: Screen, pointer: string): Reader | undefined {
  const { context } = screen;
  if (context === undefined) return undefined;
  const pattern = pointer.replace(/\/\d+(?=\/|$)/g, "/*");
  const wants = pattern.endsWith("request_number") ? context.requestNumbers : pattern === "/programme" ? context.programme : pattern.endsWith("/name") ? context.specialities : context.programmes;
  return wants === undefined || !Object.hasOwn(READERS, pattern) ? undefined : READERS[pattern];
}

/** The kits of the programme at a pointer. */
function kits(context: Context, screen: Screen, programme: string): Fields[] {
  const wanted = id(screen, `${programme}/id`);
  return listOf(listOf(context.programmes, "programmes").find((one) => text(one, "id").toLowerCase() === wanted), "umk");
}

const id = (screen: Screen, pointer: string): string => String(screen.form.get(pointer) ?? "").trim().toLowerCase();

/** The pointer so many steps up, and from there on. */
const above = (pointer: string, steps: number, rest = ""): string => pointer.split("/").slice(0, -steps).join("/") + rest;

/** A list of the context: in its object, or alone; its items as objects. */
function listOf(value: unknown, key: string): Fields[] {
  const list = Array.isArray(value) ? value : typeof value === "object" && value !== null ? (value as Fields)[key] : undefined;
  return Array.isArray(list) ? list.map((item: unknown) => (typeof item === "object" && item !== null ? (item as Fields) : { name: item })) : [];
}

function text(value: unknown, key: string): string {
  const found = typeof value === "object" && value !== null ? (value as Fields)[key] : undefined;
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

const named = (items: readonly Fields[]): Choice[] => items.map((item) => ({ value: text(item, "id"), name: text(item, "name") }));
