// What every bundler is given for the worker entry: an application that has a text checked on another thread and says what was found.
import { cycleCreate } from "portform";
import { openWorker } from "portform/worker";

const worker = openWorker();
const report = await worker.checkJson(cycleCreate, '{"is_paid":"maybe"}', { locale: "en" });
console.log(JSON.stringify(report.issues.map(({ pointer, code }) => [pointer, code])));
worker.terminate();
