/** Plays a conversation from a table of answers: an unexpected question fails, and so does an answer nobody asked for. */
import type { Conversation, Outcome, Question, Reply } from "../../src/core/question.ts";

/** By step key, else by field; a function sees the question. `null` passes. */
export type Answers = Readonly<Record<string, unknown>>;

export interface PlayOptions {
  /** What to answer where the table is silent; absent: an unexpected question fails. */
  otherwise?: (question: Question) => unknown;
  /** Answers that no question takes are fine: the table serves several scripts or moods. */
  lenient?: boolean;
  /** Called with every question before it is answered; may reply with side actions. */
  before?: (question: Question, conversation: Conversation) => void;
}

export interface Played {
  questions: Question[];
  done: Outcome & { type: "done" };
}

export const side = (action: object): Reply => ({ kind: "side", action: action as never });
export const value = (given: unknown): Reply => ({ kind: "value", value: given });

/** Passes optional steps, says what is to be said. */
export function passing(question: Question): unknown {
  if (question.kind === "say") return "said";
  if (question.optional) return null;
  throw new Error(`unexpected question ${question.step}: ${question.ask}`);
}

export function play(conversation: Conversation, answers: Answers, options: PlayOptions = {}): Played {
  const unused = new Set(Object.keys(answers));
  const questions: Question[] = [];
  for (let round = 0; round < 200; round++) {
    const question = conversation.current();
    if (!question) throw new Error("the conversation ended without saying so");
    questions.push(question);
    options.before?.(question, conversation);
    const key = question.step in answers ? question.step : (question.records ?? "");
    unused.delete(key);
    const given = key in answers ? answers[key] : options.otherwise?.(question);
    if (given === undefined) throw new Error(`unexpected question ${question.step}: ${question.ask}`);
    const outcome = conversation.reply(value(given));
    if (outcome.type === "error")
      throw new Error(`${question.step} refused ${JSON.stringify(given)}: ${outcome.message}`);
    if (outcome.type === "done") {
      if (unused.size > 0 && !options.lenient) throw new Error(`never asked: ${[...unused].join(", ")}`);
      return { questions, done: outcome };
    }
  }
  throw new Error("the conversation does not end");
}
