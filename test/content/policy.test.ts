/** Policies: the shipped one is whole and in form; an organisation's is joined over it, and a wrong one never stops a call. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compileContent, homeRoot, packagedRoot } from "../../src/content/compile.ts";
import { policy as form } from "../../src/content/policy-schema.ts";
import { shippedPolicy } from "../support/history.ts";

const PACKAGE = join(import.meta.dirname, "..", "..");
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "complaint-policy-"));
  mkdirSync(join(home, "words"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function withPolicy(text: string) {
  writeFileSync(join(home, "policy.yaml"), text);
  const { policy, notices, problems } = compileContent([packagedRoot(PACKAGE), homeRoot(home)]);
  expect(problems).toEqual([]);
  return { policy, notices };
}

it("as shipped has every part there is", () => {
  const shipped = shippedPolicy();
  expect(Object.keys(form.shape).filter((key) => !(key in shipped))).toEqual([]);
  expect(form.safeParse(shipped).success).toBe(true);
});

describe("an organisation's", () => {
  it("changes what it names and nothing else", () => {
    const { policy, notices } = withPolicy(
      "clocks: { at_risk: 0.5 }\ncallback: { attempts: 2 }\nworking_time: { lunch: null }\n",
    );
    const shipped = shippedPolicy();
    expect(notices).toEqual([]);
    expect(policy.clocks).toEqual({ ...shipped.clocks, at_risk: 0.5 });
    expect(policy.callback).toEqual({ ...shipped.callback, attempts: 2 });
    expect(policy.working_time).toEqual({ shifts: shipped.working_time.shifts });
    expect(policy.authority).toEqual(shipped.authority);
  });

  it.each([
    ["a word nobody knows", "clock: { at_risk: 0.5 }\n", 1],
    ["a level that is none", "ladder: [lead, king]\n", 1],
    ["a wrong condition", "triggers:\n  - { id: vip, to: lead, when: { field: flags, like: vip } }\n", 2],
    ["no YAML", "clocks: [\n", undefined],
  ])("with %s is passed over with one line that says where, and the shipped one stands", (_, text, line) => {
    const { policy, notices } = withPolicy(text);
    expect(policy).toEqual(shippedPolicy());
    expect(notices.length).toBeGreaterThan(0);
    expect(notices[0]).toMatchObject({
      path: join(home, "policy.yaml"),
      ...(line === undefined ? {} : { line }),
    });
  });
});
