/** Two-person mode: what the colleague who plays the customer must know, as text and as data. */
import type { Translate } from "../core/library-port.ts";
import { type Level, MOVES, type PracticeCase } from "../core/practice-case.ts";
import { wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import { LEVELS } from "./levels.ts";
import { changeOf } from "./moves.ts";
import { startMood } from "./react.ts";

export interface CueCard {
  case: string;
  title: string;
  level: Level;
  customer: PracticeCase["customer"];
  happened: string;
  knows: string[];
  wants: PracticeCase["wants"];
  fears: string[];
  start_mood: number;
  opening: string[];
  story: string[];
  /** Points of calming for one step of mood. */
  points: number;
  calms: { move: string; points: number; reply: string[] }[];
  hurts: { move: string; points: number; reply: string[] }[];
  lines: Record<string, string[]>;
  endings: { good: string; fair: string; bad: string };
}

export function cueCardOf(c: PracticeCase, level: Level): CueCard {
  const moves = MOVES.map((move) => ({
    move,
    points: changeOf(move, c),
    reply: c.moves.find((m) => m.when === move)?.reply ?? [],
  }));
  return {
    case: c.id,
    title: c.title,
    level,
    customer: c.customer,
    happened: c.truth.happened,
    knows: c.knows,
    wants: c.wants,
    fears: c.fears,
    start_mood: startMood(c, level),
    opening: c.opening,
    story: c.story.map((piece) => piece.says),
    points: LEVELS[level].points,
    calms: moves.filter((m) => m.points < 0).map((m) => ({ ...m, points: -m.points })),
    hurts: moves.filter((m) => m.points > 0),
    lines: c.mood_lines,
    endings: { good: c.good_ending, fair: c.fair_ending, bad: c.bad_ending },
  };
}

export interface CueLook {
  t: Translate;
  width: number;
}

/** A text that goes on in a sentence of the card. */
const withoutStop = (text: string) => text.replace(/[.。]$/u, "");

/** The card, ready to print. */
export function renderCueCard(card: CueCard, c: PracticeCase, { t, width }: CueLook): string {
  const wrap = (text: string, indent = "") =>
    wrapText(screenText(text), width - indent.length).map((line) => indent + line);
  const item = (text: string) =>
    wrap(text, "    ").map((line, i) => (i === 0 ? `  - ${line.slice(4)}` : line));
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ["", ...wrap(title), ...items.flatMap(item)];
  const row = ({ move, points, reply }: CueCard["calms"][number]) => {
    const name = t(`practice.move_${move.replaceAll("-", "_")}`);
    return [t("practice.cue_row", { points, move: name }), ...reply].join(" / ");
  };
  const strongest = (rows: CueCard["calms"]) => [...rows].sort((a, b) => b.points - a.points).map(row);
  return [
    ...wrap(t("practice.cue_title", { title: card.title })),
    "",
    ...wrap(t("practice.cue_you", { name: card.customer.name, temperament: card.customer.temperament })),
    ...wrap(t("practice.cue_level", { level: card.level, note: c.level_notes[String(card.level)] ?? "" })),
    ...wrap(t("practice.cue_happened", { text: card.happened })),
    ...list(t("practice.cue_knows"), card.knows),
    ...wrap(
      t("practice.cue_wants", {
        asks: withoutStop(card.wants.asks_for),
        accept: withoutStop(card.wants.would_accept),
        after: card.wants.really_after,
      }),
    ),
    ...list(t("practice.cue_fears"), card.fears),
    ...list(t("practice.cue_opening"), card.opening),
    ...list(t("practice.cue_story"), card.story),
    "",
    ...wrap(t("practice.cue_mood", { mood: card.start_mood })),
    ...list(t("practice.cue_calms", { points: card.points }), strongest(card.calms)),
    ...list(t("practice.cue_hurts"), strongest(card.hurts)),
    ...Object.entries(card.lines).flatMap(([mood, lines]) => list(t("practice.cue_lines", { mood }), lines)),
    "",
    ...wrap(t("practice.cue_endings", card.endings)),
    "",
    ...wrap(t("practice.cue_secret")),
    ...wrap(t("practice.cue_handler", { id: card.case, script: c.script })),
  ].join("\n");
}
