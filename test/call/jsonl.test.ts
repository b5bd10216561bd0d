/** The `--jsonl` face: the exact lines of the contract, from single replies to everything in one burst. */
import { describe, expect, test } from "vitest";
import { MAX_LINE } from "../../src/call/json-lines.ts";
import { jsonlPrompter } from "../../src/call/jsonl.ts";
import type { Conversation } from "../../src/core/question.ts";
import { newCall, newWorld } from "../support/call-world.ts";
import { passing } from "../support/play.ts";

type Line = Record<string, unknown> & { type: string };

const { facts } = newWorld();
const t = facts.translate("en");

async function* chunks(parts: readonly string[], size?: number): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const bytes = Buffer.from(part);
    for (let at = 0; at < bytes.length; at += size ?? bytes.length)
      yield bytes.subarray(at, at + (size ?? bytes.length));
  }
}

/** Runs a conversation over these lines; `left`: what ended it. */
async function talk(conversation: Conversation, input: AsyncIterable<Uint8Array>) {
  let text = "";
  const output = {
    write: (part: string) => {
      text += part;
      return true;
    },
    once: () => undefined,
  };
  let left: unknown;
  try {
    left = await jsonlPrompter({ input, output, t }).run(conversation);
  } catch (error) {
    left = error;
  }
  const lines = text
    .split("\n")
    .filter((l) => l !== "")
    .map((l) => JSON.parse(l) as Line);
  return { lines, left };
}

const json = (...values: unknown[]): string => values.map((v) => `${JSON.stringify(v)}\n`).join("");

/** Replies for a whole call, found by walking one like it. */
function wholeCall(): string[] {
  const { conversation } = newCall(newWorld());
  const given: Record<string, unknown> = {
    "listen.words": "断网三周，没人回电话 📞",
    "analyze.category": "telecom-network",
  };
  const replies: string[] = [];
  while (conversation.current()) {
    const question = conversation.current()!;
    const value = given[question.step] ?? passing(question);
    replies.push(json({ value }));
    conversation.reply({ kind: "value", value });
  }
  return replies;
}

describe("lines", () => {
  test("a question has the contract's keys in their order, and absent values are absent", async () => {
    const { conversation } = newCall(newWorld(), { known: { channel: "phone", phone: "13800005678" } });
    conversation.reply({ kind: "side", action: { side: "mood", value: 4 } });
    const { lines } = await talk(conversation, chunks([]));
    const order = [
      "type",
      "ref",
      "run",
      "step",
      "stage",
      "kind",
      "records",
      "ask",
      "say",
      "avoid",
      "tip",
      "choices",
      "default",
      "optional",
      "mood",
      "progress",
      "customer",
    ];
    const keys = Object.keys(lines[0]!).filter((k) => order.includes(k));
    expect(keys).toEqual(order.filter((k) => keys.includes(k)));
    expect(lines[0]).toMatchObject({
      type: "question",
      ref: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      step: "listen.greeting",
      stage: "listen",
      kind: "say",
      say: expect.any(String),
      avoid: { say: expect.any(String), better: expect.any(String) },
      tip: expect.any(String),
      optional: false,
      mood: 4,
      progress: { done: expect.any(Number), left: expect.any(Number) },
      customer: { cases: [], promises: [] },
    });
    expect(JSON.stringify(lines)).not.toContain("null");
  });

  test("choices have id and label, offers limit and needs_approval", async () => {
    const { conversation } = newCall(newWorld());
    conversation.reply({ kind: "side", action: { side: "jump", to: "resolve.options" } });
    const { lines } = await talk(conversation, chunks([]));
    const choices = lines[0]!.choices as Line[];
    expect(choices.find((c) => c.id === "refund")).toMatchObject({
      label: "Refund",
      limit: 200,
      currency: "CNY",
      needs_approval: false,
    });
    expect(choices.find((c) => c.id === "compensate-money")).toMatchObject({ needs_approval: true });
  });

  test("a wrong reply is an error and the same question", async () => {
    const { conversation } = newCall(newWorld());
    const { lines } = await talk(conversation, chunks([json({ value: 7 })]));
    expect(lines.map((l) => l.type)).toEqual(["question", "error", "question"]);
    expect(lines[1]).toEqual({ type: "error", code: "not_in_set", message: expect.any(String) });
    expect(lines[2]).toEqual(lines[0]);
  });

  test.each(["nonsense", "{", "7", "null", "[]", "{}", '{"side":7}', " "])(
    "%j is an error line, never the end",
    async (reply) => {
      const { conversation } = newCall(newWorld());
      const { lines } = await talk(conversation, chunks([`${reply}\n`, json({ value: "said" })]));
      expect(lines.map((l) => l.type)).toEqual(["question", "error", "question", "question"]);
      expect(lines[3]!.step).not.toBe(lines[0]!.step);
    },
  );

  test("side wins where a reply has both", async () => {
    const { conversation } = newCall(newWorld());
    const { lines } = await talk(conversation, chunks([json({ value: "said", side: "note", text: "both" })]));
    expect(lines[1]).toMatchObject({ type: "side", side: "note" });
    expect(lines[2]!.step).toBe(lines[0]!.step);
    expect(conversation.caseNow().notes).toHaveLength(1);
  });

  test("mood takes its value", async () => {
    const { conversation } = newCall(newWorld());
    const { lines } = await talk(conversation, chunks([json({ side: "mood", value: 5 })]));
    expect(lines[1]).toMatchObject({ type: "side", side: "mood", value: 5 });
    expect(lines[2]).toMatchObject({ mood: 5 });
  });

  test("a line of nearly 1 MB is an answer, a longer one an error", async () => {
    const { conversation } = newCall(newWorld());
    conversation.reply({ kind: "side", action: { side: "jump", to: "listen.words" } });
    const long = "x".repeat(999_000);
    const tooLong = `${json({ value: "y".repeat(MAX_LINE) })}`;
    const { lines } = await talk(conversation, chunks([tooLong, json({ value: long })], 60_000));
    expect(lines.slice(0, 3).map((l) => l.type)).toEqual(["question", "error", "question"]);
    expect(conversation.caseNow().record.words === long).toBe(true);
  });
});

