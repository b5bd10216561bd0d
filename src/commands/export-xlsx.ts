/** Cases as an XLSX file with one sheet. Imported only where it is asked for: the writer is big. */
import write from "write-excel-file/node";
import type { Case } from "../core/case.ts";
import { COLUMNS, harmless, rowOf, type Value } from "./export-table.ts";

/** XLSX takes no control characters, and no cell of more than 32,767. */
function cell(value: Value) {
  if (value === undefined) return null;
  if (typeof value === "number") return { value, type: Number };
  const text = String(harmless(value))
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return { value: text.slice(0, 32_767), type: String };
}

/** The bytes of an XLSX file with one sheet. */
export async function xlsxFile(cases: Iterable<Case>): Promise<Uint8Array> {
  const rows = [COLUMNS.map((name) => ({ value: name, type: String, fontWeight: "bold" as const }))];
  const data = [...rows, ...[...cases].map((c) => rowOf(c).map(cell))];
  return await write(data as never, { sheet: "cases", stickyRowsCount: 1 } as never).toBuffer();
}
