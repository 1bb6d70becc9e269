// What outlives a reload beside drafts and submissions, which the package keeps: the payload and language in the address and in
// localStorage, the chosen settings in this tab.
import type { Locale } from "portform";

export interface Place {
  readonly payload: string;
  readonly locale: Locale;
}

const locales: readonly Locale[] = ["ru", "uk", "en"];
const placeKey = "portform:place";
const settingsKey = "portform:settings";

export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

function parsePlace(text: string): Partial<Place> {
  const [payload, locale] = text.replace(/^#/, "").split("/");
  return { ...(payload ? { payload } : {}), ...(isLocale(locale) ? { locale } : {}) };
}

/** From the address, else from the last visit, else from the browser's language. */
export function readPlace(fallback: string): Place {
  const remembered = parsePlace(attempt(() => localStorage.getItem(placeKey)) ?? "");
  const spoken = navigator.languages.map((language) => language.slice(0, 2)).find(isLocale);
  return { payload: fallback, locale: spoken ?? "en", ...remembered, ...parsePlace(location.hash) };
}

export function writePlace(place: Place): void {
  const text = `${place.payload}/${place.locale}`;
  if (location.hash !== `#${text}`) history.replaceState(null, "", `#${text}`);
  attempt(() => localStorage.setItem(placeKey, text));
}

export function readSettings(): Record<string, unknown> {
  return attempt(() => JSON.parse(sessionStorage.getItem(settingsKey) ?? "{}") as Record<string, unknown>) ?? {};
}

export function writeSettings(settings: object): void {
  attempt(() => sessionStorage.setItem(settingsKey, JSON.stringify(settings)));
}

/** Storage may be switched off or full; the page works without it. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
