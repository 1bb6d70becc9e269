// The outgoing body laid out for reading. The text of the lines, put together, is exactly the body: line breaks and
// indents are made by the style sheet alone, so what is shown is what is sent, byte for byte.
import { h } from "./dom.js";

interface Line {
  readonly depth: number;
  readonly parts: HTMLElement[];
}

export interface Layout {
  readonly lines: HTMLElement[];
  /** How many characters of the body the lines show. */
  readonly shown: number;
}

export function layOut(body: string, maxLines: number): Layout {
  const lines: HTMLElement[] = [];
  let line: Line = { depth: 0, parts: [] };
  let at = 0;
  const push = (kind: string, text: string): void => void line.parts.push(h("span", { class: kind }, text));
  const end = (depth: number): void => {
    lines.push(h("span", { class: `line d${Math.min(line.depth, 12)}` }, ...line.parts));
    line = { depth, parts: [] };
  };
  while (at < body.length && lines.length < maxLines) {
    const char = body[at];
    if (char === '"') {
      const close = endOfText(body, at);
      push(body[close] === ":" ? "k" : "s", body.slice(at, close));
      at = close;
    } else if (char === "{" || char === "[") {
      const closes = body[at + 1] === "}" || body[at + 1] === "]";
      push("p", body.slice(at, at + (closes ? 2 : 1)));
      at += closes ? 2 : 1;
      if (!closes) end(line.depth + 1);
    } else if (char === "}" || char === "]") {
      if (line.parts.length > 0) end(line.depth - 1);
      push("p", char);
      at += 1;
    } else if (char === ",") {
      push("p", char);
      at += 1;
      end(line.depth);
    } else if (char === ":") {
      push("p c", char);
      at += 1;
    } else {
      const from = at;
      while (at < body.length && !',]}:"'.includes(body[at] ?? "")) at += 1;
      push("n", body.slice(from, at));
    }
  }
  if (line.parts.length > 0) end(0);
  return { lines, shown: at };
}

function endOfText(body: string, start: number): number {
  for (let at = start + 1; at < body.length; at += 1) {
    if (body[at] === "\\") at += 1;
    else if (body[at] === '"') return at + 1;
  }
  return body.length;
}
