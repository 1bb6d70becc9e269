// The page's words in the language that is chosen now.
import type { Locale } from "portform";
import { en } from "./en";
import { ru, type Texts } from "./ru";
import { uk } from "./uk";

const all: Readonly<Record<Locale, Texts>> = { ru, uk, en };
let current: Texts = ru;
let tag: Locale = "ru";

export type { Texts };

export function setLocale(locale: Locale): void {
  current = all[locale];
  tag = locale;
  document.documentElement.lang = locale;
  document.title = `portform — ${current.tagline}`;
}

export function t(key: keyof Texts): string {
  return current[key];
}

export function number(value: number): string {
  return value.toLocaleString(tag);
}

/** A moment (ISO 8601) as a person writes it. */
export function moment(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toLocaleString(tag, { dateStyle: "short", timeStyle: "medium" });
}
