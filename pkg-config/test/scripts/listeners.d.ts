/** `thrown` gives what was thrown where nobody caught it, by its message. */
export declare const scripts: Readonly<Record<string, (portform: typeof import("portform"), thrown: () => readonly string[]) => Answer | Promise<Answer>>>;
type Answer = readonly [seen: unknown, right: unknown];
