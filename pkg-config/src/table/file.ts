// What kind of file the bytes are, by the bytes: a name says little, and what information systems export as .xls is often a page of HTML.
// A file that cannot be a table is told from one that can before any library is loaded.
import type { FileFault } from "./words.js";

export type FileKind = "workbook" | "html" | "text";

/** Larger files no spreadsheet program of a registrar's makes. */
const LARGEST = 256 << 20;
/** What an archive may come to when it is unpacked. */
const UNPACKED = 512 << 20;

const ascii = (bytes: Uint8Array, from: number, count: number): string => String.fromCharCode(...bytes.subarray(from, from + count));

/** Gives the kind, or the fault for which the file is none. */
export function kindOf(bytes: Uint8Array): FileKind | { readonly fault: FileFault } {
  if (bytes.length === 0) return { fault: "empty" };
  if (bytes.length > LARGEST) return { fault: "large" };
  if (ascii(bytes, 0, 4) === "PK\u0003\u0004") return archive(bytes);
  if (ascii(bytes, 0, 4) === "PK\u0005\u0006") return { fault: "broken" };
  if (ascii(bytes, 0, 8) === "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1") return compound(bytes);
  if (ascii(bytes, 0, 5) === "%PDF-" || ascii(bytes, 0, 1024).includes("%PDF-1.")) return { fault: "pdf" };
  if (/^(?:\u0089PNG|\u00ff\u00d8\u00ff|GIF8|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*)/s.test(ascii(bytes, 0, 16))) return { fault: "image" };
  if (ascii(bytes, 0, 5) === "{\\rtf") return { fault: "document" };
  // Excel up to version 4 begins with the record itself.
  if (/^\u0009[\0\u0002\u0004\u0008][\u0004-\u0008]\0/.test(ascii(bytes, 0, 4))) return "workbook";
  return "text";
}

/** Whether a text is a page of HTML with a table, or a workbook written as XML. */
export function markupOf(text: string): "html" | "workbook" | undefined {
  const head = text.slice(0, 4_096);
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<\?mso-application[^>]*>\s*)?<(?:\w+:)?Workbook\b/i.test(head)) return "workbook";
  if (/^\s*(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|\?xml)\b/i.test(head) && /<table\b/i.test(text)) return "html";
  return undefined;
}

/** The encoding that a page of HTML says it has. */
export function charsetOf(bytes: Uint8Array): string | undefined {
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(ascii(bytes, 0, 4_096))?.[1]?.toLowerCase();
}

/** A compound file: an .xls, or what a password protects. */
function compound(bytes: Uint8Array): FileKind | { readonly fault: FileFault } {
  // The names of what it holds, in UTF-16: "EncryptedPackage" is an .xlsx behind a password, "WordDocument" a letter.
  const holds = (name: string): boolean => indexOf(bytes, Uint8Array.from(name, (letter) => letter.charCodeAt(0)), true) !== -1;
  if (holds("EncryptedPackage")) return { fault: "encrypted" };
  if (holds("Workbook") || holds("Book")) return "workbook";
  return { fault: holds("WordDocument") || holds("PowerPoint Document") ? "document" : "binary" };
}

/** Where a text stands, letter by letter or as UTF-16. */
function indexOf(bytes: Uint8Array, wanted: Uint8Array, wide: boolean): number {
  const step = wide ? 2 : 1;
  const last = bytes.length - wanted.length * step;
  for (let at = 0; at <= last; at++) {
    let same = 0;
    while (same < wanted.length && bytes[at + same * step] === wanted[same] && (!wide || bytes[at + same * step + 1] === 0)) same++;
    if (same === wanted.length) return at;
  }
  return -1;
}

/** An archive: which table it is, by the names in its directory, and what it comes to. */
function archive(bytes: Uint8Array): FileKind | { readonly fault: FileFault } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return { fault: "broken" };
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  const names: string[] = [];
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return { fault: "broken" };
    if ((view.getUint16(at + 8, true) & 1) !== 0) return { fault: "encrypted" };
    const size = view.getUint32(at + 24, true);

    unpacked += size;
    const length = view.getUint16(at + 28, true);
    if (size === 0xffffffff || unpacked > UNPACKED) return { fault: "zip" };
    if (length === 11 && ascii(bytes, at + 46, 11) === "content.xml" && view.getUint16(at + 10, true) === 0 && !plainAt(bytes, view.getUint32(at + 42, true))) return { fault: "encrypted" };
    names.push(ascii(bytes, at + 46, Math.min(length, 256)));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const has = (name: RegExp): boolean => names.some((there) => name.test(there));
  if (has(/^xl\/workbook\.(?:xml|bin)$/i) || has(/^Index\/.*\.iwa$/)) return "workbook";
  if (has(/^content\.xml$/)) {
    const type = ascii(bytes, 30, 120);
    if (/opendocument\.(?:text|presentation|graphics)/.test(type)) return { fault: "document" };
    return "workbook";
  }
  if (has(/^word\/|^ppt\//)) return { fault: "document" };
  return has(/^\[Content_Types\]\.xml$/) ? "workbook" : { fault: "binary" };
}

/** Whether what is stored there is XML: a password of OpenDocument leaves the names as they are, and the contents stored but not to be read. */
function plainAt(bytes: Uint8Array, header: number): boolean {
  const from = header + 30 + (bytes[header + 26] ?? 0) + 256 * (bytes[header + 27] ?? 0) + (bytes[header + 28] ?? 0) + 256 * (bytes[header + 29] ?? 0);
  return /^(?:\u00ef\u00bb\u00bf)?\s*</.test(ascii(bytes, from, 8));
}

function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  return undefined;
}
