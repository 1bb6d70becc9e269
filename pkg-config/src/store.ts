// The entry portform/store: drafts and an outbox in the browser, so that nothing typed or sent is lost with the tab. It carries no
// wasm and no rule; whoever imports it brings the forms and the client.
export { DraftConflict, openDrafts } from "./store/drafts.js";
export type { AutosaveOptions, DraftEntry, DraftEvent, Drafts, SaveOptions } from "./store/drafts.js";
export { openOutbox } from "./store/outbox.js";
export type { AddOptions, Outbox, OutboxOptions, Sender } from "./store/outbox.js";
export type { OutboxEntry, OutboxState } from "./store/entry.js";
export type { Outcome } from "./client-types.js";
export { StoreError } from "./store/errors.js";
export type { StoreReason } from "./store/errors.js";
