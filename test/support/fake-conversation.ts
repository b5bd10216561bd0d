/** A strict conversation without store and script: an unexpected reply throws, and an answer that was never given is found. */
import { isDeepStrictEqual } from "node:util";
import type { Case } from "../../src/core/case.ts";
import type {
  Conversation,
  Outcome,
  Question,
  Reply,
  SideAction,
  SideName,
} from "../../src/core/question.ts";

export interface FakeStep {
  question: Partial<Question> & Pick<Question, "kind">;
  /** The value that must come; absent: any, and it is only written down. */
  expect?: unknown;
}

export interface FakeOptions {
  steps: readonly FakeStep[];
  /** What side actions lead to; one without an entry here is unexpected. Back, jump, mood, pause and end are there. */
  sides?: Partial<Record<SideName, (action: SideAction, fake: FakeConversation) => Outcome>>;
  /** Outcomes to give before the normal one, for values. */
  before?: Outcome[];
  elapsed?: () => number;
  actions?: ReturnType<Conversation["actions"]>;
  /** Reads what was typed for a date. */
  readDate?: (text: string) => string | undefined;
}

export interface FakeConversation extends Conversation {
  readonly values: unknown[];
  readonly sides: SideAction[];
  readonly typed: { step: string; text: string }[];
  mood: number | undefined;
  held: string | undefined;
  /** Throws where an expected answer never came. */
  finished(): void;
}

const STAGES = ["listen", "apologize", "analyze", "resolve", "follow-up"] as const;
const WORDS: readonly SideName[] = [
  "back",
  "jump",
  "mood",
  "tip",
  "another",
  "note",
  "promise",
  "hold",
  "recap",
  "abuse",
  "emergency",
  "escalate",
  "approval",
  "script",
  "language",
  "end",
  "pause",
];

export const FAKE_ACTIONS = WORDS.map((side) => ({ side, label: `do ${side}`, word: side as string }));

function readNumber(text: string): number | undefined {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

export function fakeConversation(options: FakeOptions): FakeConversation {
  const { steps } = options;
  let at = 0;
  let over = false;
  const before = [...(options.before ?? [])];
  const answers = new Map<number, unknown>();
  const drafts = new Map<number, string>();
  const theCase = { ref: "K7QF-2MXT" } as Case;

  function questionAt(index: number): Question {
    const given = steps[index]!.question;
    const typed = drafts.get(index) ?? given.typed;
    return {
      ref: "K7QF-2MXT",
      run: "run-1",
      step: `listen.step-${index}`,
      stage: "listen",
      ask: `Question ${index + 1}?`,
      optional: false,
      progress: { done: answers.size, left: steps.length - answers.size },
      alerts: [],
      elapsed: fake.elapsed(),
      ...given,
      ...(fake.mood === undefined ? {} : { mood: fake.mood as NonNullable<Question["mood"]> }),
      ...(fake.held === undefined ? {} : { held_since: fake.held }),
      ...(typed === undefined ? {} : { typed }),
      ...(answers.has(index) ? { default: answers.get(index) } : {}),
    };
  }

  function takeValue(value: unknown): Outcome {
    const early = before.shift();
    if (early) return early;
    const step = steps[at]!;
    if ("expect" in step && !isDeepStrictEqual(value, step.expect))
      throw new Error(
        `step ${at + 1}: expected ${JSON.stringify(step.expect)}, got ${JSON.stringify(value)}`,
      );
    answers.set(at, value);
    drafts.delete(at);
    fake.values.push(value);
    const next = steps.findIndex((_, i) => !answers.has(i));
    if (next < 0) {
      over = true;
      return { type: "done", case: theCase, paused: false };
    }
    at = next;
    return { type: "accepted" };
  }

  function takeSide(action: SideAction): Outcome {
    fake.sides.push(action);
    const own = options.sides?.[action.side];
    if (own) return own(action, fake);
    switch (action.side) {
      case "back":
        at = Math.max(0, at - 1);
        return { type: "side", side: "back" };
      case "jump": {
        const found = steps.findIndex((_, i) => questionAt(i).step.includes(action.to));
        if (found < 0) return { type: "error", code: "no_place", message: `no step ${action.to}` };
        at = found;
        return { type: "side", side: "jump" };
      }
      case "mood":
        fake.mood = action.value;
        return { type: "side", side: "mood" };
      case "hold":
        fake.held = action.state === "start" ? new Date().toISOString() : undefined;
        return {
          type: "side",
          side: "hold",
          say: [action.state === "start" ? "One moment, please." : "Thank you for waiting."],
        };
      case "pause":
      case "end":
        over = true;
        return { type: "done", case: theCase, paused: action.side === "pause" };
      default:
        throw new Error(`unexpected side action ${JSON.stringify(action)}`);
    }
  }

  const fake: FakeConversation = {
    values: [],
    sides: [],
    typed: [],
    mood: undefined,
    held: undefined,
    current: () => (over ? undefined : questionAt(at)),
    reply(reply: Reply) {
      if (over) throw new Error(`a reply after the end: ${JSON.stringify(reply)}`);
      return reply.kind === "value" ? takeValue(reply.value) : takeSide(reply.action);
    },
    keepTyped(text) {
      if (over) throw new Error("text kept after the end");
      drafts.set(at, text);
      fake.typed.push({ step: questionAt(at).step, text });
    },
    caseNow: () => theCase,
    places: () =>
      steps.map((_, i) => ({
        key: questionAt(i).step,
        stage: questionAt(i).stage,
        ask: questionAt(i).ask,
        answered: answers.has(i),
      })),
    actions: () => options.actions ?? FAKE_ACTIONS,
    elapsed: options.elapsed ?? (() => 192),
    parse(text, as) {
      const kind = as ?? questionAt(at).kind;
      if (kind === "number") {
        const value = readNumber(text);
        return value === undefined ? { ok: false, message: `"${text}" is no number` } : { ok: true, value };
      }
      if (kind === "date") {
        const value = options.readDate?.(text) ?? (/^\d{4}-\d{2}-\d{2}/.test(text) ? text : undefined);
        return value === undefined ? { ok: false, message: `"${text}" is no date` } : { ok: true, value };
      }
      return { ok: true, value: text };
    },
    stages: () => STAGES.map((id) => ({ id, label: id[0]!.toUpperCase() + id.slice(1) })),
    finished() {
      const open = steps.findIndex((_, i) => !answers.has(i));
      if (open >= 0) throw new Error(`step ${open + 1} was never answered`);
    },
  };
  return fake;
}
