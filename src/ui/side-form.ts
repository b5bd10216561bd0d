/** What a side action still needs to know, asked field by field. */
import type { SideAction, SideName } from "../core/question.ts";
import { type Dialogue, type Field, formDialogue, type Values } from "./dialogue.ts";
import type { PickChoice } from "./pick.ts";
import { type PromiseWords, promiseFields, promiseItem } from "./promise-dialogue.ts";
import { EMERGENCIES, END_REASONS } from "./side-words.ts";

export interface FormContext extends PromiseWords {
  mood: number | undefined;
  /** What an action may be given, comma by comma, where the conversation says it. */
  needs: (side: SideName) => string | undefined;
  /** Where a jump may go. */
  places: () => PickChoice[];
}

const picks = (ids: readonly string[], label: (id: string) => string): PickChoice[] =>
  ids.map((id) => ({ id, label: label(id) }));

function known(needs: string | undefined): { pick?: PickChoice[] } {
  const ids = (needs ?? "").split(/,\s*/).filter((id) => id !== "");
  return ids.length > 0 ? { pick: picks(ids, (id) => id) } : {};
}

/** The fields of each action that needs some. */
function fieldsOf(side: SideName, context: FormContext): Field[] {
  const { t } = context;
  switch (side) {
    case "jump":
      return [{ key: "to", ask: t("ui.form_jump"), pick: context.places() }];
    case "mood":
      return [
        {
          key: "value",
          ask: t("ui.form_mood"),
          pick: picks(["1", "2", "3", "4", "5"], (value) => t("ui.mood_level", { value })),
        },
      ];
    case "note":
      return [{ key: "text", ask: t("ui.form_note") }];
    case "promise":
      return promiseFields(context);
    case "emergency":
      return [
        {
          key: "kind",
          ask: t("ui.form_emergency"),
          pick: picks(EMERGENCIES, (kind) => t("ui.emergency", { kind: kind.replace("-", "_") })),
        },
      ];
    case "escalate":
      return [
        { key: "to", ask: t("ui.form_escalate_to"), hint: t("ui.hint_escalate_to") },
        { key: "why", ask: t("ui.form_escalate_why") },
      ];
    case "approval":
      return [{ key: "code", ask: t("ui.form_approval") }];
    case "script":
    case "language":
      return [{ key: "to", ask: t(`ui.form_${side}`), ...known(context.needs(side)) }];
    case "end":
      return [
        {
          key: "reason",
          ask: t("ui.form_end"),
          pick: picks(END_REASONS, (reason) => t("ui.end_reason", { reason })),
        },
      ];
    default:
      return [];
  }
}

function actionOf(side: SideName, values: Values): SideAction {
  if (side === "mood") return { side, value: Number(values.value) };
  if (side === "promise") return { side, ...promiseItem(values) };
  return { side, ...values } as SideAction;
}

/** The dialogue that completes `side`; `given`: what was typed after the word already. */
export function sideForm(side: SideName, given: Values, context: FormContext): Dialogue<SideAction> {
  const fields = fieldsOf(side, context);
  const needed = (field: Field) => context.t(field.pick ? "ui.choose_number" : "ui.needs_text");
  return formDialogue(
    () => fields,
    (values) => actionOf(side, values),
    needed,
    given,
  );
}
