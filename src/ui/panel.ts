/** The call screen as rows: what to show is given as plain data, here it gets its place, at any size. */
import type { Translate } from "../core/library-port.ts";
import type { AnswerField } from "./answer-field.ts";
import { drawField } from "./field-rows.ts";
import { displayWidth, fitText, padText, safeWidth, wrapText } from "./layout.ts";
import type { PickChoice } from "./pick.ts";
import { asciiText, screenLines, screenText } from "./screen-text.ts";
import type { Theme } from "./theme.ts";

export interface Sheet {
  title: string;
  /** To say aloud. */
  say: readonly string[];
  lines: readonly string[];
  /** First line shown; it scrolls. */
  from: number;
}

export interface Message {
  tone: "error" | "notice" | "good";
  text: string;
}

/** Everything on the screen, as data. Absent or empty: not shown. */
export interface PanelView {
  stages: readonly { label: string; state: "done" | "now" | "ahead" }[];
  ref: string;
  done: number;
  left: number;
  minutes: number;
  mood: number | undefined;
  /** Seconds the customer has been on hold. */
  held: number | undefined;
  says: string | undefined;
  say: string | undefined;
  alternatives: readonly string[];
  avoid: { say: string; better: string } | undefined;
  tip: string | undefined;
  sheet: Sheet | undefined;
  card: string;
  alerts: readonly string[];
  ask: string;
  lines: readonly string[];
  /** Numbered choices that a text field offers beside free text. */
  offered: readonly PickChoice[];
  field: AnswerField;
  /** What stands in an empty field. */
  placeholder: string;
  message: Message | undefined;
  /** Key hints in order; `keep` ones stay when the line is too long. */
  keys: readonly { text: string; keep: boolean }[];
}

export interface Look {
  theme: Theme;
  t: Translate;
  unicode: boolean;
}

export interface Frame {
  rows: string[];
  /** The cursor's row, and what stands before it there: plain, and as it is drawn. */
  row: number;
  before: string;
  drawn: string;
}

export interface Size {
  columns: number;
  rows: number;
  /** The panel does not shrink below this, so that the key line stays where it is. */
  atLeast: number;
}

/** Lines longer than this are hard to read at a glance. */
const WIDEST = 100;
/** Rows kept for the guidance, so that the question stays in its place while lines come and go. */
const GUIDANCE = 5;

type Draw = { view: PanelView; look: Look; width: number; show: (text: string) => string };

function stageNames({ view, look }: Draw, gap: string): { plain: string; styled: string } {
  const { theme } = look;
  const parts = view.stages.map(({ label, state }) => {
    const name = state === "now" ? `[${label}]` : label;
    return { name, styled: state === "now" ? theme.strong(theme.accent(name)) : state === "done" ? theme.dim(name) : name };
  });
  return { plain: parts.map((p) => p.name).join(gap), styled: parts.map((p) => p.styled).join(theme.dim(gap)) };
}

