/** The upper part of the call screen: where the call stands, what to say, what not to say, how to calm. */
import { toQuote } from "../core/quotation.ts";
import { displayWidth, fitText, padText, safeWidth, wrapSpoken, wrapText } from "./layout.ts";
import type { Look, Section, Sheet, StillView } from "./panel-view.ts";
import { screenLines, screenText } from "./screen-text.ts";

export interface Draw {
  view: StillView;
  look: Look;
  width: number;
  /** Last touch before the screen: ASCII where nothing else can be shown. */
  show: (text: string) => string;
}

function stageNames({ view, look }: Draw, gap: string): { plain: string; styled: string } {
  const { theme } = look;
  const parts = view.stages.map(({ label, state }) => {
    const name = state === "now" ? `[${label}]` : label;
    return {
      name,
      styled: state === "now" ? theme.strong(theme.accent(name)) : state === "done" ? theme.dim(name) : name,
    };
  });
  return {
    plain: parts.map((p) => p.name).join(gap),
    styled: parts.map((p) => p.styled).join(theme.dim(gap)),
  };
}

function facts({ view, look }: Draw): { plain: string; styled: string } {
  const { theme, t } = look;
  const time =
    view.held === undefined
      ? { text: t("ui.minutes", { n: view.minutes }), style: (s: string) => s }
      : {
          text: t("ui.on_hold", { time: clockText(view.held) }),
          style: (s: string) => theme.strong(theme.accent(s)),
        };
  const mood =
    view.mood === undefined
      ? []
      : [{ text: t("ui.mood", { value: view.mood }), style: theme.mood(view.mood) }];
  const all = [time, ...mood];
  return { plain: all.map((a) => a.text).join("   "), styled: all.map((a) => a.style(a.text)).join("   ") };
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** Where am I, what is left, how long, how angry: the stages, and a rule that is a bar of progress. */
export function strip(draw: Draw): string[] {
  const { view, look, width } = draw;
  const { theme, t } = look;
  const right = facts(draw);
  const room = width - 1;
  const stages = [" > ", "  ", " "]
    .map((gap) => stageNames(draw, gap))
    .find((s) => displayWidth(s.plain) <= room);
  const left = t("ui.progress", { done: view.done, left: view.left });
  const first = stages ?? {
    plain: fitText(stageNames(draw, " ").plain, room),
    styled: fitText(stageNames(draw, " ").plain, room),
  };
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

type Style = (text: string) => string;

/** A label, and its lines beside it in a column of their own. */
interface Labelled {
  id: string;
  /** `ui.label_<name>` */
  name: string;
  style: Style;
  lines: string[];
}

function labelledRows(
  { look }: Draw,
  { name, style, lines }: Omit<Labelled, "id">,
  column: number,
): string[] {
  const label = padText(look.t(`ui.label_${name}`), column);
  return lines.map((line, i) => `  ${i === 0 ? style(label) : " ".repeat(column)}  ${line}`);
}

function labelColumn({ view, look }: Draw): number {
  const names = ["say", "or", "avoid", "tip", ...(view.says === undefined ? [] : ["says"])];
  return Math.max(...names.map((name) => displayWidth(look.t(`ui.label_${name}`))));
}

function spoken({ look, show }: Draw, text: string, room: number): string[] {
  return wrapSpoken(show(look.t("ui.quoted", { text: toQuote(screenText(text)) })), room);
}

/** Say, Avoid and the tip; or what a side action brought, while it is open. */
export function guidance(draw: Draw): Section[] {
  const { view, look, width, show } = draw;
  const { theme } = look;
  const column = labelColumn(draw);
  const room = width - column - 5;
  const { says, say, avoid, tip, sheet } = view;
  const parts: (Labelled | false)[] = [
    says !== undefined && {
      id: "says",
      name: "says",
      style: theme.dim,
      lines: spoken(draw, says, room).map(theme.accent),
    },
    say !== undefined &&
      !sheet && {
        id: "say",
        name: "say",
        style: theme.good,
        lines: spoken(draw, say, room).map(theme.speech),
      },
    ...view.alternatives.map(
      (or) => !sheet && { id: "or", name: "or", style: theme.dim, lines: spoken(draw, or, room) },
    ),
    avoid !== undefined &&
      !sheet && { id: "avoid", name: "avoid", style: theme.avoid, lines: avoidLines(draw, avoid, room) },
    tip !== undefined &&
      !sheet && { id: "tip", name: "tip", style: theme.tip, lines: wrapSpoken(show(screenText(tip)), room) },
  ];
  const sections = parts.flatMap((part) =>
    part ? [{ id: part.id, rows: labelledRows(draw, part, column) }] : [],
  );
  return sheet ? [...sections, { id: "sheet", rows: sheetRows(draw, sheet, column) }] : sections;
}

/** What not to say stands back; what to say instead is read. */
function avoidLines({ look, show }: Draw, avoid: { say: string; better: string }, room: number): string[] {
  const { t, theme } = look;
  const bad = show(t("ui.quoted", { text: toQuote(screenText(avoid.say)) }));
  const good = show(t("ui.instead", { text: t("ui.quoted", { text: toQuote(screenText(avoid.better)) }) }));
  const gap = room - safeWidth(bad) - safeWidth(good);
  if (gap >= 3) return [`${theme.dim(bad)}   ${good}`];
  return [...wrapText(bad, room).map(theme.dim), ...wrapSpoken(good, room)];
}

function sheetRows(draw: Draw, sheet: Sheet, column: number): string[] {
  const { look, width, show } = draw;
  const { theme } = look;
  const say = sheet.say.flatMap((text) => {
    const lines = spoken(draw, text, width - column - 5).map(theme.speech);
    return labelledRows(draw, { name: "say", style: theme.good, lines }, column);
  });
  const lines = sheet.lines
    .flatMap((line) => screenLines(line).split("\n"))
    .flatMap((line) => wrapText(show(line), width - 4));
  return [`  ${theme.strong(theme.accent(show(sheet.title)))}`, ...say, ...lines.map((line) => `  ${line}`)];
}
