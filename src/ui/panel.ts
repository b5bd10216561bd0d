/** The call screen as rows: what to show is given as plain data, here it gets its place, at any size. */
import { drawField, type FieldRows } from "./field-rows.ts";
import { type Draw, guidance, strip } from "./guidance.ts";
import { fitText, safeWidth, wrapText } from "./layout.ts";
import type { Frame, Look, Message, PanelView, Section, Size, StillView } from "./panel-view.ts";
import { asciiText, screenText } from "./screen-text.ts";

/** Lines longer than this are hard to read at a glance. */
const WIDEST = 100;
/** Rows kept for the guidance, so that the question stays in its place while lines come and go. */
const GUIDANCE = 5;

/** Cells of a row of the panel in a window of `columns`; the last column stays free, since some terminals wrap in it. */
export function panelWidth(columns: number): number {
  return Math.max(20, Math.min(columns - 1, WIDEST));
}

/** As many hints as fit; the last ones go first. */
function keyRow({ view, look, width }: Draw): string {
  const pieces = [...view.keys];
  const line = () => pieces.map((p) => p.text).join("  ");
  while (safeWidth(line()) > width - 2) {
    const at = pieces.findLastIndex((p) => !p.keep);
    if (at < 0) break;
    pieces.splice(at, 1);
  }
  return `  ${look.theme.dim(fitText(line(), width - 2))}`;
}

function messageRows(message: Message | undefined, { look, width, show }: Draw): string[] {
  if (!message) return [""];
  const { tone, text } = message;
  const style = tone === "error" ? look.theme.error : tone === "good" ? look.theme.good : look.theme.dim;
  return wrapText(show(screenText(text)), width - 2)
    .slice(0, 3)
    .map((line) => `  ${style(line)}`);
}

function alertRows(alert: string, { look, width, show }: Draw): string[] {
  const lines = wrapText(show(screenText(alert)), width - 4);
  return lines.map((line, i) => `  ${look.theme.mood(3)(`${i === 0 ? "!" : " "} ${line}`)}`);
}

/** Everything above the field, top to bottom. */
function partsAbove(draw: Draw): Section[] {
  const { view, look, width, show } = draw;
  const { theme } = look;
  const lines = (texts: readonly string[], indent: number, style: (line: string) => string): string[] =>
    texts
      .flatMap((text) => wrapText(show(screenText(text)), width - indent))
      .map((line) => " ".repeat(indent) + style(line));
  const asIs = (line: string) => line;
  const one = (text: string | undefined) => (text === undefined || text === "" ? [] : [text]);
  return [
    { id: "strip", rows: strip(draw) },
    { id: "air", rows: [""] },
    ...scrolled(guidance(draw), view.sheet?.from ?? 0),
    { id: "rule", rows: [theme.dim(` ${"-".repeat(width - 1)}`)] },
    { id: "card", rows: lines(one(view.card), 2, asIs).slice(0, 2) },
    { id: "alerts", rows: view.alerts.flatMap((alert) => alertRows(alert, draw)) },
    { id: "gap", rows: [""] },
    { id: "ask", rows: lines([view.ask], 2, view.part === undefined ? theme.strong : asIs).slice(0, 4) },
    { id: "lines", rows: lines(view.lines, 4, theme.dim) },
    { id: "part", rows: lines(one(view.part), 4, theme.strong).slice(0, 3) },
  ];
}

/** What goes first when the window is too low: the question, its field and the line to say go last. */
const DROPPED = [
  "air",
  "gap",
  "or",
  "lines",
  "offered",
  "card",
  "tip",
  "avoid",
  "rule",
  "says",
  "alerts",
  "message",
  "keys",
  "sheet",
  "say",
  "strip",
];

function drop(sections: Section[], room: number): Section[] {
  let kept = sections;
  const height = () => kept.reduce((sum, s) => sum + s.rows.length, 0);
  for (const id of DROPPED) {
    while (height() > room) {
      const at = kept.findLastIndex((s) => s.id === id);
      if (at < 0) break;
      const over = height() - room;
      const section = kept[at]!;
      // A long read-out loses its end, not all of itself.
      const rows = id === "sheet" && section.rows.length - over >= 3 ? section.rows.slice(0, -over) : [];
      kept = rows.length > 0 ? kept.with(at, { id, rows }) : kept.toSpliced(at, 1);
    }
  }
  return kept;
}