function facts({ view, look }: Draw): { plain: string; styled: string } {
  const { theme, t } = look;
  const time =
    view.held === undefined
      ? { text: t("ui.minutes", { n: view.minutes }), style: (s: string) => s }
      : { text: t("ui.on_hold", { time: clockText(view.held) }), style: (s: string) => theme.strong(theme.accent(s)) };
  const mood = view.mood === undefined ? [] : [{ text: t("ui.mood", { value: view.mood }), style: theme.mood(view.mood) }];
  const all = [time, ...mood];
  return { plain: all.map((a) => a.text).join("   "), styled: all.map((a) => a.style(a.text)).join("   ") };
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** Where am I, what is left, how long, how angry: the stages, and a rule that is a bar of progress. */
function strip(draw: Draw): string[] {
  const { view, look, width } = draw;
  const { theme, t } = look;
  const right = facts(draw);
  const room = width - 1;
  const stages = [" > ", "  ", " "].map((gap) => stageNames(draw, gap)).find((s) => displayWidth(s.plain) <= room);
  const left = t("ui.progress", { done: view.done, left: view.left });
  const first = stages ?? { plain: fitText(stageNames(draw, " ").plain, room), styled: fitText(stageNames(draw, " ").plain, room) };
  const gap = room - displayWidth(first.plain) - displayWidth(right.plain);
  const inOne = gap >= 2;
  const row = ` ${first.styled}${inOne ? " ".repeat(gap) + right.styled : ""}`;
  const plainEnd = ` ${view.ref}   ${left}${inOne ? "" : `   ${right.plain}`}`;
  const end = ` ${theme.strong(view.ref)}   ${theme.dim(left)}${inOne ? "" : `   ${right.styled}`}`;
  const bar = room - displayWidth(plainEnd);
  if (bar < 4) return [row, fitText(`${plainEnd}`, room)];
  const filled = Math.round((bar * view.done) / Math.max(1, view.done + view.left));
  return [row, ` ${theme.accent("=".repeat(filled))}${theme.dim("-".repeat(bar - filled))}${end}`];
}

type Label = { label: string; style: (text: string) => string; labelStyle?: (text: string) => string };

/** A label, and its text beside it in a column of its own. */
function labelled(draw: Draw, { label, style, labelStyle = draw.look.theme.dim }: Label, lines: readonly string[], column: number): string[] {
  return lines.map((line, i) => `  ${i === 0 ? labelStyle(padText(label, column)) : " ".repeat(column)}  ${style(line)}`);
}

/** Say, Avoid and the tip; or what a side action brought, while it is open. */
function guidance(draw: Draw): { id: string; rows: string[] }[] {
  const { view, look, width, show } = draw;
  const { theme, t } = look;
  const names = ["says", "say", "or", "avoid", "tip"].map((name) => t(`ui.label_${name}`));
  const column = Math.max(...names.map(displayWidth));
  const room = width - column - 5;
  const quoted = (text: string) => wrapText(show(t("ui.quoted", { text: screenText(text) })), room);
  const sections: { id: string; rows: string[] }[] = [];
  const add = (id: string, label: Label, lines: string[]) => sections.push({ id, rows: labelled(draw, label, lines, column) });
  if (view.says !== undefined) add("says", { label: names[0]!, style: theme.accent }, quoted(view.says));
  if (view.sheet) return [...sections, { id: "sheet", rows: sheetRows(draw, view.sheet, column) }];
  if (view.say !== undefined) add("say", { label: names[1]!, style: theme.speech }, quoted(view.say));
  for (const other of view.alternatives) add("or", { label: names[2]!, style: (s) => s }, quoted(other));
  if (view.avoid) add("avoid", { label: names[3]!, style: (s) => s, labelStyle: theme.avoid }, avoidLines(draw, view.avoid, room));
  if (view.tip !== undefined) add("tip", { label: names[4]!, style: (s) => s, labelStyle: theme.tip }, wrapText(show(screenText(view.tip)), room));
  return sections;
}

function avoidLines({ look, show }: Draw, avoid: { say: string; better: string }, room: number): string[] {
  const { t } = look;
  const bad = show(t("ui.quoted", { text: screenText(avoid.say) }));
  const good = show(t("ui.instead", { text: t("ui.quoted", { text: screenText(avoid.better) }) }));
  const gap = room - safeWidth(bad) - safeWidth(good);
  if (gap >= 3) return [`${bad}   ${good}`];
  return [...wrapText(bad, room), ...wrapText(good, room)];
}

function sheetRows(draw: Draw, sheet: Sheet, column: number): string[] {
  const { look, width, show } = draw;
  const { theme, t } = look;
  const room = width - column - 5;
  const say = sheet.say.flatMap((text) => labelled(draw, { label: t("ui.label_say"), style: theme.speech }, wrapText(show(t("ui.quoted", { text: screenText(text) })), room), column));
  const lines = sheet.lines.flatMap((line) => screenLines(line).split("\n")).flatMap((line) => wrapText(show(line), width - 4));
  return [`  ${theme.strong(theme.accent(show(sheet.title)))}`, ...say, ...lines.map((line) => `  ${line}`)];
}

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

function messageRows({ view, look, width, show }: Draw): string[] {
  if (!view.message) return [""];
  const { tone, text } = view.message;
  const style = tone === "error" ? look.theme.error : tone === "good" ? look.theme.good : look.theme.dim;
  return wrapText(show(screenText(text)), width - 2).slice(0, 3).map((line) => `  ${style(line)}`);
}

interface Section {
  id: string;
  rows: string[];
}

/** What goes first when the window is too low: the question, its field and the line to say go last. */
const DROPPED = ["gap", "or", "lines", "offered", "card", "tip", "avoid", "rule", "says", "alerts", "message", "keys", "sheet", "say", "strip"];

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
  return sections.map((s) => (s.id === "sheet" && from > 0 ? { id: s.id, rows: [s.rows[0]!, ...s.rows.slice(1 + Math.min(from, s.rows.length - 2))] } : s));
}

