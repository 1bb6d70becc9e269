export declare const scripts: Readonly<Record<string, (portform: typeof import("portform"), count: number) => readonly [seen: unknown, right: unknown]>>;
