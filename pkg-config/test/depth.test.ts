// Where the call stack is nearly used up, a call is right or throws, and nothing else suffers. The scripts run in a browser as well:
// see tests/e2e/boundary.test.js.
import { expect, test } from "vitest";
import * as portform from "portform";
import { scripts } from "./scripts/depth.js";

test.each(Object.entries(scripts))("%s", (_, script) => {
  const [seen, right] = script(portform);
  expect(seen).toEqual(right);
  expect(portform.cycleCreate.check({ id: "1" }).issues[0]).toMatchObject({ pointer: "/programme", code: "required" });
  expect(portform.cycleCreate.checkJson("{").issues).toMatchObject([{ code: "syntax" }]);
});
