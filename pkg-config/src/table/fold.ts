// Texts as they are compared: without letter case, accents written apart, ё, kinds of quotes and spaces. And how like one another two
// headings are. Nothing here knows a field.

/** One spelling for all that a person takes for the same text. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/ё/g, "е")
    .replace(/[’ʼ`´‘]/g, "'")
    .replace(/[‐-―−]/g, "-")
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A field's name in any spelling: request_number, requestNumber, «Request number». */
export function nameKey(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}]/gu, "");
}

/** Words that say nothing of what stands in a column. */
const EMPTY_WORDS = new Set(["по", "за", "на", "и", "й", "в", "у", "з", "із", "с", "от", "від", "до", "для", "та", "или", "або", "of", "the", "a", "an", "for", "to", "and", "in", "по-", "руб", "грн"]);
/** Signs and words that stand for one another. */
const SAME: Readonly<Record<string, string>> = { "№": "номер", no: "номер", n: "номер", num: "номер", "#": "номер", number: "number", процент: "%", проценты: "%", процентов: "%", відсоток: "%", відсотки: "%", відсотків: "%", percent: "%", percentage: "%", id: "идентификатор", ид: "идентификатор" };

/** The words of a heading that matter. */
export function wordsOf(text: string): string[] {
  const words = folded(text).replace(/no\./g, "№").match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*|[%№#]/gu) ?? [];
  return words.map((word) => SAME[word] ?? word).filter((word) => !EMPTY_WORDS.has(word));
}

/** Whether two words are forms of one: «заявка» and «заявки», «тест.» and «тестирование». */
export function akin(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < 4) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  return same === short.length || (same >= 4 && same / long.length >= 0.6);
}

/** How like two headings are, from 0 to 1: of what both say, the share that they say both. */
export function likeness(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const rest = [...other];
  let met = 0;
  for (const word of one) {
    const at = rest.findIndex((there) => akin(word, there));
    if (at === -1) continue;
    rest.splice(at, 1);
    met++;
  }
  return (2 * met) / (one.length + other.length);
}

/** Whether every word of the first stands in the second. */
export function within(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && one.every((word) => other.some((there) => akin(word, there)));
}
