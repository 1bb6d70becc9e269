// A block of cells pasted from a spreadsheet into a list: which columns it covers. What its words mean there is for the form to read;
// rows in which nothing stands are no rows.
import type { Screen } from "./screen.js";
import { nodeAt, parentOf, type FieldNode } from "./tree.js";

export interface Block {
  readonly list: string;
  readonly index: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** The block that starts at this field, or undefined where the text is no block or the field stands in no list. */
export function readBlock(screen: Screen, pointer: string, text: string, severalLines: boolean): Block | undefined {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (!text.includes("\t") && (lines.length < 2 || severalLines)) return undefined;
  const place = columnsFrom(screen, pointer);
  if (place === undefined) return undefined;
  const { list, index, nodes } = place;
  const rows = lines.map((line) => line.split("\t").slice(0, Math.max(1, nodes.length))).filter((row) => row.some((cell) => cell.trim() !== ""));
  if (rows.length === 0) return undefined;
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return {
    list,
    index,
    columns: nodes.slice(0, width).map((node) => node?.info.name ?? ""),
    // A blank cell is nothing, also where a text would be sent as an empty one.
    rows: rows.map((row) => row.map((cell) => (cell.trim() === "" ? undefined : cell))),
  };
}

function columnsFrom(screen: Screen, pointer: string): { list: string; index: number; nodes: (FieldNode | undefined)[] } | undefined {
  const parent = parentOf(pointer);
  const last = pointer.slice(pointer.lastIndexOf("/") + 1);
  const values = nodeAt(screen.tree, parent);
  if (values?.item?.info !== undefined && /^\d+$/.test(last)) return { list: parent, index: Number(last), nodes: [undefined] };
  const list = parentOf(parent);
  const index = parent.slice(list.length + 1);
  const item = nodeAt(screen.tree, list)?.item;
  if (item === undefined || !/^\d+$/.test(index)) return undefined;
  const single = item.children.filter((child) => child.children.length === 0 && child.item === undefined);
  const from = single.findIndex((child) => child.info.name === last);
  return from === -1 ? undefined : { list, index: Number(index), nodes: single.slice(from) };
}
