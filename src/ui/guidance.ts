/** The upper part of the call screen: where the call stands, what to say, what not to say, how to calm. */
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

type Label = { label: string; style: (text: string) => string; labelStyle?: (text: string) => string };

/** A label, and its text beside it in a column of its own. */
function labelled(
  draw: Draw,
  { label, style, labelStyle = draw.look.theme.dim }: Label,
  lines: readonly string[],
  column: number,
): string[] {
  return lines.map(
    (line, i) => `  ${i === 0 ? labelStyle(padText(label, column)) : " ".repeat(column)}  ${style(line)}`,
  );
}

/** Say, Avoid and the tip; or what a side action brought, while it is open. */
export function guidance(draw: Draw): Section[] {
  const { view, look, width, show } = draw;
  const { theme, t } = look;
  const names = ["says", "say", "or", "avoid", "tip"].map((name) => t(`ui.label_${name}`));
  const column = Math.max(...names.slice(view.says === undefined ? 1 : 0).map(displayWidth));
  const room = width - column - 5;
  const quoted = (text: string) => wrapSpoken(show(t("ui.quoted", { text: screenText(text) })), room);
  const sections: Section[] = [];
  const add = (id: string, label: Label, lines: string[]) =>
    sections.push({ id, rows: labelled(draw, label, lines, column) });
  if (view.says !== undefined) add("says", { label: names[0]!, style: theme.accent }, quoted(view.says));
  if (view.sheet) return [...sections, { id: "sheet", rows: sheetRows(draw, view.sheet, column) }];
  if (view.say !== undefined) add("say", { label: names[1]!, style: theme.speech }, quoted(view.say));
  for (const other of view.alternatives) add("or", { label: names[2]!, style: (s) => s }, quoted(other));
  if (view.avoid)
    add(
      "avoid",
      { label: names[3]!, style: (s) => s, labelStyle: theme.avoid },
      avoidLines(draw, view.avoid, room),
    );
  if (view.tip !== undefined)
    add(
      "tip",
      { label: names[4]!, style: (s) => s, labelStyle: theme.tip },
      wrapSpoken(show(screenText(view.tip)), room),
    );
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
  const say = sheet.say.flatMap((text) =>
    labelled(
      draw,
      { label: t("ui.label_say"), style: theme.speech },
      wrapSpoken(show(t("ui.quoted", { text: screenText(text) })), room),
      column,
    ),
  );
  const lines = sheet.lines
    .flatMap((line) => screenLines(line).split("\n"))
    .flatMap((line) => wrapText(show(line), width - 4));
  return [`  ${theme.strong(theme.accent(show(sheet.title)))}`, ...say, ...lines.map((line) => `  ${line}`)];
}
