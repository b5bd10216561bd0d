/** Who may give what, and the class of an amount, against the shipped policy and one of a test. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { authorityOf, levelAbove, levelOf } from "../../src/core/authority.ts";
import type { Level } from "../../src/core/policy.ts";
import { shippedPolicy } from "../support/history.ts";

const policy = shippedPolicy();

describe("authorityOf", () => {
  it.each<[string, number | undefined, string | undefined, Level, object]>([
    ["apology", undefined, undefined, "agent", { within: true }],
    ["refund", 200, "CNY", "agent", { within: true, limit: 200, class: "a" }],
    ["refund", 200.01, "CNY", "agent", { within: false, limit: 200, class: "b" }],
    ["refund", 200.01, "CNY", "lead", { within: true, limit: 5000, class: "b" }],
    ["refund", 6000, "CNY", "lead", { within: false, limit: 5000, class: "c" }],
    ["refund", undefined, undefined, "agent", { within: true }],
    ["refund", 10, "JPY", "agent", { within: false }],
    ["refund", 10, undefined, "agent", { within: false }],
    ["compensate-money", 1, "CNY", "agent", { within: false, class: "a" }],
    ["compensate-money", undefined, undefined, "agent", { within: false }],
    ["written-apology", undefined, undefined, "agent", { within: false }],
    ["written-apology", undefined, undefined, "lead", { within: true }],
    ["no-such-remedy", undefined, undefined, "manager", { within: false }],
  ])("%s %s %s by %s", (remedy, amount, currency, level, expected) => {
    expect(authorityOf(remedy, amount, currency, level, policy)).toEqual(expected);
  });

  it("has a rule for every remedy that is shipped, in every shipped currency, rising with the level", () => {
    const taxonomies = parse(readFileSync("data/taxonomies.yaml", "utf8")) as { remedy: string[] };
    expect(policy.authority.map((r) => r.remedy).sort()).toEqual([...taxonomies.remedy].sort());
    for (const rule of policy.authority)
      for (const currency of ["CNY", "TWD", "USD", "EUR"]) {
        const limits = (["agent", "lead", "manager"] as const).map((level) => {
          const limit = rule.limits[level];
          return limit === true ? Number.POSITIVE_INFINITY : (limit?.[currency] ?? 0);
        });
        expect([rule.remedy, [...limits].sort((a, b) => a - b)]).toEqual([rule.remedy, limits]);
      }
  });
});

describe("levels", () => {
  it("follow the configuration, else the role", () => {
    expect([
      levelOf("manager", "agent"),
      levelOf(undefined, "lead"),
      levelOf(undefined, undefined),
      levelOf("king", "trainer"),
    ]).toEqual(["manager", "lead", "agent", "agent"]);
  });
  it("climb the ladder and stay at its top", () => {
    expect([undefined, "agent", "lead", "manager"].map((l) => levelAbove(l, policy))).toEqual([
      "lead",
      "lead",
      "manager",
      "manager",
    ]);
  });
});
