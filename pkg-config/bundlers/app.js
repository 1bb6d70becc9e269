// What every bundler is given: an application that imports the package by name and says what it found.
import { cycleCreate } from "portform";

const report = cycleCreate.check({ is_paid: "maybe" }, { locale: "en" });
console.log(JSON.stringify(report.issues.map(({ pointer, code }) => [pointer, code])));
