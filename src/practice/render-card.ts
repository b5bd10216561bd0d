/** The scorecard as text for a terminal: parts, the mood turn by turn, points with the trainee's own line, what to work on. */
import type { Translate } from "../core/library-port.ts";
import { displayWidth, padText, wrapText } from "../ui/layout.ts";
import { screenText } from "../ui/screen-text.ts";
import { SKILLS } from "./points.ts";
import type { Scorecard } from "./scorecard.ts";

export interface CardLook {
  t: Translate;
  width: number;
  /** Whether characters beyond ASCII may be used for drawing. */
  unicode: boolean;
  stageLabel: (stage: string) => string;
  fieldLabel: (field: string) => string;
  /** The word for an id of this field's taxonomy. */
  valueLabel: (field: string, id: string) => string;
}

const MOODS = [5, 4, 3, 2, 1] as const;
const COLUMN = 4;
const MOST_DIFFERENCES = 6;

/** One row per mood, one column per turn; the turn's number below. Plain characters: wide ones would not line up. */
export function moodCurve(moods: Scorecard["moods"], width: number): string[] {
  const fit = Math.max(1, Math.floor((width - 4) / COLUMN));
  const shown = moods.slice(-fit);
  const row = (mood: number) =>
    `${mood} |${shown.map((m) => (m.mood === mood ? "  * " : m.mood > mood ? "  . " : "    ")).join("")}`.trimEnd();
  const numbers = shown.map((m) => padText(String(m.turn).padStart(3), COLUMN)).join("");
  return [...MOODS.map(row), `  +${"-".repeat(shown.length * COLUMN)}`, `   ${numbers}`.trimEnd()];
}

const skillKey = (skill: string) => `practice.skill_${skill.replaceAll("-", "_")}`;

/** Skills as bars of ten. */
export function skillBars(skills: Readonly<Record<string, number>>, t: Translate): string[] {
  const labels = SKILLS.map((skill) => t(skillKey(skill)));
  const widest = Math.max(...labels.map(displayWidth));
  return SKILLS.map((skill, i) => {
    const value = skills[skill] ?? 0;
    return `  ${padText(labels[i]!, widest)}  ${"#".repeat(Math.round(value / 10)).padEnd(10, ".")} ${value}`;
  });
}

function indented(text: string, indent: string, width: number): string[] {
  return wrapText(screenText(text), width - indent.length).map((line) => indent + line);
}

function pointLines(card: Scorecard, { t, width, stageLabel }: CardLook): string[] {
  if (card.points.length === 0) return [`  ${t("practice.card_no_points")}`];
  return card.points.flatMap((p) => [
    `  ${t("practice.card_turn", { turn: p.turn, stage: stageLabel(p.stage) })}`,
    ...indented(
      t("practice.card_line", { line: p.line.trim() || t("practice.card_nothing") }),
      "    ",
      width,
    ),
    ...indented(t("practice.card_rule", { rule: p.rule, source: p.source }), "    ", width),
    ...indented(t("practice.card_better", { better: p.better }), "    ", width),
  ]);
}

/** An instant as it is told in its own zone; the case's clock is the same for everybody. */
const INSTANT = /\b(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?(?:[+-]\d{2}:\d{2}|Z)/g;

/** What was expected of a field, short. */
export function expectedText(
  field: string,
  value: unknown,
  { t, valueLabel }: Pick<CardLook, "t" | "valueLabel">,
): string {
  if (typeof value === "boolean") return t("store.yes_no", { value: value ? "yes" : "no" });
  if (!Array.isArray(value)) return valueLabel(field, String(value)).replace(INSTANT, "$1 $2");
  return value
    .map((v) =>
      typeof v === "object" && v !== null && "remedy" in v
        ? valueLabel("remedy", String(v.remedy))
        : valueLabel(field, String(v)),
    )
    .join(t("case.comma"));
}

function recordLines({ record }: Scorecard, look: CardLook): string[] {
  const { t, width, fieldLabel } = look;
  if (!record) return [];
  const differ = record.differ.slice(0, MOST_DIFFERENCES).flatMap(({ field, expected }) => {
    const name = field === "promise" ? fieldLabel("promise") : fieldLabel(field);
    return indented(
      t("practice.card_differ", { field: name, expected: expectedText(field, expected, look) }),
      "    ",
      width,
    );
  });
  return ["", t("practice.card_record", { right: record.right, total: record.total }), ...differ];
}

/** The scorecard, ready to print. */
export function renderCard(card: Scorecard, look: CardLook): string {
  const { t, width } = look;
  const lines = (title: string, list: readonly string[]) => (list.length > 0 ? ["", title, ...list] : []);
  return [
    t("practice.card_title", { title: screenText(card.title), level: card.level }),
    "",
    `  ${t("practice.card_score", { score: card.score })}`,
    `  ${t("practice.card_parts", { outcome: card.outcome, process: card.process, treatment: card.treatment })}`,
    ...indented(t("practice.card_ending", { ending: card.ending }), "  ", width),
    ...lines(
      t("practice.card_moods"),
      moodCurve(card.moods, width).map((l) => `  ${l}`),
    ),
    ...lines(t("practice.card_skills"), skillBars(card.skills, t)),
    ...lines(t("practice.card_points"), pointLines(card, look)),
    ...lines(
      t("practice.card_tries"),
      card.tries.flatMap((x) =>
        indented(
          `${t("practice.card_turn", { turn: x.turn, stage: look.stageLabel(x.stage) })}: ${x.line}`,
          "  ",
          width,
        ),
      ),
    ),
    ...lines(
      t("practice.card_work"),
      card.work_on.flatMap((text, i) => indented(`${i + 1}. ${text}`, "  ", width)),
    ),
    ...recordLines(card, look),
    "",
    ...indented(t("practice.card_truth", { text: card.truth }), "", width),
    ...indented(t("practice.card_lesson", { text: card.lesson }), "", width),
  ].join("\n");
}
