// What can go wrong with keeping things in a browser, in words for the person who typed them. Nothing here holds what was typed.
import type { Locale } from "../types.js";

/** `quota`: no room left; `unavailable`: the browser keeps nothing (a private window, a policy); `not_storable`: not data. */
export type StoreReason = "quota" | "unavailable" | "not_storable" | "conflict" | "closed";

const WORDS: Readonly<Record<StoreReason, readonly [ru: string, uk: string, en: string]>> = {
  quota: [
    "В браузере не осталось места: последние изменения не сохранены. Удалите старые черновики или отправьте готовое.",
    "У браузері не залишилося місця: останні зміни не збережено. Видаліть старі чернетки або надішліть готове.",
    "The browser has no room left: the last changes are not kept. Remove old drafts, or send what is ready.",
  ],
  unavailable: [
    "Браузер здесь ничего не сохраняет (например, в приватном окне): введённое останется, пока открыта эта вкладка.",
    "Браузер тут нічого не зберігає (наприклад, у приватному вікні): введене залишиться, доки відкрито цю вкладку.",
    "The browser keeps nothing here (a private window, for example): what is typed stays while this tab is open.",
  ],
  not_storable: [
    "Это значение нельзя сохранить: в нём не только данные.",
    "Це значення не можна зберегти: у ньому не лише дані.",
    "This value cannot be kept: it holds more than data.",
  ],
  conflict: [
    "Черновик изменён в другой вкладке. Выберите, какую запись оставить.",
    "Чернетку змінено в іншій вкладці. Виберіть, який запис залишити.",
    "The draft was changed in another tab. Choose which one to keep.",
  ],
  closed: [
    "Хранилище закрыто: был вызван close().",
    "Сховище закрито: було викликано close().",
    "The store is closed: close() was called on it.",
  ],
};

const LOCALES: readonly Locale[] = ["ru", "uk", "en"];

/** The language of the page, where the caller names none. */
export function localeOf(asked: Locale | undefined): Locale {
  if (asked !== undefined) {
    if (!LOCALES.includes(asked)) throw new TypeError(`The locale is one of ${LOCALES.join(", ")}.`);
    return asked;
  }
  const page = globalThis.document?.documentElement?.lang.slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale === page) ?? "ru";
}

/** A fault of keeping, with a sentence for people in `message`. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  readonly reason: StoreReason;

  constructor(reason: StoreReason, locale: Locale, cause?: unknown) {
    super(WORDS[reason][LOCALES.indexOf(locale)], cause === undefined ? undefined : { cause });
    this.reason = reason;
  }

  /** What a browser threw, as one of the reasons. */
  static of(thrown: unknown, locale: Locale): StoreError {
    if (thrown instanceof StoreError) return thrown;
    const name = (thrown as { name?: unknown } | null | undefined)?.name;
    const reason = name === "QuotaExceededError" ? "quota" : name === "DataCloneError" ? "not_storable" : "unavailable";
    return new StoreError(reason, locale, thrown);
  }
}
