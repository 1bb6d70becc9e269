// <portform-summary for="…"> and <portform-preview for="…">: what is wrong, and what will be sent, wherever the page wants them. Each
// finds its form by its id in the same document or shadow root, also when the form comes later.
import type { Preview } from "../types.js";
import type { Companion, PortformForm } from "./form-element.js";
import { PreviewView } from "./preview-view.js";
import type { Screen } from "./screen.js";
import { adopt } from "./styles.js";
import { SummaryList } from "./summary-list.js";

const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

abstract class CompanionElement extends Base implements Companion {
  static readonly observedAttributes = ["for"];
  abstract readonly summary: boolean;
  protected readonly root: ShadowRoot;
  #leave: (() => void) | undefined;
  #waiting: MutationObserver | undefined;

  constructor() {
    super();
    this.root = this.attachShadow({ mode: "open" });
    adopt(this.root);
  }

  connectedCallback(): void {
    this.#find();
  }

  disconnectedCallback(): void {
    this.#end();
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    this.#end();
    this.#find();
  }

  get htmlFor(): string {
    return this.getAttribute("for") ?? "";
  }
  set htmlFor(id: string) {
    this.setAttribute("for", id);
  }

  abstract update(screen: Screen, shown: { readonly preview: Preview; readonly blank: boolean }): void;

  #find(): void {
    const { htmlFor } = this;
    const within = this.getRootNode() as Document | ShadowRoot;
    const found = htmlFor === "" ? null : within.getElementById(htmlFor);
    if (found !== null && "accompany" in found) {
      this.#waiting?.disconnect();
      this.#waiting = undefined;
      this.#leave = (found as PortformForm).accompany(this);
      return;
    }
    if (htmlFor === "" || this.#waiting !== undefined) return;
    this.#waiting = new MutationObserver(() => this.#find());
    this.#waiting.observe(within, { childList: true, subtree: true, attributes: true, attributeFilter: ["id"] });
  }

  #end(): void {
    this.#waiting?.disconnect();
    this.#waiting = undefined;
    this.#leave?.();
    this.#leave = undefined;
  }
}

export class PortformSummary extends CompanionElement {
  readonly summary = true;
  readonly #list = new SummaryList();

  constructor() {
    super();
    this.root.append(this.#list.element);
  }

  update(screen: Screen): void {
    this.#list.update(screen);
  }

  override focus(): void {
    this.#list.focus();
  }
}

export class PortformPreview extends CompanionElement {
  readonly summary = false;
  readonly #view = new PreviewView();

  constructor() {
    super();
    this.root.append(this.#view.element);
  }

  update(screen: Screen, { preview, blank }: { readonly preview: Preview; readonly blank: boolean }): void {
    this.#view.update(screen, preview, blank);
  }
}
