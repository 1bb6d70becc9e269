// Numbers are read exactly: whatever is written, checkJson(text) and check(JSON.parse(text)) say the same of a number and of money,
// and send the same. PORTFORM_NUMBERS counts the numbers of each kind, PORTFORM_SEED chooses them.
import { expect, test } from "vitest";
import { contractRequestCapitation, cycleCreate, programmeCreate, type Payload } from "portform";
import { random } from "./scripted.js";
import { example } from "./support.js";

const COUNT = Number(process.env["PORTFORM_NUMBERS"] ?? 10_000);
const SEED = Number(process.env["PORTFORM_SEED"] ?? 1);
const roll = random(SEED);

const up = (to: number): number => Math.floor(roll() * to);
const digits = (count: number): string => Array.from({ length: count }, () => up(10)).join("");
const whole = (count: number): string => String(up(9) + 1) + digits(count - 1);
const bits = new DataView(new ArrayBuffer(8));

/** Any finite double, all of them alike. */
function double(): number {
  for (;;) {
    bits.setUint32(0, up(2 ** 32));
    bits.setUint32(4, up(2 ** 32));
    const number = bits.getFloat64(0);
    if (Number.isFinite(number)) return number;
  }
}

/** As people, programs and spreadsheets write numbers. */
const kinds: Readonly<Record<string, () => string>> = {
  "doubles of any size": () => String(double()).replace("e+", "e"),
  "doubles as money may be": () => String(roll() * 10 ** up(9)),
  "doubles with all their digits": () => (roll() * 10 ** up(6)).toFixed(up(20) + 1),
  "sums": () => `${whole(up(9) + 1)}.${digits(up(2) + 1)}`,
  "sums that were added up": () => String(Array.from({ length: up(5) + 2 }, () => up(1_000_000) / 100).reduce((sum, one) => sum + one, 0)),
  "more digits than a double has": () => `${whole(up(25) + 1)}.${digits(up(25) + 1)}`,
  "whole numbers of any length": () => whole(up(400) + 1),
  "near the bound of exact whole numbers": () => `${9007199254740991n - 4n + BigInt(up(9))}${["", ".0", ".5", "e0", "0e-1"][up(5)]}`,
  "exponents": () => `${whole(up(4) + 1)}${["", `.${digits(up(18) + 1)}`][up(2)]}${["e", "E"][up(2)]}${["", "+", "-"][up(3)]}${up(340)}`,
  "zeros": () => `${["", "-"][up(2)]}0${["", ".0", ".00", "e5", "E-7", ".000000001"][up(6)]}`,
  "half-way between two doubles": () => {
    const even = 2 ** 53 + 2 * up(2 ** 30);
    return `${even + 1}${["", ".0", `.${"0".repeat(up(30))}1`][up(3)]}`;
  },
  "negative": () => `-${whole(up(6) + 1)}.${digits(3)}`,
};

const places: readonly [string, Payload<unknown, unknown>, Record<string, unknown>, (given: Record<string, unknown>, number: unknown) => unknown][] = [
  ["a number", programmeCreate as Payload<unknown, unknown>, example("programme.create"), (given, number) => ({ ...given, volume_zet_total: number })],
  ["money", cycleCreate as Payload<unknown, unknown>, example("cycle.create"), (given, number) => ({ ...given, is_paid: true, price: number, has_paid_places: true, paid_places: 1 })],
  ["money in a list", programmeCreate as Payload<unknown, unknown>, example("programme.create"), (given, number) => ({ ...given, is_paid: true, prices: [{ price: number, start_date: "2027-01-01" }] })],
  ["a number of a contract", contractRequestCapitation as Payload<unknown, unknown>, {}, (given, number) => ({ ...given, nhs_contract_price: number })],
];

/** Stands in a text for the number as it is written. */
const MARK = "\u0001";

test.each(Object.entries(kinds))(`%s (PORTFORM_SEED=${SEED})`, (_, write) => {
  for (const [place, payload, given, put] of places) {
    const [before, after] = JSON.stringify(put(given, MARK)).split(JSON.stringify(MARK)) as [string, string];
    for (let left = Math.ceil(COUNT / places.length); left > 0; left--) {
      const written = write();
      const text = before + written + after;
      const value: unknown = JSON.parse(text);
      const [read, parsed] = [payload.checkJson(text), payload.check(value)];
      const why = `${written} as ${place}`;
      if (read.valid !== parsed.valid) expect(read.valid, why).toBe(parsed.valid);
      if (read.issues.length !== parsed.issues.length || read.issues.some((issue, at) => line(issue) !== line(parsed.issues[at]))) expect(read.issues, why).toEqual(parsed.issues);
      if (!read.valid || !parsed.valid) continue;
      if (JSON.stringify(JSON.parse(read.body)) !== JSON.stringify(parsed.value)) expect(JSON.parse(read.body), why).toEqual(parsed.value);
      // What is sent is what JavaScript reads, digit for digit.
      if (left % 50 === 0) expect(payload.preview(value).body, why).toBe(read.body);
      if (place === "a number") expect((parsed.value as { volume_zet_total: unknown }).volume_zet_total, why).toBe(Number(written));
    }
  }
});

const line = (issue: unknown): string => JSON.stringify(issue);
