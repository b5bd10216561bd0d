/** `new --from`: answers from a file become cases, all of them in one transaction or none. */
import { inLanguage } from "../content/problem.ts";
import { previewCase, withClock } from "../core/clock.ts";
import { badData } from "../core/errors.ts";
import type { EventDraft, PromiseInput } from "../core/event.ts";
import type { CaseState } from "../core/fold.ts";
import { newId, refOf, showRef, type Uuid } from "../core/id.ts";
import type { Translate } from "../core/library-port.ts";
import { statusAfter } from "../core/status.ts";
import { repeatDraft } from "./answer.ts";
import type { Doors } from "./call.ts";
import type { OfferItem } from "./check-answer.ts";
import {
  type CheckedCase,
  checkCase,
  type FromContext,
  type GivenAnswer,
  MARK_STAGES,
  type Mistake,
} from "./from-answers.ts";
import { type AnswersFile, readAnswers } from "./from-file.ts";
import { judgeOffer } from "./offer.ts";
import { newCaseId } from "./start.ts";

export interface FromRequest extends Doors {
  text: string;
  /** The file as it is named in mistakes. */
  path: string;
  locale: string;
  t: Translate;
  fallback: FromContext["fallback"];
  isDraft: boolean;
}

export interface FromResult {
  states: CaseState[];
  isMany: boolean;
}

interface Making {
  request: FromRequest;
  caseId: Uuid;
  run: Uuid;
  at: string;
}

async function failure(
  request: FromRequest,
  mistakes: readonly Mistake[],
  file: AnswersFile,
): Promise<Error> {
  const place = await file.placer();
  const details = mistakes.map(({ path, document, message }) => ({
    path: pathText(path),
    ...place(path, document),
    message,
  }));
  const { t, path } = request;
  return badData(
    "bad_answers",
    t("call.from_bad", { path, count: details.length }),
    t("call.from_bad_hint"),
    details,
  );
}

/** `[1].answers.category`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

function opening(checked: CheckedCase, { caseId: _, run, at }: Making): EventDraft[] {
  const { script } = checked;
  const pin = { id: script.id, hash: script.hash };
  return [
    { type: "opened", at, data: { script: pin, locale: script.locale } },
    { type: "run-started", at, data: { run, kind: "call", script: pin, locale: script.locale } },
  ];
}

function offerDrafts(given: GivenAnswer, making: Making): EventDraft[] | string {
  const { request, caseId, run } = making;
  const { facts, library } = request;
  const ref = showRef(refOf(caseId));
  const judged = judgeOffer(given.value as OfferItem[], {
    facts,
    library,
    state: undefined,
    ref,
    run,
    used: [],
  });
  if (!judged.ok) return `${judged.at}: ${request.t(`call.code_${judged.reason}`)}`;
  const { value, authority } = judged;
  const step = given.step ? { step: given.step.key } : {};
  return [{ type: "answered", data: { run, ...step, field: "options", value, authority } }, ...judged.drafts];
}

function answerDrafts(given: GivenAnswer, making: Making): EventDraft[] | string {
  if (given.field === "options") return offerDrafts(given, making);
  const { run } = making;
  const step = given.step ? { step: given.step.key } : {};
  const field = given.field ? { field: given.field } : {};
  return [{ type: "answered", data: { run, ...step, ...field, value: given.value } }];
}

function promiseDrafts({ promises }: CheckedCase, { request, run }: Making): EventDraft[] {
  const { facts } = request;
  const made: PromiseInput[] = promises.items.map((item) => ({
    id: newId(+facts.now(), facts.random),
    ...item,
  }));
  if (made.length === 0) return [];
  if (!promises.step) return made.map((promise) => ({ type: "promised", data: { run, promise } }));
  return [
    { type: "answered", data: { run, step: promises.step.key, value: promises.items, promises: made } },
  ];
}

function mark(checked: CheckedCase, which: keyof typeof MARK_STAGES, run: Uuid): EventDraft[] {
  const mood = checked.moods[which];
  return mood === undefined ? [] : [{ type: "mood", data: { run, stage: MARK_STAGES[which], mood } }];
}

/** The events of one case; a text is a mistake in its offer. */
function caseDrafts(checked: CheckedCase, making: Making): EventDraft[] | string {
  const { request, caseId, run, at } = making;
  const answers: EventDraft[] = [];
  for (const given of checked.answers) {
    const drafts = answerDrafts(given, making);
    if (typeof drafts === "string") return drafts;
    answers.push(...drafts);
  }
  const record = Object.fromEntries(checked.answers.flatMap((a) => (a.field ? [[a.field, a.value]] : [])));
  const drafts = [
    ...opening(checked, making),
    ...mark(checked, "start", run),
    ...answers,
    ...mark(checked, "peak", run),
    ...promiseDrafts(checked, making),
    ...mark(checked, "end", run),
    ...repeatDraft(request.store, { id: caseId, opened_at: at, record: {} }, record),
  ];
  if (request.isDraft) return drafts;
  const { scriptOf, by } = contextOf(making, checked);
  const state = previewCase(caseId, [], drafts, { scriptOf, at, by });
  return [...drafts, { type: "finished", data: { run, ...statusAfter(state) } }];
}

function contextOf({ request, at }: Making, { script }: CheckedCase) {
  const { facts, library, store } = request;
  return {
    policy: library.policy(),
    timeZone: facts.timeZone,
    country: facts.country,
    // The script is stored only when all is well, and then with its cases.
    scriptOf: (hash: string) => (hash === script.hash ? script : store.script(hash)),
    at,
    by: facts.agent,
  };
}

/**
 * Stores every case of the text, or none: all mistakes are reported together, each with path, line and column (exit 3).
 * Options pass the authority check; a finished case gets the status that the same answers would give it in a call.
 */
export async function createFrom(request: FromRequest): Promise<FromResult> {
  const { facts, library, store, t, locale } = request;
  const read = await readAnswers(request.text, request.path);
  if (!read.ok)
    throw badData(
      "bad_answers",
      t("call.from_syntax", { path: request.path }),
      t("call.from_bad_hint"),
      read.problems.map((found) => inLanguage(found, t)),
    );
  const { file } = read;
  if (file.cases.length === 0)
    throw badData("empty_answers", t("call.from_empty", { path: request.path }), t("call.from_bad_hint"));
  const at = facts.now().toISOString();
  const check = {
    taxonomies: library.taxonomies(),
    currency: facts.currency,
    timeZone: facts.timeZone,
    openedAt: at,
  };
  const mistakes: Mistake[] = [];
  const context: FromContext = {
    library,
    locale,
    t,
    check,
    fallback: request.fallback,
    isDraft: request.isDraft,
  };
  const batch = file.cases.flatMap((raw) => {
    const checked = checkCase(raw, context, mistakes);
    if (!checked) return [];
    const making: Making = {
      request,
      caseId: newCaseId(store, facts),
      run: newId(+facts.now(), facts.random),
      at,
    };
    const drafts = caseDrafts(checked, making);
    if (typeof drafts !== "string") return [{ making, checked, drafts }];
    mistakes.push({ path: [...raw.path, "answers", "options"], document: raw.document, message: drafts });
    return [];
  });
  if (mistakes.length > 0) throw await failure(request, mistakes, file);
  for (const { checked } of batch) store.putScript(checked.script);
  const states = store.appendAll(
    batch.map(({ making, checked, drafts }) => ({
      caseId: making.caseId,
      drafts: withClock(making.caseId, [], drafts, contextOf(making, checked)),
    })),
  );
  return { states, isMany: file.isMany };
}
