// Values that no form would send, put together at random.
import { expect, test } from "vitest";
import * as portform from "portform";
import { scripts } from "./scripts/hostile.js";
import "./support.js";

/** A longer campaign takes more: `PORTFORM_HOSTILE=100000`. */
const COUNT = Number(process.env["PORTFORM_HOSTILE"] ?? 60);

test.each(Object.entries(scripts))("%s", (_, script) => {
  const [seen, right] = script(portform, COUNT);
  expect(seen).toEqual(right);
});
