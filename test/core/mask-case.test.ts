/** Lists and exports show no personal value, wherever in the case it stands. */
import { expect, test } from "vitest";
import type { CaseRecord } from "../../src/core/field.ts";
import { FIELD_NAMES, FIELDS, type FieldSpec } from "../../src/core/field.ts";
import { maskCase, maskRecord } from "../../src/core/mask-case.ts";
import { answered, opened, stateOf } from "../support/history.ts";

const record: CaseRecord = {
  customer_name: "李晓明",
  customer_phone: "138 0000 5678",
  customer_email: "li@example.com",
  customer_account: "ACC-778899",
  customer_address: "南京路100号3楼",
  words: "我是李晓明，打13800005678或li@example.com，账号ACC-778899，住南京路100号3楼",
  evidence: [{ kind: "photo", what: "发到13900001111", state: "have" }],
  department: "call 13900001111",
  category: "other",
  flags: ["safety"],
  identity_verified: true,
};

test("every personal field and every number in free text", () => {
  expect(maskRecord(record)).toEqual({
    customer_name: "李**",
    customer_phone: "138****5678",
    customer_email: "l***@example.com",
    customer_account: "****99",
    customer_address: "南***",
    words: "我是李**，打138****5678或l***@example.com，账号****99，住南***",
    evidence: [{ kind: "photo", what: "发到139****1111", state: "have" }],
    department: "call 139****1111",
    category: "other",
    flags: ["safety"],
    identity_verified: true,
  });
});

test("every text field of the record is looked into", () => {
  for (const field of FIELD_NAMES.filter((f) => (FIELDS[f] as FieldSpec).type === "text"))
    expect(maskRecord({ [field]: "13800005678" })[field], field).not.toContain("13800005678");
});

test("a field that a script asks for as personal is masked too", () => {
  expect(maskRecord({ product: "pacemaker", severity: "high" }, new Set(["product"]))).toEqual({
    product: "p***",
    severity: "high",
  });
});

test("words in promises, notes and the like; refs, times and staff stay", () => {
  const { case: c } = stateOf([
    opened("2026-11-20T09:00:00Z"),
    answered("2026-11-20T09:01:00Z", "customer_name", "Wang Li"),
    [
      "2026-11-20T09:02:00Z",
      {
        type: "promised",
        data: {
          promise: {
            id: "01900000-0000-7000-8000-000000000001",
            what: "ring Wang Li at 13800005678",
            due_at: "2026-11-21T09:00:00.000Z",
            reason: "as wang li asked",
          },
        },
      },
    ],
    ["2026-11-20T09:03:00Z", { type: "noted", data: { text: "mail wl@example.org" } }],
    ["2026-11-20T09:04:00Z", { type: "warned", data: { level: 1, words: "I am Wang Li" } }],
    [
      "2026-11-20T09:05:00Z",
      { type: "escalated", data: { to: "lead", why: "13800005678", trigger: "manual" } },
    ],
  ]);
  const masked = maskCase(c);
  expect(JSON.stringify(masked)).not.toMatch(/Wang Li|13800005678|wl@|wang li/i);
  expect(masked.promises[0]).toMatchObject({ what: "ring W** at 138****5678", by: "anna", n: 1 });
  expect(masked.ref).toBe(c.ref);
  expect(masked.opened_at).toBe(c.opened_at);
  expect(c.promises[0]?.what).toContain("Wang Li");
});
