// The words of a language, with its numbers and moments.
import type { Locale } from "../../types.js";
import { en } from "./en.js";
import { ru, type Words } from "./ru.js";
import { uk } from "./uk.js";

export type { Words } from "./ru.js";

const all: Readonly<Record<Locale, Words>> = { ru, uk, en };

export function wordsOf(locale: Locale): Words {
  return all[locale];
}

export function isLocale(text: unknown): text is Locale {
  return text === "ru" || text === "uk" || text === "en";
}

/** A count as it is written in the language. */
export function counted(value: number, locale: Locale): string {
  return value.toLocaleString(locale);
}

/** A moment (ISO 8601) as a person writes it. */
export function moment(text: string, locale: Locale): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toLocaleString(locale, { dateStyle: "short", timeStyle: "medium" });
}
