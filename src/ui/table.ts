/** Aligned tables that fit the width there is: long cells are cut, then the least important columns left out. */
import { displayWidth, fitText, safeWidth } from "./layout.ts";
import { screenText } from "./screen-text.ts";

export interface Column {
  title: string;
  cells: readonly string[];
  align?: "right";
  /** May be cut down to this many cells; absent: never cut. */
  least?: number;
  /** The higher, the sooner it is left out; absent: it stays. */
  drop?: number;
}

const GAP = "  ";

interface Sized extends Column {
  width: number;
}

/** More of a cell than fills the window twice over is not measured: no column gets that much. */
function natural(column: Column, window: number): Sized {
  const cells = column.cells.map(screenText);
  const widths = cells.map((cell) => safeWidth(cell.slice(0, 2 * window)));
  return { ...column, cells, width: Math.max(safeWidth(column.title), ...widths, 1) };
}

const total = (columns: readonly Sized[]): number =>
  columns.reduce((sum, c) => sum + c.width, 0) + GAP.length * (columns.length - 1);

/** Takes cells from the widest column that may give some, until the row fits or nobody can give more. */
function shrink(columns: Sized[], width: number): void {
  for (let over = total(columns) - width; over > 0; ) {
    const givers = columns.filter((c) => c.least !== undefined && c.width > Math.max(c.least, 4));
    const widest = givers.sort((a, b) => b.width - a.width)[0];
    if (!widest) return;
    const next = givers[1]?.width ?? 0;
    const give = Math.min(over, widest.width - Math.max(widest.least!, next, 4) || 1);
    widest.width -= give;
    over -= give;
  }
}

function fitted(columns: readonly Column[], width: number): Sized[] {
  let kept = columns.map((column) => natural(column, width));
  for (;;) {
    const sized = kept.map((c) => ({ ...c }));
    shrink(sized, width);
    const droppable = kept.filter((c) => c.drop !== undefined);
    if (total(sized) <= width || droppable.length === 0) return sized;
    const first = droppable.reduce((a, b) => (b.drop! > a.drop! ? b : a));
    kept = kept.filter((c) => c !== first);
  }
}

function cellText(text: string, column: Sized, last: boolean): string {
  const cut = fitText(text, column.width);
  const blanks = " ".repeat(Math.max(0, column.width - displayWidth(cut)));
  if (column.align === "right") return blanks + cut;
  return last ? cut : cut + blanks;
}

/** The lines of a table: titles, then one line per row, none wider than `width` where the columns allow it. */
export function renderTable(columns: readonly Column[], width: number): string[] {
  const sized = fitted(columns, width);
  const line = (pick: (c: Sized) => string) =>
    sized
      .map((c, i) => cellText(pick(c), c, i === sized.length - 1))
      .join(GAP)
      .trimEnd();
  const rows = Math.max(0, ...columns.map((c) => c.cells.length));
  return [line((c) => c.title), ...Array.from({ length: rows }, (_, i) => line((c) => c.cells[i] ?? ""))];
}
