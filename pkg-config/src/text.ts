// UTF-8 both ways: by the runtime's own coders, which are taken at first use, and by hand where it has none, as in Jest's jsdom.

let decoder: TextDecoder | undefined;
let encoder: TextEncoder | undefined;

/** The text that bytes of UTF-8 are; a byte order mark is part of it. */
export function decode(bytes: Uint8Array): string {
  if (decoder === undefined) {
    if (typeof TextDecoder !== "function") return decoded(bytes);
    decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  }
  return decoder.decode(bytes);
}

/** A surrogate without its other half, of which UTF-8 has none. */
const lone = /[\ud800-\udfff]/u;
const unportable = /[\ud800-\udfff]|\ufffd(?=[\u{10f7ff}-\u{10ffff}])/gu;
const ported = /\ufffd([\u{10f7ff}-\u{10ffff}])/gu;

/** Where the first lone surrogate stands; -1 for none. */
export function loneSurrogate(text: string): number {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed?.call(text) === true ? -1 : text.search(lone);
}

/** The text with U+FFFD and a letter of the private use area for each lone surrogate: see src/kinds/letters.rs. */
export function portableText(text: string): string {
  if (loneSurrogate(text) === -1 && !text.includes("\ufffd")) return text;
  return text.replace(unportable, (letter) => `\ufffd${String.fromCodePoint(letter === "\ufffd" ? 0x10f7ff : letter.charCodeAt(0) + 0x102000)}`);
}

/** The text that `portableText` made portable. */
export function originalText(text: string): string {
  if (!text.includes("\ufffd")) return text;
  return text.replace(ported, (_, letter: string) => {
    const code = letter.codePointAt(0) as number;
    return code === 0x10f7ff ? "\ufffd" : String.fromCharCode(code - 0x102000);
  });
}

/** Writes as much of a text as there is room for; a lone surrogate becomes U+FFFD. */
export function encodeInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number } {
  if (encoder === undefined) {
    if (typeof TextEncoder !== "function") return encodedInto(text, bytes);
    encoder = new TextEncoder();
  }
  return encoder.encodeInto(text, bytes);
}

/** A text as UTF-8. */
export function encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, encodeInto(text, bytes).written);
}

/** Of bytes that are known to be UTF-8. */
function decoded(bytes: Uint8Array): string {
  let text = "";
  let codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++] as number;
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let left = more; left > 0; left--) code = (code << 6) | ((bytes[at++] as number) & 0x3f);
    codes.push(code);
    // So many arguments every engine takes.
    if (codes.length === 4096) {
      text += String.fromCodePoint(...codes);
      codes = [];
    }
  }
  return text + String.fromCodePoint(...codes);
}

function encodedInto(text: string, bytes: Uint8Array): { readonly read: number; readonly written: number } {
  let read = 0;
  let written = 0;
  while (read < text.length) {
    let code = text.codePointAt(read) as number;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    const more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    if (written + more >= bytes.length) break;
    bytes[written++] = more === 0 ? code : (256 - (128 >> more)) | (code >> (6 * more));
    for (let left = more - 1; left >= 0; left--) bytes[written++] = 0x80 | ((code >> (6 * left)) & 0x3f);
    read += code > 0xffff ? 2 : 1;
  }
  return { read, written };
}