describe("the end", () => {
  test("everything in one burst, or byte by byte", async () => {
    const replies = wholeCall();
    for (const input of [
      chunks([replies.join("")]),
      chunks(replies, 1),
      chunks([replies.join("").trimEnd()]),
    ]) {
      const { conversation } = newCall(newWorld());
      const { lines, left } = await talk(conversation, input);
      expect(lines.at(-1)).toMatchObject({
        type: "done",
        case: { status: "open", record: { words: "断网三周，没人回电话 📞" } },
      });
      expect(lines.filter((l) => l.type === "error")).toEqual([]);
      expect(left).toMatchObject({ type: "done", paused: false });
    }
  });

  test("nothing is read after the done line", async () => {
    const { conversation } = newCall(newWorld());
    const { lines } = await talk(
      conversation,
      chunks([json({ side: "end", reason: "cut_off" }, { value: "late" })]),
    );
    expect(lines.map((l) => l.type)).toEqual(["question", "done"]);
    expect(lines[1]).toMatchObject({
      case: { status: "open", record: { ended: "cut_off" } },
      missing: expect.any(Array),
    });
  });

  test("pause: the done line with the case as it stands", async () => {
    const { conversation } = newCall(newWorld());
    const { lines, left } = await talk(conversation, chunks([json({ side: "pause" })]));
    expect(lines[1]).toMatchObject({ type: "done", case: { status: "draft" } });
    expect(left).toMatchObject({ paused: true });
  });

  test("end of input: nothing more, exit 130", async () => {
    const { conversation } = newCall(newWorld());
    const { lines, left } = await talk(conversation, chunks([json({ value: "said" })]));
    expect(lines.map((l) => l.type)).toEqual(["question", "question"]);
    expect(left).toMatchObject({ code: "stopped", exit: 130 });
  });

  test("a busy store is told once and the answer is tried again", async () => {
    const { ComplaintError } = await import("../../src/core/errors.ts");
    const world = newWorld();
    const { conversation } = newCall(world);
    const { append } = world.store;
    let refusals = 3;
    world.store.append = (id, drafts) => {
      if (refusals-- > 0) throw new ComplaintError(4, "busy", "busy");
      return append(id, drafts);
    };
    const { lines } = await talk(conversation, chunks([json({ value: "said" })]));
    expect(lines.map((l) => l.type)).toEqual(["question", "notice", "question"]);
    expect(lines[1]).toEqual({ type: "notice", code: "busy", message: "busy" });
    expect(lines[2]!.step).not.toBe(lines[0]!.step);
  });
});

test("a byte order mark before the first reply costs no answer", async () => {
  const { conversation } = newCall(newWorld());
  const { lines } = await talk(conversation, chunks(['\ufeff{"value":"said"}\n'], 1));
  expect(lines.map((l) => l.type)).toEqual(["question", "question"]);
});
