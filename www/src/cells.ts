// A block of cells pasted from a spreadsheet into a list: which columns it covers. What its words mean there is for the package to
// read; rows in which nothing stands are left out.
import type { Editor } from "./editor";
import { nodeAt, parentOf, type FieldNode } from "./tree";

export interface Block {
  readonly list: string;
  readonly index: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** The block that starts at this field, or undefined where the text is no block or the field stands in no list. */
export function readBlock(editor: Editor, pointer: string, text: string, severalLines: boolean): Block | undefined {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (!text.includes("\t") && (lines.length < 2 || severalLines)) return undefined;
  const columns = columnsFrom(editor, pointer);
  if (columns === undefined) return undefined;
  const { list, index, nodes } = columns;
  const cells = lines.map((line) => line.split("\t").slice(0, Math.max(1, nodes.length)));
  const rows = cells.filter((row) => row.some((cell) => cell.trim() !== ""));
  if (rows.length === 0) return undefined;
  const width = Math.max(...rows.map((row) => row.length));
  const used = nodes.slice(0, width);
  return {
    list,
    index,
    columns: used.map((node) => node?.info.name ?? ""),
    // A blank cell is nothing, also where a text would be sent as an empty one.
    rows: rows.map((row) => row.map((cell) => (cell.trim() === "" ? undefined : cell))),
  };
}

function columnsFrom(editor: Editor, pointer: string): { list: string; index: number; nodes: (FieldNode | undefined)[] } | undefined {
  const parent = parentOf(pointer);
  const last = pointer.slice(pointer.lastIndexOf("/") + 1);
  const values = nodeAt(editor.tree, parent);
  if (values?.item?.info !== undefined && /^\d+$/.test(last)) return { list: parent, index: Number(last), nodes: [undefined] };
  const list = parentOf(parent);
  const index = parent.slice(list.length + 1);
  const item = nodeAt(editor.tree, list)?.item;
  if (item === undefined || !/^\d+$/.test(index)) return undefined;
  const single = item.children.filter((child) => child.children.length === 0 && child.item === undefined);
  const from = single.findIndex((child) => child.info.name === last);
  return from === -1 ? undefined : { list, index: Number(index), nodes: single.slice(from) };
}
