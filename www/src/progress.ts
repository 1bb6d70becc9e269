// Work that takes its time: how far it is, and a button that stops it. Once inside another dialog, and once as a dialog of its own,
// which keeps everything else from being changed meanwhile.
import type { Control } from "portform/worker";
import { announce, h } from "./dom";
import { t } from "./texts";

export interface ProgressBar {
  readonly element: HTMLElement;
  /** What the work gives, or undefined when it was stopped; other work that still goes on here is stopped. */
  run<T>(label: string, work: (control: Control) => Promise<T>): Promise<T | undefined>;
  stop(): void;
}

export function progressBar(): ProgressBar {
  const label = h("span", { id: "progress-label" });
  const bar = h("progress", { max: 1, "aria-labelledby": "progress-label", "data-testid": "progress" });
  const button = h("button", { type: "button", class: "quiet", "data-testid": "stop", onclick: () => stop() });
  const element = h("div", { class: "progress", hidden: true }, label, bar, button);
  let running: AbortController | undefined;

  function stop(): void {
    running?.abort();
  }

  return {
    element,
    stop,
    async run(words, work) {
      stop();
      const control = new AbortController();
      running = control;
      label.textContent = words;
      button.textContent = t("cancel");
      bar.value = 0;
      element.hidden = false;
      announce(words);
      try {
        return await work({
          signal: control.signal,
          onProgress: ({ done, total }) => {
            bar.value = total === 0 ? 1 : done / total;
          },
        });
      } catch (error) {
        if (control.signal.aborted) return undefined;
        throw error;
      } finally {
        if (running === control) {
          running = undefined;
          element.hidden = true;
        }
      }
    },
  };
}

/** Runs the work behind a dialog that shows how far it is; Escape and the button stop it. */
export async function withDialog<T>(words: string, work: (control: Control) => Promise<T>): Promise<T | undefined> {
  const bar = progressBar();
  const dialog = h("dialog", { class: "busy", "aria-labelledby": "progress-label" }, bar.element);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    bar.stop();
  });
  document.body.append(dialog);
  const result = bar.run(words, work);
  dialog.showModal();
  try {
    return await result;
  } finally {
    // Closing gives the focus back to where it was.
    dialog.close();
    dialog.remove();
  }
}
