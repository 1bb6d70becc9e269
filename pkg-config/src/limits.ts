// The limits of the machine. A caller may have used up the call stack nearly, or memory: reading a value then fails here and there,
// and that must not pass for what the value is.

/** So many calls deep a value is read and checked, at most. */
const DEEP = 1000;

let full = false;
let short = false;

/** What reading a value met; the end of the stack is remembered. */
export function note(error: unknown): void {
  full ||= overflown(error);
}

/** There was no memory to read a value into. */
export function noteShortage(): void {
  short = true;
}

/** Whether an error says that the call stack is used up. V8 calls it a syntax error where it was about to compile a pattern. */
export function overflown(error: unknown): boolean {
  try {
    if (!(error instanceof Error)) return false;
    const { name, message } = error;
    return name === "InternalError" || (name === "RangeError" && message.includes("call stack")) || message.endsWith("Stack overflow");
  } catch {
    // Some value was thrown that cannot be asked.
    return false;
  }
}

/** Begins to read a value. */
export function begin(): void {
  full = false;
  short = false;
}

/** Throws when reading came to a limit. A getter that calls itself is the value's own affair. */
export function sound(): void {
  if (short) throw shortage();
  if (!full) return;
  full = false;
  if (!roomy()) throw tooFull();
}

/** Whether there is enough of the call stack left for ordinary work. */
export function roomy(): boolean {
  try {
    return deep(DEEP) === DEEP;
  } catch {
    return false;
  }
}

function deep(left: number): number {
  return left === 0 ? 0 : deep(left - 1) + 1;
}

const NOTHING_LOST = "nothing was changed, and later calls go on working";

export function tooFull(cause?: unknown): RangeError {
  return new RangeError(`The call stack is too full for portform: ${NOTHING_LOST}.`, { cause });
}

export function shortage(cause?: unknown): RangeError {
  return new RangeError(`There is not enough memory for this: ${NOTHING_LOST}.`, { cause });
}

export function defect(reason: string, cause: unknown): Error {
  return new Error(`portform failed inside (${reason}): this is a defect of portform, not of your data; ${NOTHING_LOST}.`, { cause });
}
