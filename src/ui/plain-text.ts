/** A question in plain lines, in the order in which they are read aloud: where, what to say, what is asked, how to answer. */
import type { Question } from "../core/question.ts";
import { activeField, type Call } from "./call.ts";
import { cardText, dateExample, enterHint } from "./call-view.ts";
import type { Pick } from "./pick.ts";
import { screenText } from "./screen-text.ts";

type Translate = Call["options"]["t"];

/** Stage, what is left, minutes, mood. */
function stepLine({ question, options }: Call): string {
  const { conversation, t } = options;
  const stage = conversation.stages().find((s) => s.id === question.stage)?.label ?? question.stage;
  return t("ui.plain_step", {
    stage,
    ...question.progress,
    minutes: Math.floor(conversation.elapsed() / 60),
    mood: question.mood ?? "none",
  });
}

/** Everything about the moment that is not the question itself. Lines that were read already need not be read again. */
export function momentLines(call: Call): string[] {
  const { question, options } = call;
  const { t } = options;
  const { says, say, avoid, tip, customer, alerts, held_since } = question;
  const line = (key: string, text: string | undefined) =>
    text === undefined ? [] : [t(`ui.${key}`, { text: screenText(text) })];
  return [
    stepLine(call),
    ...(held_since === undefined ? [] : [t("ui.plain_held")]),
    ...line("plain_says", says),
    ...line("plain_say", say),
    ...(avoid ? [t("ui.plain_avoid", { say: screenText(avoid.say), better: screenText(avoid.better) })] : []),
    ...line("plain_tip", tip),
    ...(customer ? line("plain_card", cardText(customer, call)) : []),
    ...alerts.flatMap((alert) => line("plain_alert", alert)),
  ];
}

function choiceLines(pick: Pick, t: Translate): string[] {
  return pick.choices.map(({ id, label, note }, i) => {
    const text = screenText(note === undefined ? label : `${label} ${note}`);
    return t(pick.marked.includes(id) ? "ui.plain_marked" : "ui.plain_choice", { n: i + 1, label: text });
  });
}

function offered({ question, overlay, options }: Call): string[] {
  if (overlay || question.kind !== "reply") return [];
  return (question.choices ?? []).map(({ label }, i) =>
    options.t("ui.plain_choice", { n: i + 1, label: screenText(label) }),
  );
}

function howTo(call: Call): string[] {
  const { question, overlay, answer, options } = call;
  const { t } = options;
  const field = activeField(call);
  const asked = (overlay?.dialogue ?? answer.dialogue)?.asked();
  const enter = asked ? (asked.enter ?? "") : enterHint(call);
  if (field.type === "pick") return [t(field.pick.many ? "ui.plain_many" : "ui.plain_one"), enter];
  const example = asked ? (asked.hint ?? "") : question.kind === "date" ? dateExample(question, t) : "";
  return [example, enter];
}

/** What is asked now, its choices and how to answer. `again`: within the same step, of which only the part is new. */
export function questionLines(call: Call, again: boolean): string[] {
  const { question, overlay, answer, options } = call;
  const { t } = options;
  const dialogue = overlay?.dialogue ?? answer.dialogue;
  const asked = dialogue?.asked();
  const field = activeField(call);
  const own = overlay || (asked && again) ? [] : [t("ui.plain_question", { text: screenText(question.ask) })];
  const hints = howTo(call).filter((hint) => hint !== "");
  return [
    ...own,
    ...(asked ? [...asked.lines.map(screenText), asked.ask] : []),
    ...(field.type === "pick" ? choiceLines(field.pick, t) : offered(call)),
    ...draftLines(question, call),
    ...(hints.length > 0 ? [hints.join("  ")] : []),
  ];
}

/** What was typed in an earlier session and never sent. */
function draftLines({ typed }: Question, call: Call): string[] {
  const field = activeField(call);
  const { t } = call.options;
  if (
    call.overlay ||
    call.answer.dialogue ||
    !typed ||
    field.type !== "text" ||
    field.buffer.cells.length === 0
  )
    return [];
  return [t("ui.plain_typed", { text: screenText(typed) }), t("ui.plain_typed_hint")];
}
