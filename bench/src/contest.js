// Timing, and nothing else: every contestant in a process of its own, warmed up, then asked for one sample after the other in turn,
// so that whatever the machine does meanwhile meets all of them alike. What is compared is the median.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A contestant in a Node process: a name of `contestants` of a module in rows/, with its parameters. */
class InNode {
  constructor(module, name, params) {
    this.name = name;
    this.child = fork(fileURLToPath(new URL("worker.js", import.meta.url)), [JSON.stringify({ module, name, params })], { serialization: "advanced" });
  }
  async #answer() {
    const [message] = await Promise.race([once(this.child, "message"), once(this.child, "exit").then(() => [{ error: "the process ended" }])]);
    if (message.error) throw new Error(`${this.name}: ${message.error}`);
    return message;
  }
  async ready() {
    return (await this.#answer()).count;
  }
  async sample() {
    this.child.send("sample");
    return (await this.#answer()).nanoseconds;
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
  const contestants = [...names.map((name) => new InNode(module, name, params)), ...others];
  try {
    const taken = new Map(contestants.map(({ name }) => [name, []]));
    const counts = new Map();
    // One after the other: two that warm up at once would learn of a busy machine.
    for (const contestant of contestants) counts.set(contestant.name, await contestant.ready());
    for (let round = 0; round < samples; round++) {
      for (const contestant of contestants) taken.get(contestant.name).push(await contestant.sample());
    }
    return Object.fromEntries([...taken].map(([name, list]) => [name, { ...figures(list), issues: counts.get(name) }]));
  } finally {
    for (const contestant of contestants) contestant.end();
  }
}
