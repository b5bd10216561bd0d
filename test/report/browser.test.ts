/** The HTML report in a real browser: nothing asked of the network, nothing on the console, nothing beyond the edge. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figuresOf } from "../../src/report/figures.ts";
import { renderHtml } from "../../src/report/render-html.ts";
import { makeScope } from "../../src/report/scope.ts";
import { resolutionClasses } from "../../src/report/sections/time.ts";
import { viewOf, voiceOf } from "../../src/report/view.ts";
import { messagesOf } from "../support/words.ts";
import { demoStore, periodOf, reportOf, shippedLibrary } from "./support.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

function page(locale: string): string {
  const now = new Date("2026-11-21T15:00:00Z");
  const look = { now, zone: "Asia/Shanghai", flags: { week: true } };
  const store = demoStore(12, 260, 8, now, "Asia/Shanghai");
  const report = reportOf(store, look);
  const t = messagesOf("report", locale);
  const voice = voiceOf(report, {
    t,
    locale,
    words: shippedLibrary().words(locale),
    lineText: () => undefined,
  });
  const scope = makeScope(periodOf(look), {
    store,
    now,
    policy: () => shippedLibrary().policy(),
    country: "CN",
  });
  const html = renderHtml(
    report,
    viewOf(report, voice),
    figuresOf(report, resolutionClasses(scope), voice),
    t("report.top.title"),
    "",
    voice,
  );
  store.close();
  return html;
}

describe.skipIf(CHROMIUM === undefined)("in a browser", () => {
  let browser: Browser;
  const pages = new Map<string, string>();
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ["--no-sandbox"] });
    for (const locale of ["en", "zh-TW"]) pages.set(locale, page(locale));
  }, 120_000);
  afterAll(() => browser?.close());

  it.each([
    ["en", "light", 1180],
    ["en", "dark", 768],
    ["zh-TW", "light", 390],
    ["zh-TW", "dark", 1180],
  ] as const)("%s, %s, %i wide", async (locale, colorScheme, width) => {
    const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const said: string[] = [];
    const asked: string[] = [];
    tab.on("console", (message) => said.push(message.text()));
    tab.on("pageerror", (error) => said.push(String(error)));
    tab.on("request", (request) => {
      if (!request.url().startsWith("data:")) asked.push(request.url());
    });
    await tab.setContent(pages.get(locale)!, { waitUntil: "load" });
    const seen = await tab.evaluate(`({
      wide: document.documentElement.scrollWidth,
      lang: document.documentElement.lang,
      charts: document.querySelectorAll("figure svg").length,
      tables: document.querySelectorAll("figure details table").length,
      untitled: [...document.querySelectorAll("figure")].filter((f) => !f.querySelector("figcaption").textContent).length,
      captions: [...document.querySelectorAll("table")].filter((t) => !t.caption || !t.caption.textContent).length,
      ids: [...document.querySelectorAll("[id]")].map((n) => n.id).filter((id, i, all) => all.indexOf(id) !== i),
      page: getComputedStyle(document.body).backgroundColor,
      bar: getComputedStyle(document.querySelector('figure svg path[fill="var(--blue)"]')).fill,
    })`);
    await tab.close();
    expect(said).toEqual([]);
    expect(asked).toEqual([]);
    expect(seen).toMatchObject({
      wide: width,
      lang: locale,
      charts: 6,
      tables: 6,
      untitled: 0,
      captions: 0,
      ids: [],
    });
    const dark = colorScheme === "dark";
    expect((seen as { page: string }).page).toBe(dark ? "rgb(16, 22, 28)" : "rgb(244, 246, 248)");
    expect((seen as { bar: string }).bar).toBe(dark ? "rgb(106, 174, 242)" : "rgb(37, 99, 168)");
  });

  it("prints the summary on the first of a few A4 pages", async () => {
    const tab = await browser.newPage();
    await tab.setContent(pages.get("en")!);
    const pdf = (await tab.pdf({ preferCSSPageSize: true })).toString("latin1");
    await tab.close();
    const count = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(count).toBeGreaterThanOrEqual(2);
    expect(count).toBeLessThanOrEqual(8);
    expect(pdf).toMatch(/MediaBox\s*\[0 0 59[45][.\d]* 84[12]/);
  });
});