/** Draws the panel; it never takes more than the window's rows less one, nor a cell more than its columns less one. */
export function drawPanel(view: PanelView, size: Size, look: Look): Frame {
  const width = Math.max(20, Math.min(size.columns - 1, WIDEST));
  const show = (text: string) => (look.unicode ? text : asciiText(text));
  const draw: Draw = { view, look, width, show };
  const { theme } = look;
  const most = Math.max(3, size.rows - 1);
  const above: Section[] = [
    { id: "strip", rows: strip(draw) },
    ...scrolled(guidance(draw), view.sheet?.from ?? 0),
    { id: "rule", rows: [theme.dim(` ${"-".repeat(width - 1)}`)] },
    { id: "card", rows: view.card === "" ? [] : wrapText(show(view.card), width - 2).slice(0, 2).map((l) => `  ${l}`) },
    { id: "alerts", rows: view.alerts.flatMap((a) => wrapText(show(`! ${screenText(a)}`), width - 2)).map((l) => `  ${theme.mood(3)(l)}`) },
    { id: "gap", rows: [""] },
    { id: "ask", rows: wrapText(show(screenText(view.ask)), width - 2).slice(0, 4).map((l) => `  ${theme.strong(l)}`) },
    { id: "lines", rows: view.lines.flatMap((l) => wrapText(show(screenText(l)), width - 4)).map((l) => `    ${theme.dim(l)}`) },
  ];
  const below: Section[] = [
    { id: "message", rows: messageRows(draw) },
    { id: "keys", rows: view.keys.length > 0 ? [keyRow(draw)] : [] },
  ];
  const wanted = drawField(draw, most).rows.length;
  const least = Math.min(wanted, view.field.type === "pick" ? 7 : 3);
  const kept = drop([...above, ...below], Math.max(1, most - least));
  const others = kept.reduce((sum, s) => sum + s.rows.length, 0);
  const field = drawField(draw, Math.max(1, most - others));
  return assemble(kept, field, { most, atLeast: Math.min(size.atLeast, most) });
}

/** Puts the parts together; what room is left keeps the question and the key line in their places. */
function assemble(kept: Section[], field: ReturnType<typeof drawField>, height: { most: number; atLeast: number }): Frame {
  const isBelow = (s: Section) => s.id === "message" || s.id === "keys";
  const below = kept.filter(isBelow).flatMap((s) => s.rows);
  const belowRule = ["rule", "card", "alerts", "gap", "ask", "lines"];
  const top = kept.filter((s) => !isBelow(s) && !belowRule.includes(s.id)).flatMap((s) => s.rows);
  const middle = kept.filter((s) => belowRule.includes(s.id)).flatMap((s) => s.rows);
  const total = top.length + middle.length + field.rows.length + below.length;
  const padTop = Math.min(Math.max(0, GUIDANCE + 2 - top.length), Math.max(0, height.most - total));
  const padEnd = Math.max(0, height.atLeast - total - padTop);
  const above = [...top, ...Array<string>(padTop).fill(""), ...middle];
  const rows = [...above, ...field.rows, ...Array<string>(padEnd).fill(""), ...below];
  return { rows, row: above.length + field.row, before: field.before, drawn: field.drawn };
}
