// The JSON examples of the two source documents, exactly as they stand there, and which payload each belongs to.
// The only place of the demo that names payloads; a payload without an entry simply has no example to load.

const files = import.meta.glob<string>("../../tests/fixtures/examples/*.json", { query: "?raw", import: "default" });

/** Payloads whose example stands under another payload's name: one table and one example for both. */
const shared: Readonly<Record<string, string>> = {
  "programme.update": "programme.create",
  "cycle.update": "cycle.create",
};

function loader(payload: string): (() => Promise<string>) | undefined {
  return files[`../../tests/fixtures/examples/${shared[payload] ?? payload}.json`];
}

export function hasExample(payload: string): boolean {
  return loader(payload) !== undefined;
}

export async function loadExample(payload: string): Promise<string | undefined> {
  return loader(payload)?.();
}
