// Timing, and nothing else: every contestant in a process of its own, warmed up, then asked for one sample after the other in turn,
// so that whatever the machine does meanwhile meets all of them alike. What is compared is the median.
import { fork, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Who always needs more nanoseconds than this for one piece of work gives only a few samples: nobody waits for more. */
const SLOW = 500e6;
const FEW = 5;

/** A contestant in a Node process: a name of `contestants` of a module in rows/, with its parameters. */
class InNode {
  #told;
  constructor(module, name, params) {
    this.name = name;
    this.child = fork(fileURLToPath(new URL("worker.js", import.meta.url)), [JSON.stringify({ module, name, params })]);
    this.child.on("message", (message) => this.#told(message));
    this.child.on("exit", () => this.#told?.({ error: "the process ended" }));
  }
  async #answer() {
    const message = await new Promise((told) => {
      this.#told = told;
    });
    if (message.error) throw new Error(`${this.name}: ${message.error}`);
    return message;
  }
  async ready() {
    return (await this.#answer()).count;
  }
  async sample() {
    const answer = this.#answer();
    this.child.send("sample");
    return (await answer).nanoseconds;
  }
  end() {
    this.child.kill();
  }
}

/** A contestant in a native process, which answers a line with a line. */
export class Native {
  constructor(name, program, args) {
    this.name = name;
    this.child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }
  async #answer() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.name}: the process ended`);
    return Number(value);
  }
  ready() {
    return this.#answer();
  }
  sample() {
    this.child.stdin.write("\n");
    return this.#answer();
  }
  end() {
    this.child.kill();
  }
}

/** The figures of a list of samples, in nanoseconds. */
export function figures(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, low: at(0.25), high: at(0.75), samples: sorted.length };
}

/** One contest; returns the figures by contestant, in nanoseconds. */
export async function contest(module, names, params, { samples, others = [] }) {
  const contestants = [...others];
  try {
    const counts = new Map();
    for (const other of others) counts.set(other.name, await other.ready());
    // One after the other: two that warm up at once would measure each other.
    for (const name of names) {
      const contestant = new InNode(module, name, params);
      contestants.push(contestant);
      counts.set(name, await contestant.ready());
    }
    const taken = new Map([...names, ...others.map(({ name }) => name)].map((name) => [name, []]));
    for (let round = 0; round < samples; round++) {
      for (const contestant of contestants) {
        const list = taken.get(contestant.name);
        if (list.length < FEW || list.some((time) => time < SLOW)) list.push(await contestant.sample());
      }
    }
    return Object.fromEntries([...taken].map(([name, list]) => [name, { ...figures(list), issues: counts.get(name) }]));
  } finally {
    for (const contestant of contestants) contestant.end();
  }
}
