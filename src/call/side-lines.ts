/** The sentences of side actions: chosen like any other line, noted as shown, never twice in a call. */
import type { Outcome } from "../core/question.ts";
import { wordings } from "../core/say-choice.ts";
import type { Step } from "../core/script.ts";
import { type Call, noteShown, talkAt } from "./call.ts";

/** Up to `count` lines of `side` for this moment; where none is for this mood, those nearest to it. */
export function sideLines(
  call: Call,
  step: Pick<Step, "key" | "stage" | "law">,
  side: string,
  count: number,
): string[] {
  const ids = call.script.sides[side] ?? [];
  const lines = wordings(ids, talkAt(call, step), true).slice(0, count);
  for (const { key, text } of lines) noteShown(call, step.key, { key, kind: "say", text, side });
  return lines.map((line) => line.text);
}

/** A side action that cannot be done; the same question stands. */
export function sideError(call: Call, code: string, params: Readonly<Record<string, unknown>> = {}): Outcome {
  return { type: "error", code, message: call.t(`call.side_${code}`, params) };
}
