/** The field an agent fills in, as rows: a text with its cursor, or a numbered list with what was typed under it. */

import type { Draw } from "./guidance.ts";
import { columnsFor, displayWidth, fitText, safeWidth, wrapText } from "./layout.ts";
import type { PanelView } from "./panel-view.ts";
import { type Pick as List, type PickChoice, visibleOf } from "./pick.ts";
import { screenText } from "./screen-text.ts";
import { textRows } from "./text-rows.ts";

export interface FieldRows {
  rows: string[];
  row: number;
  /** What stands before the cursor in its row: plain, and as it is drawn. */
  before: string;
  drawn: string;
}

/** The field's part of the view, and how to draw. */
type FieldDraw = Pick<Draw, "look" | "width" | "show"> & { view: PanelView };

const MARK = "  > ";
const INDENT = "    ";

function placeholderRow({ view, look, width, show }: FieldDraw): string {
  return look.theme.dim(fitText(show(view.placeholder()), width - MARK.length - 1));
}

function textField(draw: FieldDraw, height: number): FieldRows {
  const { view, look, width } = draw;
  if (view.field.type !== "text") throw new Error("not a text");
  const { buffer } = view.field;
  const offered = offeredRows(draw, Math.max(0, height - 2));
  if (buffer.cells.length === 0) {
    // The cursor stands before the placeholder: it goes as soon as something is typed.
    return {
      rows: [...offered, `${look.theme.accent(MARK)}${placeholderRow(draw)}`],
      row: offered.length,
      before: MARK,
      drawn: look.theme.accent(MARK),
    };
  }
  const size = { width: width - MARK.length - 1, height: Math.max(1, height - offered.length) };
  const text = textRows(buffer, size, look.unicode);
  const rows = text.rows.map((row, i) => {
    const more = (i === 0 && text.above) || (i === text.rows.length - 1 && text.below);
    const mark = i === 0 && !text.above ? look.theme.accent(MARK) : more ? look.theme.dim("  : ") : INDENT;
    return mark + row;
  });
  const first = text.row === 0 && !text.above;
  const drawn = (first ? look.theme.accent(MARK) : INDENT) + text.before;
  return { rows: [...offered, ...rows], row: offered.length + text.row, before: MARK + text.before, drawn };
}

/** Choices beside free text (a practice turn): one per row, each cut to its row. */
function offeredRows({ view, look, width }: FieldDraw, height: number): string[] {
  return view.still.offered.slice(0, height).flatMap((choice, i) => {
    const lines = wrapText(screenText(choice.label), width - 6);
    return lines.map((line, n) => `  ${n === 0 ? look.theme.accent(String(i + 1)) : " "} ${line}`);
  });
}

/** One choice in at most `width` cells: what stands after the label is short and stays whole. */
function cellText(pick: List, index: number, width: number): string {
  const choice = pick.choices[index] as PickChoice;
  const digits = String(pick.choices.length).length;
  const box = pick.many ? (pick.marked.includes(choice.id) ? "[x] " : "[ ] ") : "";
  const number = `${String(index + 1).padStart(digits)} ${box}`;
  const note = choice.note === undefined ? "" : `  ${choice.note}`;
  const label = fitText(screenText(choice.label), Math.max(4, width - safeWidth(number) - safeWidth(note)));
  return fitText(`${number}${label}${note}`, width);
}

interface Cells {
  indices: number[];
  text: (index: number, width: number) => string;
}

function drawCell({ look }: FieldDraw, pick: List, index: number, text: string): string {
  const { theme } = look;
  if (index === pick.at) return `${theme.chosen(">")} ${theme.chosen(text)}`;
  const note = pick.choices[index]?.note ?? "";
  const [, number = "", rest = ""] = /^(\s*\d+ )(.*)$/s.exec(text) ?? [];
  const isWhole = note !== "" && rest.endsWith(note);
  return `  ${theme.accent(number)}${isWhole ? rest.slice(0, -note.length) + theme.dim(note) : rest}`;
}

