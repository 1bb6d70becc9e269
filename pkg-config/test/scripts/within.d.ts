export declare const scripts: Readonly<Record<string, (portform: typeof import("portform")) => readonly [seen: unknown, right: unknown]>>;
