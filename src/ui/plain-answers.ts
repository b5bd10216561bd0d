/** What a plain line means: a side action, a choice, a part of a longer text, an answer. */
import { activeField, type Call } from "./call.ts";
import { chosen, emptyEnter, submitted, takeText } from "./call-answers.ts";
import { runCommand } from "./call-replies.ts";
import { fold, type Pick } from "./pick.ts";
import { screenText } from "./screen-text.ts";
import { isCommand, unescapeColons } from "./side-words.ts";
import { textOf } from "./text-buffer.ts";

/** Takes one line; `before`: lines of a text that goes on. Returns the lines that still wait for their end. */
export function takeLine(call: Call, line: string, before: string[]): string[] {
  if (isCommand(line)) {
    runCommand(call, line);
    return before;
  }
  const field = activeField(call);
  if (field.type === "pick") {
    takeChoice(call, field.pick, line);
    return [];
  }
  const goesOn = /(^|[^\\])(\\\\)*\\$/.test(line);
  const plain = goesOn ? line.slice(0, -1) : line.replace(/\\\\$/, "\\");
  if (goesOn) return [...before, plain];
  // Enter alone sends what was typed in an earlier session.
  const draft = before.length === 0 && line === "" ? textOf(field.buffer) : undefined;
  const ends = before.length > 0 && line === "";
  takeText(call, unescapeColons(draft ?? [...before, ...(ends ? [] : [plain])].join("\n")));
  return [];
}

/** The choice a word stands for: number, shortcut, id, whole label, or a part of exactly one. */
function find(pick: Pick, word: string): string | { several: string[] } | undefined {
  const plain = fold(word).trim();
  if (/^\d+$/.test(plain)) return pick.choices[Number(plain) - 1]?.id;
  const shortcut = pick.shortcuts[plain];
  if (shortcut !== undefined) return shortcut;
  const whole = pick.choices.find((c) => c.id === plain || fold(c.label) === plain);
  if (whole) return whole.id;
  const some = pick.choices.filter((c) => fold(c.label).includes(plain) || c.id.includes(plain));
  if (some.length > 1) return { several: some.map((c) => c.label) };
  return some[0]?.id;
}

function takeChoice(call: Call, pick: Pick, line: string): void {
  const text = line.trim();
  const id = text === "" || pick.many ? pick.choices[pick.at]?.id : idOf(call, pick, text);
  if (pick.many) takeMany(call, pick, text);
  else if (id !== undefined) chosen(call, id);
  else if (text === "") emptyEnter(call);
}

/** The id a word stands for; what is wrong is said. */
function idOf(call: Call, pick: Pick, word: string): string | undefined {
  const { t, conversation } = call.options;
  // "yes", "没有", "可以": the conversation knows more words than there are keys.
  const said =
    pick.letters === "fixed" && pick.choices[0]?.id === "yes"
      ? conversation.parse(word, "yes-no")
      : undefined;
  if (said?.ok && typeof said.value === "boolean") return said.value ? "yes" : "no";
  const found = find(pick, word);
  if (typeof found === "string") return found;
  const text = found
    ? t("ui.plain_several", { list: found.several.join(", ") })
    : t("ui.no_choice", { entry: screenText(word) });
  call.message = { tone: "error", text };
  return undefined;
}

/** `1 3`, `1,3`, and where no number has two digits also `13`. */
function takeMany(call: Call, pick: Pick, text: string): void {
  const plain = fold(text);
  if (text === "" || plain === "0") {
    const ids = text === "" ? [...pick.marked] : [];
    submitted(call, ids, text !== "" || ids.length > 0);
    return;
  }
  const digits = /^\d+$/.test(plain) && pick.choices.length < 10;
  const words = digits ? [...plain] : text.split(/[\s,;\uff0c\u3001\uff1b]+/);
  const ids = words.map((word) => idOf(call, pick, word));
  if (ids.every((id) => id !== undefined)) submitted(call, [...new Set(ids)], true);
}