function scrolled(sections: Section[], from: number): Section[] {
  return sections.map((s) =>
    s.id === "sheet" && from > 0
      ? { id: s.id, rows: [s.rows[0]!, ...s.rows.slice(1 + Math.min(from, s.rows.length - 2))] }
      : s,
  );
}

/** Draws the panel: never more than the window's rows less one, nor a cell more than its columns less one. */
export type DrawPanel = (view: PanelView, size: Size) => Frame;

/** Everything but the field, in its place. */
interface Layout {
  above: string[];
  message: string[];
  keys: string[];
  /** Rows there are for the field. */
  room: number;
  most: number;
}

/** Rows that the field would like, and what it can do with: a long list stands in columns where it has to. */
interface Wish {
  wanted: number;
  least: number;
}

const BELOW_RULE: ReadonlySet<string> = new Set(["rule", "card", "alerts", "gap", "ask", "lines", "part"]);
const BELOW_FIELD: ReadonlySet<string> = new Set(["message", "keys"]);
/** Rows that a list, or a text, is given before anything else goes. */
const LEAST = { pick: 7, text: 3 };

/**
 * Gives every part its place around a field of `wanted` rows, or of the `least` it can do with; what room is left keeps
 * the question where it is.
 */
function layOut(sections: Section[], { wanted, least }: Wish, windowRows: number): Layout {
  const most = Math.max(3, windowRows - 1);
  const kept = drop(sections, Math.max(1, most - least));
  const rowsOf = (wants: (id: string) => boolean) => kept.filter((s) => wants(s.id)).flatMap((s) => s.rows);
  const top = rowsOf((id) => !BELOW_FIELD.has(id) && !BELOW_RULE.has(id));
  const middle = rowsOf((id) => BELOW_RULE.has(id));
  const message = rowsOf((id) => id === "message");
  const keys = rowsOf((id) => id === "keys");
  const room = Math.max(1, most - top.length - middle.length - message.length - keys.length);
  const spare = Math.max(0, room - wanted);
  const padding = Math.min(Math.max(0, GUIDANCE + 3 - top.length), spare);
  const above = [...top, ...Array<string>(padding).fill(""), ...middle];
  return { above, message, keys, room: room - padding, most };
}

/** A panel that lays out again only what has changed: a key in a text must show at once. */
export function openPanel(look: Look): DrawPanel {
  const show = (text: string) => (look.unicode ? text : asciiText(text));
  let parts: { still: StillView; width: number; above: Section[]; keys: Section } | undefined;
  let laid: { by: unknown[]; layout: Layout } | undefined;
  return (view, size) => {
    const width = panelWidth(size.columns);
    const draw: Draw = { view: view.still, look, width, show };
    if (parts?.still !== view.still || parts.width !== width) {
      const keys = { id: "keys", rows: view.still.keys.length > 0 ? [keyRow(draw)] : [] };
      parts = { still: view.still, width, above: partsAbove(draw), keys };
    }
    const wanted = drawField(view, draw, Math.max(3, size.rows - 1));
    const by = [parts, view.message, size.rows, wanted.rows.length, view.field.type];
    if (!laid || by.some((part, i) => part !== laid?.by[i])) {
      const sections = [...parts.above, { id: "message", rows: messageRows(view.message, draw) }, parts.keys];
      const most = LEAST[view.field.type];
      const least = wanted.rows.length <= most ? wanted : drawField(view, draw, most);
      const wish = { wanted: wanted.rows.length, least: least.rows.length };
      laid = { by, layout: layOut(sections, wish, size.rows) };
    }
    const { room } = laid.layout;
    const field = wanted.rows.length <= room ? wanted : drawField(view, draw, room);
    return assemble(laid.layout, field, size.atLeast);
  };
}

function assemble({ above, message, keys, most }: Layout, field: FieldRows, atLeast: number): Frame {
  const total = above.length + field.rows.length + message.length + keys.length;
  const padding = Math.max(0, Math.min(atLeast, most) - total);
  const rows = [...above, ...field.rows, ...message, ...Array<string>(padding).fill(""), ...keys];
  const cursor = above.length + field.row;
  // A window of a few rows: what is around the cursor.
  const from = Math.max(0, Math.min(cursor - most + 2, rows.length - most));
  return {
    rows: rows.slice(from, from + most),
    row: cursor - from,
    before: field.before,
    drawn: field.drawn,
  };
}
