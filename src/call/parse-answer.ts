/** What a person typed for a question, as a value: full-width digits, y and n, numbers, dates as they are said. */
import { asksPast, isIsoDate } from "../core/field.ts";
import type { Translate } from "../core/library-port.ts";
import type { Locale } from "../core/locale.ts";
import type { Step, StepKind } from "../core/script.ts";
import type { CallFacts } from "./call.ts";
import { problemText, SAY_ANSWERS, storedDate } from "./check-answer.ts";
import { readDate } from "./dates.ts";

export type ParsedAnswer = { ok: true; value: unknown } | { ok: false; message: string };

export interface ParseContext {
  facts: Pick<CallFacts, "now" | "timeZone">;
  locale: Locale;
  t: Translate;
  step: Step | undefined;
}

const YES = /^(1|y|yes|true|是|对|對|好|有|行|可以)$/iu;
const NO = /^(2|n|no|false|否|不|没有|沒有|不是|不对|不對|不行)$/iu;

function fail(code: string, t: Translate, expected?: string): ParsedAnswer {
  return { ok: false, message: problemText({ code, ...(expected === undefined ? {} : { expected }) }, t) };
}

/** "1,200.50", "￥1200", "１２"; undefined: not one number. */
function readNumber(text: string): number | undefined {
  const plain = text.replace(/^[¥$€£]\s*|\s*(元|yuan)$/giu, "").replace(/(?<=\d),(?=\d{3}\b)/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** "2026-11-23 10:00" is as good as with a T. */
function isoOf(text: string): string | undefined {
  const joined = text.replace(
    /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})/,
    (_, y, m, d) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`,
  );
  const iso = joined.replace(
    /^(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})/,
    (_, d, h) => `${d}T${h.padStart(5, "0")}`,
  );
  return isIsoDate(iso) ? iso : undefined;
}

function parseDate(text: string, { facts, locale, t, step }: ParseContext): ParsedAnswer {
  const iso = isoOf(text);
  if (iso !== undefined) return { ok: true, value: storedDate(iso, facts.timeZone) };
  const past = asksPast(step?.records, step?.key);
  const date = readDate(text, { now: facts.now(), timeZone: facts.timeZone, locale, isFuture: !past });
  if (date !== undefined) return { ok: true, value: date };
  return fail("not_date", t, t(past ? "call.date_forms_past" : "call.date_forms"));
}

/** One choice by its number, id or label. */
function choiceOf(text: string, step: Step | undefined): string | undefined {
  const choices = step?.choices ?? [];
  const wish = text.toLowerCase();
  const byNumber = /^\d+$/.test(text) ? choices[Number(text) - 1] : undefined;
  return (byNumber ?? choices.find((c) => c.id === wish || c.label.toLowerCase() === wish))?.id;
}

function parseChoices(text: string, step: Step | undefined, t: Translate): ParsedAnswer {
  const parts = text.split(/[\s,，、;；]+/u).filter((p) => p !== "");
  const ids = parts.map((part) => choiceOf(part, step));
  return ids.includes(undefined)
    ? fail("not_in_set", t, step?.choices?.map((c) => c.id).join(", ") ?? "")
    : { ok: true, value: ids };
}

function parseSay(text: string, t: Translate): ParsedAnswer {
  const answer = SAY_ANSWERS.find((id, i) => text === String(i + 1) || text.toLowerCase() === id);
  return answer ? { ok: true, value: answer } : fail("not_in_set", t, SAY_ANSWERS.join(", "));
}

/** Text stays exactly as typed; everything else is read after folding full-width signs. */
export function parseAnswer(text: string, kind: StepKind | "reply", context: ParseContext): ParsedAnswer {
  if (kind === "text" || kind === "reply") return { ok: true, value: text };
  const { t, step } = context;
  const plain = text.normalize("NFKC").trim();
  switch (kind) {
    case "say":
      return parseSay(plain, t);
    case "number": {
      const value = readNumber(plain);
      return value === undefined ? fail("not_number", t) : { ok: true, value };
    }
    case "date":
      return parseDate(plain, context);
    case "yes-no":
      return YES.test(plain)
        ? { ok: true, value: true }
        : NO.test(plain)
          ? { ok: true, value: false }
          : fail("not_bool", t, "1/2, y/n");
    case "choose": {
      const id = choiceOf(plain, step);
      return id === undefined
        ? fail("not_in_set", t, step?.choices?.map((c) => c.id).join(", ") ?? "")
        : { ok: true, value: id };
    }
    case "choose-many":
      return parseChoices(plain, step, t);
    default:
      // Offers and promises are asked part by part; what arrives here is no part of one.
      return fail("wrong_shape", t, kind);
  }
}
