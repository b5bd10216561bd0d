/** Forms: what stands in them, that hostile text stays text, and that they print on one sheet in a real browser. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { run as actions } from "../../src/commands/actions.ts";
import { run as dispatch } from "../../src/commands/dispatch.ts";
import { run as form } from "../../src/commands/form.ts";
import { run as promise } from "../../src/commands/promise.ts";
import { FORM_KINDS } from "../../src/forms/form.ts";
import { type Desk, newDesk } from "../support/in-process.ts";
import { type Made, madeCase } from "../support/made-case.ts";

let desk: Desk;
beforeEach(() => {
  desk = newDesk("2026-11-23T10:00:00+08:00");
});
afterEach(() => desk.remove());

const OPTIONS = [
  { remedy: "onsite-repair", accepted: true },
  { remedy: "refund", amount: 150, currency: "CNY", accepted: true },
  { remedy: "refund", amount: 900, currency: "CNY", accepted: true },
];
const options = {
  type: "answered" as const,
  data: {
    field: "options",
    value: OPTIONS,
    authority: [{ beyond: false }, { beyond: false }, { beyond: true }],
  },
};
const made = (fields = {}) =>
  madeCase(desk, { customer_name: "Wang Li", cause: "forgot-task", ...fields }, { drafts: [options] });
const content = async (ref: string, kind: string, format = "md", locale = "en") =>
  (await desk.run(form, [ref], { kind, format }, { COMPLAINT_LOCALE: locale })).json.content as string;

describe("content", () => {
  it("of the register form: the customer's words and what was agreed, no sum that nobody approved", async () => {
    const { ref } = await made();
    await desk.run(promise, [ref], { what: "engineer visit", by: "2026-11-24T10:00", why: "x" });
    const text = await content(ref, "register");
    for (const part of [
      "# Complaint register form",
      ref,
      "Wang Li",
      "The line is dead.",
      "On-site repair",
      "CNY 150.00",
      "engineer visit, by Tue, 24 Nov 2026, 10:00",
      "Customer: ____",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("900");
    expect(await content(ref, "handling")).toContain("CNY 900.00");
  });

  it("dates have their year, and the customer's words stand where nobody wrote a summary", async () => {
    const { ref } = await made({ incident_at: "2026-11-01", deadline: "2026-11-25T02:00:00.000Z" });
    const text = await content(ref, "register");
    for (const part of ["Sun, 1 Nov 2026", "Wed, 25 Nov 2026, 10:00"]) expect(text).toContain(part);
    for (const kind of ["handling", "feedback", "capa"])
      expect([kind, (await content(ref, kind)).includes("The line is dead.")]).toEqual([kind, true]);
  });

  it("of the feedback form: nobody is named inside the texts either", async () => {
    const { ref } = await made({ summary: "Wang Li, 13800005678, waits", loss: "Wang Li lost a day" });
    const text = await content(ref, "feedback");
    expect([text.includes("Wang"), text.includes("13800005678"), text.includes("W\\*\\*")]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("of the feedback form: the matter without the person", async () => {
    const { ref } = await made({
      customer_phone: "13800005678",
      customer_address: "Lake Road 3",
      department: "network",
    });
    await desk.run(dispatch, [ref], { to: "network operations", why: "splitter" });
    const text = await content(ref, "feedback");
    expect(text).toContain("network operations");
    for (const personal of ["Wang Li", "13800005678", "Lake Road"]) expect(text).not.toContain(personal);
  });

  it("of the corrective action form: the actions on this cause", async () => {
    const { ref } = await made();
    await desk.run(actions, ["add"], {
      cause: "forgot-task",
      what: "checklist",
      owner: "lin",
      due: "2026-12-01",
    });
    await desk.run(actions, ["add"], { cause: "design", what: "new mould", owner: "lin", due: "2026-12-01" });
    const text = await content(ref, "capa");
    expect([text.includes("checklist"), text.includes("new mould")]).toEqual([true, false]);
  });

  it("is in three languages", async () => {
    const { ref } = await made();
    const titles = { en: "Complaint handling form", "zh-CN": "投诉处理单", "zh-TW": "客訴處理單" };
    for (const [locale, title] of Object.entries(titles))
      expect(await content(ref, "handling", "md", locale)).toContain(`# ${title}`);
  });

  it("is data: markup and control characters of a customer do nothing", async () => {
    const words = "<script>alert(1)</script> | # x [a](b) \u001b[31mred\u202e";
    const { ref } = await made({ words });
    const html = await content(ref, "register", "html");
    expect(html).not.toMatch(/<script|\u001b|\u202e/);
    expect(html).toContain("&lt;script&gt;alert(1)");
    const markdown = await content(ref, "register");
    expect(markdown).not.toMatch(/<script|\u001b|\u202e/);
    expect(markdown).toContain("\\| \\# x \\[a\\](b)");
  });
});

describe("output", () => {
  it("is written whole, and replaces nothing without --force", async () => {
    const { ref } = await made();
    const path = join(desk.home, "form.html");
    const write = (force = false) =>
      desk.run(form, [ref], { kind: "register", format: "html", output: path, force });
    expect((await write()).json).toEqual({ kind: "register", format: "html", path });
    const again = await write();
    expect([again.code, again.error?.code]).toEqual([1, "file_exists"]);
    expect((await write(true)).code).toBe(0);
    expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it("is refused for an unknown kind or format", async () => {
    const { ref } = await made();
    expect((await desk.run(form, [ref], { kind: "letter" })).code).toBe(2);
    expect((await desk.run(form, [ref], { kind: "register", format: "pdf" })).code).toBe(2);
    expect((await desk.run(form, [ref], {})).error?.code).toBe("missing_flag");
    expect((await desk.run(form, ["ZZZZ"], { kind: "register" })).error?.code).toBe("not_found");
  });
});

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) =>
  existsSync(p),
);

/** Every field full: the longest form that can come. */
const FULL = Object.fromEntries(
  [
    "words",
    "summary",
    "demand",
    "expected_outcome",
    "tried",
    "impact",
    "loss",
    "product",
    "incident_place",
    "dispute_point",
    "deadline_reason",
    "emergency_measure",
    "lesson",
    "responsible_party",
    "customer_address",
    "opinion_process",
    "opinion_measures",
    "opinion_result",
  ].map((field) => [
    field,
    (field === "words"
      ? "宽带断了三个星期，打了五次电话都没人回。"
      : "The engineer was to come on Monday. "
    ).repeat(field === "words" ? 100 : 4),
  ]),
);

