/** From the state of the call to what the panel shows. */
import { asksPast } from "../core/field.ts";
import type { CustomerCard, Question } from "../core/question.ts";
import { choicesOf } from "./answer-field.ts";
import { activeField, type Call } from "./call.ts";
import { type KeyAction, shownKey } from "./keys.ts";
import type { PanelView, StillView } from "./panel-view.ts";
import { AT_ONCE, type Pick as PickList } from "./pick.ts";
import { screenText } from "./screen-text.ts";

export type Density = "quiet" | "normal" | "full";

export interface ViewFacts {
  density: Density;
  now: () => Date;
}

type Translate = Call["options"]["t"];

/**
 * Gives the panel of each moment. What does not change between two keys is the same object, so that it is laid out once.
 */
export function openView(call: Call, facts: ViewFacts): () => PanelView {
  let seen: unknown[] = [];
  let still: StillView | undefined;
  return () => {
    const { question, overlay, sheet, answer } = call;
    const minutes = Math.floor(call.options.conversation.elapsed() / 60);
    const held = heldSeconds(question, facts.now());
    const now = [question, overlay, sheet, answer.dialogue ? answer : undefined, minutes, held];
    if (!still || now.some((part, i) => part !== seen[i]))
      still = stillView(call, facts.density, { minutes, held });
    seen = now;
    return { still, field: activeField(call), placeholder: () => placeholder(call), message: call.message };
  };
}

function stillView(call: Call, density: Density, time: Pick<StillView, "minutes" | "held">): StillView {
  const { question, overlay, options } = call;
  const quiet = density === "quiet";
  const stages = options.conversation.stages();
  const at = stages.findIndex((s) => s.id === question.stage);
  // A list over the question needs the room; what to say stays.
  const listing = overlay?.field.type === "pick";
  return {
    stages: stages.map(({ label }, i) => ({ label, state: i < at ? "done" : i === at ? "now" : "ahead" })),
    ref: question.ref,
    ...question.progress,
    ...time,
    mood: question.mood,
    says: question.says,
    say: quiet ? undefined : question.say,
    alternatives: density === "full" && !listing ? (question.alternatives ?? []).slice(0, 2) : [],
    avoid: quiet || listing ? undefined : question.avoid,
    tip: quiet || listing ? undefined : question.tip,
    sheet: listing ? undefined : call.sheet,
    card: quiet || listing || !question.customer ? "" : cardText(question.customer, call),
    alerts: listing ? [] : question.alerts,
    ...asking(call, density),
    offered: !overlay && question.kind === "reply" ? choicesOf(question, options.t) : [],
    keys: keyHints(call),
  };
}

function heldSeconds({ held_since }: Question, now: Date): number | undefined {
  return held_since === undefined
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - Date.parse(held_since)) / 1000));
}

/** The question, or what the palette, a form or an offer asks. */
function asking(
  { question, overlay, answer, options }: Call,
  density: Density,
): Pick<StillView, "ask" | "lines" | "part"> {
  const help = question.help === undefined ? [] : [question.help];
  if (overlay?.kind === "palette") return { ask: options.t("ui.palette"), lines: help, part: undefined };
  const dialogue = overlay?.dialogue ?? answer.dialogue;
  const asked = dialogue?.asked();
  if (asked && overlay) return { ask: asked.ask, lines: asked.lines, part: undefined };
  const own = density === "full" ? help : [];
  if (asked) return { ask: question.ask, lines: [...own, ...asked.lines], part: asked.ask };
  return { ask: question.ask, lines: own, part: undefined };
}

/** Who it is, what happened before, what was promised and not kept: broken promises first. */
export function cardText(card: CustomerCard, { options }: CardWords): string {
  const { t, when } = options;
  const stateOf = (p: CustomerCard["promises"][number]) => (p.overdue ? "overdue" : p.state);
  const missed = (p: CustomerCard["promises"][number]) => Number(stateOf(p) !== "open");
  const owed = card.promises.filter((p) => p.state !== "kept").sort((a, b) => missed(b) - missed(a));
  const parts = [
    ...(card.name === undefined ? [] : [screenText(card.name)]),
    t("ui.card_cases", { n: card.cases.length }),
    ...owed
      .slice(0, 2)
      .map((p) =>
        t("ui.card_promise", { what: screenText(p.what), when: when(p.due_at), state: stateOf(p) }),
      ),
    ...(owed.length > 2 ? [t("ui.card_more", { n: owed.length - 2 })] : []),
  ];
  return parts.join(" · ");
}

