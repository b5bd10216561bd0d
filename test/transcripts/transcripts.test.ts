/**
 * Every script in every language at mood 2 and mood 5, whole, as an agent would see it. Before a transcript is compared,
 * five things are asserted that no change of words may break: nothing is asked twice, at most two apologies, at least two
 * options, a promise as a record, no empty blank.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDialogue } from "../../src/call/dialogue.ts";
import { startCase, startRun } from "../../src/call/start.ts";
import type { Case } from "../../src/core/case.ts";
import type { Conversation, OfferChoice, Question } from "../../src/core/question.ts";
import type { Script } from "../../src/core/script.ts";
import { newWorld, shippedLibrary, type World } from "../support/call-world.ts";
import { passing, play, side, value } from "../support/play.ts";
import { storyAnswer } from "../support/transcript-answers.ts";

const library = shippedLibrary();
const MOODS = [2, 5] as const;

interface Taken {
  question: Question;
  answer: unknown;
}

/** A conversation of this script; one that needs a case has one whose first call is over. */
function begin(world: World, script: Script): Conversation {
  if (script.kind === "call" || script.kind === "appeal")
    return openDialogue({ ...world, ...startCase(world, { script }) });
  const first = world.library.script("good-faith", world.locale)!;
  const started = startCase(world, { script: first });
  const outcome = {
    "listen.words": "…",
    "analyze.category": "telecom-network",
    "follow-up.outcome": "resolved_on_spot",
  };
  play(openDialogue({ ...world, ...started }), outcome, { otherwise: passing });
  world.pass(86_400);
  return openDialogue({ ...world, caseId: started.caseId, run: startRun(world, started.caseId, script) });
}

function walk(conversation: Conversation, script: string, locale: string): Taken[] {
  const taken: Taken[] = [];
  for (let i = 0; i < 120 && conversation.current(); i++) {
    const question = conversation.current()!;
    const answer = storyAnswer(script, locale, question);
    taken.push({ question, answer });
    const outcome = conversation.reply(value(answer));
    if (outcome.type === "error") throw new Error(`${question.step}: ${outcome.message}`);
    if (outcome.type === "done") break;
  }
  return taken;
}

function screen({ question: q, answer }: Taken): string {
  const given = typeof answer === "string" ? answer : JSON.stringify(answer);
  return [
    `${q.step} [${q.kind}]`,
    ...(q.say ? [`  Say    ${q.say}`] : []),
    ...(q.avoid ? [`  Avoid  ${q.avoid.say}  |  ${q.avoid.better}`] : []),
    ...(q.tip ? [`  Tip    ${q.tip}`] : []),
    ...q.alerts.map((a) => `  !      ${a}`),
    `  Ask    ${q.ask}`,
    ...(q.choices ? [`         ${q.choices.map((c) => c.label).join(" / ")}`] : []),
    `  > ${given}`,
  ].join("\n");
}

function askedOnce(taken: Taken[], script: Script): void {
  const steps = taken.map((t) => t.question.step);
  expect(steps).toEqual([...new Set(steps)]);
  const again = new Set(script.steps.filter((s) => s.confirm).map((s) => s.key as string));
  const fields = taken.filter((t) => !again.has(t.question.step)).flatMap((t) => t.question.records ?? []);
  expect(fields).toEqual([...new Set(fields)]);
}

function apologies(taken: Taken[], world: World): number {
  const words = new RegExp(world.facts.translate(world.locale)("call.apology_words"), "iu");
  return taken.filter((t) => words.test(t.question.say ?? "")).length;
}

function optionsOffered(taken: Taken[]): void {
  for (const { question, answer } of taken.filter((t) => t.question.kind === "offer")) {
    const free = (question.choices as OfferChoice[]).filter((c) => !c.needs_approval).map((c) => c.id);
    const offered = (answer as { remedy: string }[]).map((o) => o.remedy);
    expect(offered.length).toBeGreaterThanOrEqual(2);
    for (const remedy of offered) expect(free).toContain(remedy);
  }
}

function promiseKept(taken: Taken[], c: Case): void {
  if (!taken.some((t) => t.question.kind === "promise")) return;
  expect(c.promises).toHaveLength(1);
  expect(c.promises[0]).toMatchObject({
    due_at: "2026-11-23T02:00:00.000Z",
    by: expect.any(String),
    reason: expect.any(String),
  });
}

function noEmptyBlank(taken: Taken[]): void {
  for (const { question } of taken) {
    const said = [question.say, question.tip, question.avoid?.better, question.ask, ...question.alerts].join(
      "\n",
    );
    expect(said).not.toMatch(/[{}]|undefined|null|NaN|\[object| {2,}\S|，，|、、|,,|\( *\)|“”/);
  }
}

const cases = library.locales().flatMap((locale) => library.scriptIds().map((id) => [id, locale] as const));

const recorded = (id: string, locale: string) => join(import.meta.dirname, locale, `${id}.txt`);

/** The first run of a new script writes its transcript: read it before it is kept. */
test("every script has its transcript in every language", () => {
  expect(cases.filter(([id, locale]) => !existsSync(recorded(id, locale)))).toEqual([]);
});

describe.each(cases)("%s in %s", (id, locale) => {
  const script = library.script(id, locale)!;
  const parts: string[] = [];

  test.each(MOODS)("mood %i", (mood) => {
    const world = newWorld({ locale, library });
    const conversation = begin(world, script);
    conversation.reply(side({ side: "mood", value: mood }));
    const taken = walk(conversation, id, locale);
    const c = conversation.caseNow();
    expect(c.runs.at(-1)!.finished_at).toBeDefined();
    askedOnce(taken, script);
    expect(apologies(taken, world)).toBeLessThanOrEqual(2);
    optionsOffered(taken);
    promiseKept(taken, c);
    noEmptyBlank(taken);
    const said = taken.flatMap((t) => t.question.say ?? []);
    expect(said).toEqual([...new Set(said)]);
    parts.push(
      `# ${script.title} (${id}), ${locale}, mood ${mood}\n\n${taken.map(screen).join("\n\n")}\n\n=> ${c.status}\n`,
    );
  });

  test("reads as recorded", async () => {
    await expect(parts.join("\n")).toMatchFileSnapshot(recorded(id, locale));
  });
});
