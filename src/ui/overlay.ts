/** What opens over the question while its typed text waits: the palette, the jump list, the form of a side action. */
import type { Conversation, SideAction, SideName } from "../core/question.ts";
import { type AnswerField, fieldOf } from "./answer-field.ts";
import type { Dialogue, Values } from "./dialogue.ts";
import { type KeyMap, shownKey } from "./keys.ts";
import { type PickChoice, pickOf } from "./pick.ts";
import { type FormContext, sideForm } from "./side-form.ts";

export interface Overlay {
  kind: "palette" | "form";
  side: SideName;
  field: AnswerField;
  dialogue?: Dialogue<SideAction>;
}

export interface OverlayContext extends FormContext {
  actions: ReturnType<Conversation["actions"]>;
  keys: KeyMap;
}

function paletteChoices({ actions, keys }: OverlayContext): PickChoice[] {
  return actions
    .filter((action) => action.side !== "help")
    .map(({ side, label, word }) => {
      const key = shownKey(keys, side);
      return { id: side, label, note: key === undefined ? `:${word}` : `:${word} ${key}` };
    });
}

/** The list of side actions; `entry`: what was typed already. */
export function openPalette(context: OverlayContext, entry = ""): Overlay {
  const pick = pickOf(paletteChoices(context), { letters: "free", entry });
  return { kind: "palette", side: "help", field: { type: "pick", pick } };
}

/** The form of `side`, as far as it is not filled by `given`. */
export function openForm(context: OverlayContext, side: SideName, given: Values): Overlay {
  const dialogue = sideForm(side, given, context);
  return { kind: "form", side, dialogue, field: fieldOf(dialogue.asked()) };
}
