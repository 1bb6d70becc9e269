// The flat list of fields that a payload gives, as the tree that a screen shows. It knows pointers and nothing about
// any payload: whatever the tables describe can be drawn from it.
import type { FieldInfo } from "../types.js";

export interface FieldNode {
  readonly info: FieldInfo;
  /** The fields of an object. */
  readonly children: FieldNode[];
  /** What the items of a list are. */
  item: ItemNode | undefined;
}

export interface ItemNode {
  /** The row about the item itself, where the items are single values. */
  info: FieldInfo | undefined;
  readonly children: FieldNode[];
}

export interface Tree {
  readonly roots: readonly FieldNode[];
  readonly byPattern: ReadonlyMap<string, FieldNode>;
}

export function buildTree(fields: readonly FieldInfo[]): Tree {
  const byPattern = new Map<string, FieldNode>();
  const roots: FieldNode[] = [];
  for (const info of fields) {
    const node: FieldNode = { info, children: [], item: info.type === "list" ? { info: undefined, children: [] } : undefined };
    const parent = parentOf(info.pointer);
    if (info.pointer.endsWith("/*")) {
      const list = byPattern.get(parent);
      if (list) list.item = { info, children: list.item?.children ?? [] };
      continue;
    }
    byPattern.set(info.pointer, node);
    if (parent === "") roots.push(node);
    else if (parent.endsWith("/*")) byPattern.get(parentOf(parent))?.item?.children.push(node);
    else byPattern.get(parent)?.children.push(node);
  }
  return { roots, byPattern };
}

export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** "/prices/0", "/prices/0/price" … of "/prices/0/price", shortest first. */
export function prefixes(pointer: string): string[] {
  const found: string[] = [];
  for (let at = pointer.indexOf("/", 1); at !== -1; at = pointer.indexOf("/", at + 1)) found.push(pointer.slice(0, at));
  if (pointer !== "") found.push(pointer);
  return found;
}

/** The node that a pointer with indices is about; undefined for a key that the table does not have and for list items. */
export function nodeAt(tree: Tree, pointer: string): FieldNode | undefined {
  return tree.byPattern.get(pointer.replace(/\/\d+(?=\/|$)/g, "/*"));
}

/** Where an issue stands, as far as its message does not name the field itself: "" where it says everything. */
export function placeBefore(tree: Tree, pointer: string, message: string): string {
  const label = nodeAt(tree, pointer)?.info.label;
  if (label === undefined || !message.includes(label)) return `${trail(tree, pointer)} — `;
  const outside = trail(tree, parentOf(pointer));
  return outside === "" ? "" : `${outside}: `;
}

/** The labels from the outside in: «Стоимость обучения › 2 › Действует с». */
export function trail(tree: Tree, pointer: string): string {
  const words: string[] = [];
  for (const prefix of prefixes(pointer)) {
    const node = nodeAt(tree, prefix);
    const last = prefix.slice(prefix.lastIndexOf("/") + 1).replace(/~1/g, "/").replace(/~0/g, "~");
    if (node) words.push(node.info.label);
    else if (/^\d+$/.test(last)) words.push(String(Number(last) + 1));
    else words.push(last);
  }
  return words.join(" › ");
}
