// What outlives a reload: the payload and language in the address and in localStorage, the draft of each payload in
// this tab's sessionStorage. Drafts hold personal data, so they never leave the tab and are never put into localStorage.
import type { Locale } from "portform";

export interface Place {
  readonly payload: string;
  readonly locale: Locale;
}

const locales: readonly Locale[] = ["ru", "uk", "en"];
const placeKey = "portform:place";
const draftKey = (payload: string): string => `portform:draft:${payload}`;
const settingsKey = "portform:settings";
/** Longer drafts than this are not kept: sessionStorage holds some 5 million characters in all. */
export const draftLimit = 2_000_000;

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

export interface Kept {
  readonly draft: unknown;
  /** Submitting was tried, or a whole document was loaded: every message is shown. */
  readonly revealed: boolean;
}

export function readDraft(payload: string): Kept | undefined {
  return attempt(() => {
    const text = sessionStorage.getItem(draftKey(payload));
    return text === null ? undefined : (JSON.parse(text) as Kept);
  });
}

/** False when the draft is too large for the tab's storage, or the storage is switched off. */
export function writeDraft(payload: string, kept: Kept | undefined): boolean {
  return (
    attempt(() => {
      if (kept === undefined) {
        sessionStorage.removeItem(draftKey(payload));
        return true;
      }
      const text = JSON.stringify(kept);
      if (text.length > draftLimit) {
        sessionStorage.removeItem(draftKey(payload));
        return false;
      }
      sessionStorage.setItem(draftKey(payload), text);
      return true;
    }) ?? false
  );
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