describe.skipIf(!CHROMIUM)("in a browser", async () => {
  const { chromium } = await import("playwright-core");
  const browser = CHROMIUM
    ? await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] })
    : undefined;
  afterAll(() => browser?.close());

  async function pages(html: string): Promise<number> {
    const page = await browser!.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", (r) => void asked.push(r.url()));
    page.on("console", (m) => void said.push(m.text()));
    await page.setContent(html);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    await page.close();
    expect([asked, said]).toEqual([[], []]);
    return [...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length;
  }

  it.each(["en", "zh-CN", "zh-TW"])("every form is one sheet of A4 in %s", async (locale) => {
    const { ref } = await made();
    for (const kind of FORM_KINDS)
      expect([kind, await pages(await content(ref, kind, "html", locale))]).toEqual([kind, 1]);
  });

  it("full to the brim it is still one sheet, the register at most two", async () => {
    const full: Made = await made(FULL);
    for (const note of ["a", "b", "c", "d"]) {
      await desk.run(dispatch, [full.ref], {
        to: `department ${note}`,
        why: "look at the splitter in the stairwell and the line".repeat(2),
      });
      await desk.run(promise, [full.ref], { what: "engineer visit ".repeat(12), by: "tomorrow", why: "x" });
    }
    const found = [];
    for (const kind of FORM_KINDS) found.push([kind, await pages(await content(full.ref, kind, "html"))]);
    expect(found).toEqual([
      ["register", 2],
      ["handling", 1],
      ["feedback", 1],
      ["capa", 1],
    ]);
  });
});
