// What a value that a field cannot read may mean: «зачтено» is SUCCEED, «был» is yes. Only proposed: a person says whether it is so.
import { folded, likeness, within, wordsOf } from "./fold.js";
import type { Target } from "./match.js";

/** What registrars write for a value, by the value's own name; whole words, without letter case. */
const SAID: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^succe/i, ["зачтено", "зачет", "сдал", "сдала", "сдано", "сдан", "прошел", "прошла", "пройдено", "пройден", "успешно", "освоил", "освоила", "аттестован", "аттестована", "выполнено", "обучен", "обучена", "зараховано", "залік", "склав", "склала", "складено", "здав", "здала", "здано", "пройшов", "пройшла", "успішно", "атестований", "атестована", "pass", "passed", "success", "successful", "ok"]],
  [/^fail/i, ["не зачтено", "незачтено", "незачет", "не зачет", "не сдал", "не сдала", "не сдано", "не сдан", "не прошел", "не прошла", "не пройдено", "неудовлетворительно", "провал", "не аттестован", "не аттестована", "не освоил", "не освоила", "не зараховано", "незараховано", "незалік", "не склав", "не склала", "не складено", "не здав", "не здала", "не здано", "не пройшов", "не пройшла", "незадовільно", "не атестований", "не атестована", "fail", "not passed"]],
  [/^not_trained/i, ["не явился", "не явилась", "неявка", "не явка", "н/я", "ня", "не обучался", "не обучалась", "не проходил", "не проходила", "отсутствовал", "отсутствовала", "отсутствие", "не посещал", "не посещала", "не з'явився", "не з'явилась", "не з'явилася", "нез'явлення", "не навчався", "не навчалась", "не навчалася", "не проходила навчання", "відсутній", "відсутня", "absent", "no show", "not trained"]],
];
const YES = ["1", "✓", "✔", "☑", "v", "x", "х", "+", "был", "была", "были", "присутствовал", "присутствовала", "посещал", "посещала", "посетил", "посетила", "явился", "явилась", "имеется", "есть", "верно", "был присутній", "був", "була", "присутній", "присутня", "відвідував", "відвідувала", "відвідав", "відвідала", "з'явився", "з'явилась", "є", "вірно", "y", "present", "on"];
const NO = ["0", "✗", "✘", "☐", "н", "нб", "н/б", "не был", "не была", "отсутствовал", "отсутствовала", "не посещал", "не посещала", "не явился", "не явилась", "неявка", "не имеется", "не верно", "не був", "не була", "відсутній", "відсутня", "не відвідував", "не відвідувала", "не з'явився", "не з'явилась", "немає", "n", "absent", "off"];
const NOTHING = ["-", "--", "---", ".", "…", "?", "нет данных", "немає даних", "н/д", "n/a", "x"];

/** A value's proposal, or nothing. */
export function proposal(text: string, target: Target): string | number | boolean | undefined {
  const said = folded(text).replace(/[.!]+$/, "");
  if (target.info.type === "boolean") return YES.includes(said) ? true : NO.includes(said) ? false : undefined;
  if (target.options.length > 0) return choice(said, target);
  return number(said, target);
}

function choice(said: string, { options }: Target): string | undefined {
  for (const [value, spellings] of SAID) {
    const option = options.find((one) => value.test(one.value));
    if (option !== undefined && spellings.includes(said)) return option.value;
  }
  // Like one label only, and with a negation only where the label has one.
  const words = wordsOf(said);
  const negated = (list: readonly string[]): boolean => list.some((word) => word === "не" || word === "not");
  const scored = options.map(({ value, labels }) => ({
    value,
    score: Math.max(...labels.map(wordsOf).map((label) => (negated(label) !== negated(words) ? 0 : within(words, label) ? Math.max(0.7, likeness(words, label)) : likeness(words, label)))),
  }));
  scored.sort((one, other) => other.score - one.score);
  const [first, second] = scored;
  return first !== undefined && first.score >= 0.6 && first.score - (second?.score ?? 0) >= 0.1 ? first.value : undefined;
}

/** «5 (отлично)», «85 баллов», «100 руб.»: the one number in it. */
function number(said: string, { info: { type } }: Target): string | number | undefined {
  if (type === "date") return day(said);
  if (type !== "integer" && type !== "number" && type !== "money") return undefined;
  if (NOTHING.includes(said)) return undefined;
  const marks: Readonly<Record<string, number>> = { отлично: 5, відмінно: 5, excellent: 5, хорошо: 4, добре: 4, good: 4, удовлетворительно: 3, задовільно: 3, satisfactory: 3, неудовлетворительно: 2, незадовільно: 2, unsatisfactory: 2 };
  const mark = Object.hasOwn(marks, said) ? marks[said] : undefined;
  if (mark !== undefined && type === "integer") return mark;
  const found = said.match(/-?\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?/g) ?? [];
  const value = Number(found[0]?.replace(/[ \u00a0]/g, "").replace(",", "."));
  return found.length === 1 && Number.isFinite(value) && (type !== "integer" || Number.isInteger(value)) ? value : undefined;
}

const MONTHS = ["янв|січ|jan", "фев|лют|feb", "мар|бер|mar", "апр|кві|apr", "мая|май|тра|may", "июн|чер|jun", "июл|лип|jul", "авг|сер|aug", "сен|вер|sep", "окт|жов|oct", "ноя|лис|nov", "дек|гру|dec"].map((starts) => new RegExp(`^(?:${starts})`));

/** «1 декабря 2026 г.» */
function day(said: string): string | undefined {
  const [, date, name, year] = /^(\d{1,2})(?:-?го)? (\p{L}+)\.?,? (\d{4})(?: ?(?:г|р|года|року)\.?)?$/u.exec(said) ?? [];
  const month = MONTHS.findIndex((starts) => starts.test(name ?? ""));
  return month === -1 ? undefined : `${year}-${String(month + 1).padStart(2, "0")}-${(date as string).padStart(2, "0")}`;
}
