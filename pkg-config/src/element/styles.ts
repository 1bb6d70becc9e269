// The style sheet of the elements, shared by all of them. It is adopted, not written into the page, so that a content security policy
// without 'unsafe-inline' holds; a browser without adopted style sheets gets it as an element.
import css from "./form.css";

let sheet: CSSStyleSheet | undefined;

export function adopt(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root && typeof CSSStyleSheet === "function" && "replaceSync" in CSSStyleSheet.prototype) {
    if (sheet === undefined) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    root.adoptedStyleSheets.push(sheet);
    return;
  }
  const style = document.createElement("style");
  style.textContent = css;
  root.append(style);
}
