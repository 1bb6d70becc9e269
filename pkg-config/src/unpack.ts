// Reading packed values back: what a form was given, as it was typed. The opposite of pack.ts; every key stands as text.
import { decode, originalText } from "./text.js";

/** Whether U+FFFD and a letter of the last plane may stand in the bytes, for a lone surrogate; numbers may look so, too. */
function hasSurrogates(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xf4); at !== -1; at = bytes.indexOf(0xf4, at + 1)) {
    if (bytes[at - 1] === 0xbd && bytes[at - 2] === 0xbf && bytes[at - 3] === 0xef) return true;
  }
  return false;
}

/** The value that the bytes hold; foreign values are taken from where packing kept them. */
export function unpack(bytes: Uint8Array, kept: readonly unknown[]): unknown {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const odd = hasSurrogates(bytes);
  let at = 0;

  function count(): number {
    const number = data.getUint32(at, true);
    at += 4;
    return number;
  }

  function text(): string {
    const length = count();
    const from = at;
    at += length;
    const own = decode(bytes.subarray(from, at));
    return odd ? originalText(own) : own;
  }

  function value(): unknown {
    switch (bytes[at++]) {
      case 1:
        return null;
      case 2:
        return false;
      case 3:
        return true;
      case 4: {
        const number = data.getFloat64(at, true);
        at += 8;
        return number;
      }
      case 5:
        return text();
      case 6: {
        const items: unknown[] = [];
        for (let left = count(); left > 0; left--) items.push(value());
        return items;
      }
      case 7: {
        const object: Record<string, unknown> = {};
        for (let left = count(); left > 0; left--) {
          at++;
          const key = text();
          const member = value();
          // An assignment to this key would change the prototype.
          if (key === "__proto__") Object.defineProperty(object, key, { value: member, configurable: true, enumerable: true, writable: true });
          else object[key] = member;
        }
        return object;
      }
      case 8: {
        const slot = data.getUint32(at + 1, true);
        at += 5;
        return kept[slot];
      }
      default:
        return undefined;
    }
  }

  return value();
}
