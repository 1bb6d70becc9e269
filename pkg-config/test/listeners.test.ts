// Who listens hears of all changes in the order in which they happened, whatever the listeners do. The scripts run in a browser as
// well: see tests/e2e/boundary.test.js.
import { afterEach, beforeEach, expect, test } from "vitest";
import * as portform from "portform";
import { scripts } from "./scripts/listeners.js";

const thrown: string[] = [];
let before: NodeJS.UncaughtExceptionListener[] = [];

// Vitest listens as well, and would call it a failure.
beforeEach(() => {
  thrown.length = 0;
  before = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => thrown.push(error.message));
});
afterEach(() => {
  process.removeAllListeners("uncaughtException");
  for (const listener of before) process.on("uncaughtException", listener);
});

test.each(Object.entries(scripts))("%s", async (_, script) => {
  const [seen, right] = await script(portform, () => thrown);
  expect(seen).toEqual(right);
});

test("a listener is a function", () => {
  const form = portform.cycleCreate.form();
  for (const listener of [undefined, null, {}, "x"]) expect(() => form.subscribe(listener as () => void)).toThrow(TypeError);
});
