/** What people type: dates as they are said, digits of any width, yes and no, numbers of choices. */
import { beforeAll, describe, expect, test } from "vitest";
import { loadDates, readDate } from "../../src/call/dates.ts";
import { parseAnswer } from "../../src/call/parse-answer.ts";
import type { Step, StepKind } from "../../src/core/script.ts";
import { newWorld } from "../support/call-world.ts";

beforeAll(loadDates);

// Friday, 20 November 2026, 10:00 in Shanghai.
const now = new Date("2026-11-20T02:00:00Z");

describe("dates", () => {
  test.each([
    ["en", "tomorrow 10:00", "2026-11-21T02:00:00.000Z"],
    ["en", "Monday 3pm", "2026-11-23T07:00:00.000Z"],
    ["en", "in two hours", "2026-11-20T04:00:00.000Z"],
    ["en", "23 Nov", "2026-11-23"],
    ["en", "next Monday", "2026-11-23"],
    ["zh-CN", "明天10点", "2026-11-21T02:00:00.000Z"],
    ["zh-CN", "周一上午10点", "2026-11-23T02:00:00.000Z"],
    ["zh-CN", "两小时后", "2026-11-20T04:00:00.000Z"],
    ["zh-CN", "11月23日10:00", "2026-11-23T02:00:00.000Z"],
    ["zh-CN", "今天下午3点半", "2026-11-20T07:30:00.000Z"],
    ["zh-CN", "明天上午１０点", "2026-11-21T02:00:00.000Z"],
    ["zh-TW", "週一上午10點", "2026-11-23T02:00:00.000Z"],
    ["zh-TW", "明天下午3點", "2026-11-21T07:00:00.000Z"],
    ["zh-CN", "tomorrow 10:00", "2026-11-21T02:00:00.000Z"],
    ["en", "soon", undefined],
    ["zh-CN", "尽快", undefined],
  ])("%s: %s", (locale, text, expected) => {
    expect(readDate(text, { now, timeZone: "Asia/Shanghai", locale, isFuture: true })).toBe(expected);
  });

  test("the past is read as the past", () => {
    const past = (text: string, locale = "en") =>
      readDate(text, { now, timeZone: "Asia/Shanghai", locale, isFuture: false });
    expect(past("last Monday")).toBe("2026-11-16");
    expect(past("yesterday")).toBe("2026-11-19");
    expect(past("昨天", "zh-CN")).toBe("2026-11-19");
    expect(past("上周一", "zh-CN")).toBe("2026-11-09");
    expect(past("Friday")).toBe("2026-11-20");
    expect(past("Saturday")).toBe("2026-11-14");
    expect(past("Friday 18:00")).toBe("2026-11-13T10:00:00.000Z");
    expect(past("周五下午6点", "zh-CN")).toBe("2026-11-13T10:00:00.000Z");
    expect(past("周五上午9点", "zh-CN")).toBe("2026-11-20T01:00:00.000Z");
    expect(past("11:30")).toBe("2026-11-19T03:30:00.000Z");
    expect(past("25 Dec")).toBe("2025-12-25");
    expect(past("12月25日", "zh-CN")).toBe("2025-12-25");
  });

  test("the organisation's zone counts, not the process's", () => {
    const read = (timeZone: string) =>
      readDate("tomorrow 10:00", { now, timeZone, locale: "en", isFuture: true });
    expect(read("America/New_York")).toBe("2026-11-20T15:00:00.000Z");
    expect(read("Asia/Kathmandu")).toBe("2026-11-21T04:15:00.000Z");
  });
});

const world = newWorld();

function parse(text: string, kind: StepKind, step: Partial<Step> = {}) {
  const t = world.facts.translate("en");
  return parseAnswer(text, kind, { facts: world.facts, locale: "en", t, step: { kind, ...step } as Step });
}

const choices = ["red", "green", "blue"].map((id) => ({ id, label: id.toUpperCase() }));

describe("other kinds", () => {
  test.each<[string, StepKind, unknown]>([
    ["  as typed: ：full　width ", "text", "  as typed: ：full　width "],
    ["1", "say", "said"],
    ["２", "say", "reworded"],
    ["3", "say", "skipped"],
    ["skipped", "say", "skipped"],
    ["1,200.50", "number", 1200.5],
    ["１２", "number", 12],
    ["80元", "number", 80],
    ["-3", "number", -3],
    ["2026-11-23", "date", "2026-11-23"],
    ["2026-11-23 10:00", "date", "2026-11-23T02:00:00.000Z"],
    ["2026/11/3", "date", "2026-11-03"],
    ["2026-11-23T10:00:00+09:00", "date", "2026-11-23T01:00:00.000Z"],
    ["1", "yes-no", true],
    ["２", "yes-no", false],
    ["Y", "yes-no", true],
    ["no", "yes-no", false],
    ["是", "yes-no", true],
    ["没有", "yes-no", false],
    ["2", "choose", "green"],
    ["３", "choose", "blue"],
    ["Blue", "choose", "blue"],
    ["1 3", "choose-many", ["red", "blue"]],
    ["１，２", "choose-many", ["red", "green"]],
    ["", "choose-many", []],
  ])("%j as %s is %j", (text, kind, expected) => {
    expect(parse(text, kind, { choices })).toEqual({ ok: true, value: expected });
  });

  // The world's now is a Friday: what a step asks tells which Monday is meant.
  test.each<[Partial<Step>, string]>([
    [{ key: "analyze.reported_at" }, "2026-11-16"],
    [{ key: "listen.received_on" }, "2026-11-16"],
    [{ key: "listen.incident_at", records: "incident_at" }, "2026-11-16"],
    [{ key: "listen.answer_by" }, "2026-11-23"],
    [{ key: "resolve.deadline", records: "deadline" }, "2026-11-23"],
  ])("Monday at %j is %s", (step, expected) => {
    expect(parse("Monday", "date", step)).toEqual({ ok: true, value: expected });
  });

  test.each<[string, StepKind]>([
    ["4", "say"],
    ["many", "number"],
    ["1 200", "number"],
    ["2026-02-30", "date"],
    ["maybe", "yes-no"],
    ["4", "choose"],
    ["pink", "choose"],
    ["1 4", "choose-many"],
    ["refund", "offer"],
    ["visit", "promise"],
  ])("%j is no %s", (text, kind) => {
    const read = parse(text, kind, { choices });
    expect(read.ok).toBe(false);
    expect(!read.ok && read.message.length > 5).toBe(true);
  });
});
