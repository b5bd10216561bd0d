/** A drill: a real case without its person, in the form of a sample case, to be read and approved before anybody plays it. */
import type { Case } from "../core/case.ts";
import type { Option } from "../core/field.ts";
import type { Library, Translate } from "../core/library-port.ts";
import { scrub } from "./scrub.ts";
import { hashOf } from "./seed.ts";

/** As it is written to a file; the case schema checks it when it is read. */
export type DrillSource = Record<string, unknown> & { id: string };

const LEAST_WORDS = 8;
const STORY_FIELDS = ["tried", "tried_result", "impact", "loss", "demand", "expected_outcome"] as const;
const KEPT_FIELDS = ["category", "cause", "severity", "kind", "outcome"] as const;

export const drillId = (c: Pick<Case, "id">) => `drill-${hashOf(c.id).toString(36)}`;

/** Whether a case tells enough to be played. */
export function canDrill(c: Case): boolean {
  const words = c.record.words;
  return typeof words === "string" && words.trim().length >= LEAST_WORDS && c.status !== "draft";
}

interface Making {
  c: Case;
  locale: string;
  library: Library;
  t: Translate;
}

function storyOf({ c, locale, t }: Making, clean: (text: string) => string) {
  const pieces = STORY_FIELDS.flatMap((field) => {
    const value = c.record[field];
    if (typeof value !== "string" || value.trim() === "") return [];
    return [{ says: { [locale]: clean(value) }, reveals: { [field]: { [locale]: clean(value) } } }];
  });
  return pieces.length > 0 ? pieces : [{ says: { [locale]: t("practice.drill_fallback_2") }, reveals: {} }];
}

function optionsOf({ c, locale, t }: Making) {
  const accepted = (c.record.options ?? []).filter((o: Option) => o.accepted).map((o: Option) => o.remedy);
  const remedies = [...new Set(accepted.length > 0 ? accepted : ["explain"])];
  return remedies.map((remedy) => ({ remedy, fits: true, why: { [locale]: t("practice.drill_remedy") } }));
}

function moodLines({ locale, t }: Making) {
  const lines = [1, 2, 3, 4, 5].map((mood) => {
    const text = mood === 1 ? t("practice.drill_calm") : t(`practice.drill_fallback_${mood}`);
    return [String(mood), { [locale]: [text] }];
  });
  return Object.fromEntries(lines);
}

/** The ids and days of the record that say nothing of the person. */
function recordOf({ c, library }: Making) {
  const kept = KEPT_FIELDS.flatMap((field) => {
    const value = c.record[field];
    const known = library.taxonomies()[field]?.includes(String(value));
    return value !== undefined && known ? [[field, value]] : [];
  });
  return {
    received_at: c.record.received_at ?? c.opened_at,
    channel: c.record.channel ?? "phone",
    ...Object.fromEntries(kept),
  };
}

/** Makes the drill. The customer's own words come first, then what else he told. */
export function makeDrill(making: Making): DrillSource {
  const { c, locale, library, t } = making;
  const clean = (text: string) => scrub(text, { record: c.record, customer: t("practice.drill_name") });
  const text = (value: string) => ({ [locale]: value });
  const category = library.words(locale).labels.category?.[String(c.record.category)];
  const known = (taxonomy: string, value: unknown, fallback: string) =>
    library.taxonomies()[taxonomy]?.includes(String(value)) ? String(value) : fallback;
  const mood = Math.min(5, Math.max(2, c.record.mood_start ?? 3));
  const words = clean(String(c.record.words));
  const script = library.scriptIds().includes(c.script.id) ? c.script.id : "good-faith";
  return {
    id: drillId(c),
    title: text(category ? t("practice.drill_title", { category }) : t("practice.drill_title_plain")),
    script,
    level: 1,
    drill: true,
    channel: known("channel", c.record.channel, "phone"),
    customer: {
      name: text(t("practice.drill_name")),
      class: known("customer_class", c.record.customer_class, "regular"),
      psychology: known("psychology", c.record.psychology, "venting"),
      need: known("need", c.record.need, "heard"),
      temperament: text(t("practice.drill_temperament")),
    },
    truth: {
      happened: text(words),
      on_record: text(t("practice.drill_open")),
      fault: text(t("practice.drill_open")),
      not_known: text(t("practice.drill_open")),
    },
    wants: {
      asks_for: text(clean(String(c.record.demand ?? t("practice.drill_hear")))),
      would_accept: text(clean(String(c.record.expected_outcome ?? t("practice.drill_hear")))),
      really_after: text(t("practice.drill_hear")),
    },
    start_mood: mood,
    opening: [text(words)],
    story: storyOf(making, clean),
    mood_lines: moodLines(making),
    options: optionsOf(making),
    expected_record: recordOf(making),
    good_ending: text(t("practice.drill_good")),
    fair_ending: text(t("practice.drill_fair")),
    bad_ending: text(t("practice.drill_bad")),
    lesson: { text: text(t("practice.drill_lesson")), source: ["do-summarise-experience"] },
  };
}

/** What a person reads before approving: every text of the drill that came from the case. */
export function drillTexts(drill: DrillSource): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  walk([drill.opening, (drill.story as { says: unknown }[]).map((piece) => piece.says)]);
  return found;
}
