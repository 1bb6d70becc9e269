// The way of what is signed: the exact bytes go out as a file for the vendor's signing program, and the signed container comes back as
// the text that the envelope carries. Signing itself needs the signer's key and is not done here.
import { announce, h } from "../dom";
import type { AnyPayload, Editor } from "../editor";
import { t } from "../texts";

const TEXT = "/signed_content";
const ENCODING = "/signed_content_encoding";
/** A larger file is no signed request. */
const largest = 12 * 1024 * 1024;

/** Whether a payload is signed before it can be sent: nothing is sent by itself. */
export function isSigned(payload: AnyPayload): boolean {
  return payload.upstream === "ehealth" && payload.direction === "outbound" && payload.endpoint === undefined;
}

/** A button that gives the bytes to sign, byte for byte those of the preview. */
export function downloadButton(editor: () => Editor, fix: () => void): HTMLElement {
  const give = (): void => {
    const { valid, body } = editor().form.preview();
    if (!valid) {
      fix();
      return;
    }
    const url = URL.createObjectURL(new Blob([body], { type: "application/json" }));
    const link = h("a", { href: url, download: "contract_request.json" });
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return h("button", { type: "button", class: "primary", "data-testid": "for-signing", onclick: give }, t("forSigning"));
}

/** A file field for the signed container; nothing for a payload that carries none. */
export function uploadField(payload: AnyPayload, editor: () => Editor): HTMLElement | null {
  if (!payload.fields().some(({ pointer }) => pointer === TEXT)) return null;
  const input = h("input", { type: "file", id: "signed-file", class: "spoken", accept: ".p7s,.p7m,.sig,.txt,application/pkcs7-mime,application/pkcs7-signature", onchange: () => void take() });
  const take = async (): Promise<void> => {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    if (file.size > largest) {
      announce(`${t("pasteTooLarge")}: ${largest}`);
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    // A DER container begins with a SEQUENCE; anything else is the base64 text itself.
    const text = bytes[0] === 0x30 ? base64(bytes) : new TextDecoder().decode(bytes).trim();
    editor().set(TEXT, text);
    editor().set(ENCODING, "base64");
    announce(t("signedLoaded"));
  };
  return h("span", { class: "file" }, input, h("label", { for: "signed-file", class: "button quiet" }, t("signedUpload")));
}

function base64(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call has room for some ten thousand arguments.
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
