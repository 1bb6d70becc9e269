// The process of one contestant: sets it up, warms it up until the engine has compiled it, and answers each request with the
// nanoseconds that one piece of its work took, over as many as fill a sample. Where Linux tells it, the clock is the processor time of
// the main thread: on a quiet machine that is the time on the wall, and on a busy one it leaves out what others do.
import { existsSync, readFileSync } from "node:fs";

const SAMPLE = 10e6;
const WARM = 300e6;

const { module, name, params } = JSON.parse(process.argv[2]);
const PROCESSOR_TIME = "/proc/self/schedstat";
const idle = new Int32Array(new SharedArrayBuffer(4));

function processorTime() {
  // The kernel brings the figure up to date when the thread stops running.
  Atomics.wait(idle, 0, 0, 0.05);
  return Number(readFileSync(PROCESSOR_TIME, "latin1").split(" ", 1)[0]);
}

const now = existsSync(PROCESSOR_TIME) ? processorTime : () => Number(process.hrtime.bigint());

try {
  const { contestants } = await import(`./rows/${module}.js`);
  const work = await contestants[name](params);
  const first = work();
  const waits = first instanceof Promise;
  const count = await first;
  const run = waits
    ? async (times) => {
        for (let i = 0; i < times; i++) await work();
      }
    : (times) => {
        for (let i = 0; i < times; i++) work();
      };
  let times = 1;
  let spent = 0;
  let last = 0;
  while (spent < WARM || times === 1) {
    const start = now();
    await run(times);
    last = now() - start;
    spent += last;
    if (last > SAMPLE) break;
    times = Math.ceil(times * Math.min(10, Math.max(1.1, SAMPLE / Math.max(last, 1))));
  }
  while (spent < WARM) {
    const start = now();
    await run(times);
    last = now() - start;
    spent += last;
  }
  times = Math.max(1, Math.round((times * SAMPLE) / last));
  process.on("message", async () => {
    const start = now();
    await run(times);
    process.send({ nanoseconds: (now() - start) / times });
  });
  process.send({ count });
} catch (error) {
  process.send({ error: error.stack });
}