type CardWords = { options: { t: Translate; when: (iso: string) => string } };

// ---- what stands in an empty field

function placeholder(call: Call): string {
  const { overlay, answer, options } = call;
  const { t } = options;
  if (overlay?.kind === "palette") return t("ui.hint_palette");
  const asked = (overlay?.dialogue ?? answer.dialogue)?.asked();
  const field = activeField(call);
  if (asked)
    return [field.type === "pick" ? listHint(field.pick, call) : (asked.hint ?? ""), asked.enter ?? ""]
      .filter((p) => p !== "")
      .join("   ");
  const hint = field.type === "pick" ? listHint(field.pick, call) : textHint(call);
  return [hint, enterHint(call)].filter((part) => part !== "").join("   ");
}

function pickHint(count: number, many: boolean, t: Translate): string {
  if (many) return t("ui.hint_many");
  return count > AT_ONCE ? t("ui.hint_choose_long", { n: count }) : t("ui.hint_choose", { n: count });
}

function listHint(pick: PickList, { options }: Call): string {
  return pick.letters === "fixed" ? "" : pickHint(pick.choices.length, pick.many, options.t);
}

/** Dates as they may be typed, before or after today as the question goes. */
export function dateExample({ records, step }: Question, t: Translate): string {
  return t(asksPast(records, step) ? "ui.date_example_past" : "ui.date_example");
}

function textHint({ question, options }: Call): string {
  const { t } = options;
  if (question.kind === "date") return dateExample(question, t);
  if (question.kind === "reply") return t("ui.hint_reply");
  return question.default === undefined && !question.optional ? t("ui.hint_text") : "";
}

/** What Enter alone would do; empty: nothing. */
export function enterHint({ question, answer, options }: Call): string {
  const { t, when } = options;
  const { field } = answer;
  if (field.type === "pick") {
    const selected = field.pick.choices[field.pick.at];
    if (field.pick.many)
      return question.optional && field.pick.marked.length === 0 ? t("ui.enter_passes") : "";
    if (selected) return t("ui.enter_takes", { value: selected.label });
  } else if (question.default !== undefined && question.default !== null) {
    const value =
      question.kind === "date" ? when(String(question.default)) : screenText(String(question.default));
    return t("ui.enter_keeps", { value });
  }
  return question.optional ? t("ui.enter_passes") : "";
}

// ---- the key line

const HINTS: readonly (readonly [KeyAction, string, boolean])[] = [
  ["help", "ui.key_help", true],
  ["back", "ui.key_back", true],
  ["jump", "ui.key_jump", false],
  ["tip", "ui.key_tip", false],
  ["another", "ui.key_another", false],
];

function keyHints({ overlay, options, sheet }: Call): StillView["keys"] {
  const { t, keys } = options;
  if (overlay) {
    const back = shownKey(keys, "back");
    return [
      { text: `Enter ${t(overlay.kind === "palette" ? "ui.key_do" : "ui.key_next")}`, keep: true },
      { text: `Esc ${t("ui.key_close")}`, keep: true },
      ...(overlay.kind === "form" && back ? [{ text: `${back} ${t("ui.key_back")}`, keep: false }] : []),
    ];
  }
  const shown = HINTS.flatMap(([action, label, keep]) => {
    const key = shownKey(keys, action);
    return key === undefined ? [] : [{ text: `${key} ${t(label)}`, keep }];
  });
  const up = shownKey(keys, "mood_up");
  const mood = up === "^Up" && shownKey(keys, "mood_down") === "^Down" ? "^Up/Down" : up;
  return [
    ...(sheet && sheet.lines.length > 8 ? [{ text: `PgDn ${t("ui.key_more")}`, keep: true }] : []),
    ...shown,
    ...(mood === undefined ? [] : [{ text: `${mood} ${t("ui.key_mood")}`, keep: false }]),
    { text: `^C ${t("ui.key_pause")}`, keep: true },
  ];
}