/** Two or three short choices stand side by side. */
function inlineRow(draw: FieldDraw, pick: List, cells: Cells): string | undefined {
  if (pick.letters !== "fixed" || cells.indices.length > 3) return undefined;
  const width = cells.indices.reduce((sum, i) => sum + safeWidth(cells.text(i, draw.width)) + 6, 0);
  if (width > draw.width) return undefined;
  return `  ${cells.indices.map((i) => drawCell(draw, pick, i, cells.text(i, draw.width))).join("    ")}`;
}

/** The part of the list around the selection that fits, and how many are left out. */
function windowOf(indices: number[], at: number, room: number): { shown: number[]; hidden: number } {
  if (indices.length <= room) return { shown: indices, hidden: 0 };
  const place = Math.max(0, indices.indexOf(at));
  const from = Math.min(Math.max(0, place - Math.floor(room / 2)), indices.length - room);
  return { shown: indices.slice(from, from + room), hidden: indices.length - room };
}

/** Labels lose this many cells at most so that a list stands in columns; more where the action's word stands behind them. */
const SQUEEZE = 8;
const SQUEEZE_NAMED = 14;

/** Cells that all but a fifth of the labels need; none is cut by more than a third for the sake of columns. */
function usualWidth(widths: readonly number[]): number {
  const sorted = [...widths].sort((a, b) => a - b);
  const usual = sorted[Math.ceil(sorted.length * 0.8) - 1] ?? 0;
  return Math.max(usual, Math.ceil(((sorted.at(-1) ?? 0) * 2) / 3));
}

function listRows(draw: FieldDraw, pick: List, height: number): string[] {
  const { width, show } = draw;
  const room = width - 4;
  const cells: Cells = { indices: visibleOf(pick), text: (i, most) => show(cellText(pick, i, most)) };
  const inline = inlineRow(draw, pick, cells);
  if (inline !== undefined) return [inline];
  const widths = cells.indices.map((i) => safeWidth(cells.text(i, room - 2)) + 2);
  const widest = Math.max(2, ...widths);
  const usual = usualWidth(widths);
  const rows = Math.max(1, height);
  const count = cells.indices.length;
  const fitting =
    columnsFor(widest, count, room, rows) ||
    columnsFor(widest - (pick.letters === "free" ? SQUEEZE_NAMED : SQUEEZE), count, room, rows) ||
    columnsFor(usual, count, room, rows);
  const columns = fitting || Math.max(1, Math.min(3, Math.floor((room + 2) / (usual + 2))));
  const full = fitting ? rows : Math.max(1, rows - 1);
  const { shown, hidden } = windowOf(cells.indices, pick.at, columns * full);
  const cellWidth = columns === 1 ? room : Math.floor((room + 2) / columns) - 2;
  const used = Math.ceil(shown.length / columns);
  const cell = (i: number) => {
    const text = cells.text(i, cellWidth - 2);
    return drawCell(draw, pick, i, text) + " ".repeat(Math.max(0, cellWidth - 2 - displayWidth(text)));
  };
  const lines = Array.from({ length: used }, (_, row) => {
    const inRow = Array.from({ length: columns }, (_, column) => shown[column * used + row]);
    return `  ${inRow.flatMap((i) => (i === undefined ? [] : [cell(i)])).join("  ")}`.trimEnd();
  });
  const more = () => draw.look.theme.dim(fitText(draw.look.t("ui.more", { n: hidden }), room));
  return hidden > 0 ? [...lines, `    ${more()}`] : lines;
}

function pickField(draw: FieldDraw, height: number): FieldRows {
  const { view, look } = draw;
  if (view.field.type !== "pick") throw new Error("not a list");
  const { pick } = view.field;
  const list = height > 1 ? listRows(draw, pick, height - 1) : [];
  const entry = screenText(pick.entry);
  const text = entry === "" ? placeholderRow(draw) : fitText(entry, draw.width - MARK.length - 1);
  const typed = entry === "" ? "" : text;
  const mark = look.theme.accent(MARK);
  return { rows: [...list, mark + text], row: list.length, before: MARK + typed, drawn: mark + typed };
}

/** Draws the field in at most `height` rows. */
export function drawField(view: PanelView, { look, width, show }: Draw, height: number): FieldRows {
  const draw: FieldDraw = { view, look, width, show };
  return draw.view.field.type === "text" ? textField(draw, height) : pickField(draw, height);
}
