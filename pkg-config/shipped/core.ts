// Compiled, never run: proves that the shipped declarations of the default entry stand in a strict
// project that knows no DOM. Library checks are on, so every declaration file reached is checked.
import { cycleCreate, payloads, version } from "portform";
import type { Issue, Payload, Report } from "portform";

export const label: string = version;
export const named: Payload<unknown, unknown> | undefined = payloads["cycle.create"];
export const report = cycleCreate.check({ id: "1" }, { locale: "en", today: undefined });
export const issues: readonly Issue[] = report.issues;
export const asUnknown: Report<unknown> = report;
