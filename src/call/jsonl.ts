/** The `--jsonl` face: questions, errors and results as JSON Lines on stdout, replies as JSON Lines on stdin. */
import { setTimeout as wait } from "node:timers/promises";
import { stopped } from "../core/errors.ts";
import type { Translate } from "../core/library-port.ts";
import type { Conversation, Outcome, Prompter, Question, Reply, SideAction } from "../core/question.ts";
import { readLines } from "./json-lines.ts";

export interface JsonlStreams {
  input: AsyncIterable<Uint8Array | string>;
  output: { write(text: string): boolean; once(event: "drain", listener: () => void): unknown };
  t: Translate;
}

type Line = Record<string, unknown>;

/** How long a busy store is left alone before the same answer is tried again. */
const RETRY_MS = 200;

function practiceLine(q: Question): Line {
  return {
    type: "question",
    ref: q.ref,
    run: q.run,
    kind: q.kind,
    stage: q.stage,
    turn: q.turn,
    mood: q.mood,
    customer: { says: q.says, mood: q.mood },
    choices: q.choices ?? [],
    ask: q.ask,
    tip: q.tip,
    alerts: q.alerts.length > 0 ? q.alerts : undefined,
  };
}

/** A question in the contract's order of keys; absent values are absent. */
function questionLine(q: Question): Line {
  if (q.kind === "reply") return practiceLine(q);
  return {
    type: "question",
    ref: q.ref,
    run: q.run,
    step: q.step,
    stage: q.stage,
    kind: q.kind,
    records: q.records,
    ask: q.ask,
    say: q.say,
    avoid: q.avoid,
    tip: q.tip,
    choices: q.choices,
    default: q.default,
    optional: q.optional,
    mood: q.mood,
    progress: q.progress,
    customer: q.customer && { name: q.customer.name, cases: q.customer.cases, promises: q.customer.promises },
    help: q.help,
    alternatives: q.alternatives,
    alerts: q.alerts.length > 0 ? q.alerts : undefined,
    typed: q.typed,
    elapsed: q.elapsed,
    held_since: q.held_since,
    reaction: q.says === undefined ? undefined : { says: q.says, mood: q.mood },
  };
}

/** What a reply led to; undefined: nothing but the next question. */
function outcomeLine(outcome: Outcome): Line | undefined {
  switch (outcome.type) {
    case "accepted":
      return undefined;
    case "side": {
      const { type, side, message, say, lines, data } = outcome;
      return { type, side, message, say, lines, ...data };
    }
    case "done": {
      const { type, case: c, lines, extra } = outcome;
      return { type, case: c, ...extra, lines };
    }
    default:
      return { ...outcome };
  }
}

type Read = { ok: true; reply: Reply } | { ok: false; code: string };

/** Where a reply has both, `side` wins. */
function readReply(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: "unreadable" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { ok: false, code: "no_reply" };
  const given = value as Record<string, unknown>;
  if (given.side !== undefined && given.side !== null) {
    if (typeof given.side !== "string") return { ok: false, code: "no_reply" };
    const { value: _, ...action } = given;
    // `mood` takes its number under `value`.
    const whole = given.side === "mood" ? given : action;
    return { ok: true, reply: { kind: "side", action: whole as unknown as SideAction } };
  }
  return "value" in given
    ? { ok: true, reply: { kind: "value", value: given.value } }
    : { ok: false, code: "no_reply" };
}

/** Runs a conversation over two streams. At the end of input it leaves with exit 130 and writes nothing more. */
export function jsonlPrompter({ input, output, t }: JsonlStreams): Prompter {
  const write = async (line: Line | undefined): Promise<void> => {
    if (line && !output.write(`${JSON.stringify(line)}\n`))
      await new Promise<void>((resolve) => output.once("drain", resolve));
  };
  const ask = (conversation: Conversation) => {
    const question = conversation.current();
    return write(question && questionLine(question));
  };
  /** A busy store is told once; the answer waits until it is stored. */
  async function store(
    conversation: Conversation,
    reply: Reply,
  ): Promise<Exclude<Outcome, { type: "notice" }>> {
    for (let told = false; ; told = true) {
      const outcome = conversation.reply(reply);
      if (outcome.type !== "notice") return outcome;
      if (!told) await write(outcomeLine(outcome));
      await wait(RETRY_MS);
    }
  }
  return {
    async run(conversation) {
      await ask(conversation);
      for await (const line of readLines(input)) {
        const read =
          line.type === "line" ? readReply(line.text) : { ok: false as const, code: "too_long_line" };
        if (!read.ok) await write({ type: "error", code: read.code, message: t(`call.line_${read.code}`) });
        else {
          const outcome = await store(conversation, read.reply);
          await write(outcomeLine(outcome));
          if (outcome.type === "done") return outcome;
        }
        await ask(conversation);
      }
      conversation.keepTyped(conversation.current()?.typed ?? "");
      throw stopped();
    },
  };
}
