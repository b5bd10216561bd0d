// The script linter: one broken file for every rule, with the place and the sentence it is told in.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compileContent, homeRoot, packagedRoot } from "../../src/content/compile.ts";
import { lintScriptFile } from "../../src/content/lint-script.ts";
import { lintWords } from "../../src/content/lint-words.ts";
import { inLanguage } from "../../src/content/problem.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "complaint-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packaged = packagedRoot(ROOT);
const compiled = compileContent([packaged]);
const world = {
  ingredients: {
    ...compiled.ingredients,
  },
  words: (id: string, locale: string) => compiled.scriptWords[locale]?.[id],
  scriptIds: compiled.scriptIds,
  today: "2026-11-21",
};

const GOOD = `id: mine
kind: call
title: { en: "Mine", zh-CN: "我的", zh-TW: "我的" }
steps:
  - key: listen.words
    kind: text
    records: words
    say: [let-finish, invite-story]
    avoid: [N06]
    tip: [T01]
  - key: apologize.once
    kind: say
    ask: { en: "Apologize once.", zh-CN: "道歉一次。", zh-TW: "道歉一次。" }
    say: [specific-apology, own-sorry]
  - key: analyze.category
    kind: choose
    records: category
  - key: resolve.dispute
    kind: text
    records: dispute_point
    optional: true
    when: { field: category, in: [price, service] }
lines:
  own-sorry:
    move: specific-apology
    mood: [1, 4]
    text: { en: "I am sorry.", zh-CN: "对不起。", zh-TW: "對不起。" }
switches:
  - { to: telecom, when: { field: category, is: telecom-network } }
`;

const WHEN = "{ field: category, in: [price, service] }";

let count = 0;
/** Lints a text as the file `mine.yaml`. */
function lint(text: string | Buffer) {
  const path = join(folder, String(count++), "mine.yaml");
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return lintScriptFile(path, world);
}

const changed = (from: string, to: string) => {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
};

const ids = (problems: { code: string }[]) => problems.map((p) => p.code);

test("a good script has no mistake, nor has any that is shipped", () => {
  expect(lint(GOOD)).toEqual([]);
  for (const name of readdirSync(packaged.scripts).filter((f) => f.endsWith(".yaml")))
    expect(lintScriptFile(join(packaged.scripts, name), world), name).toEqual([]);
});

describe("every rule names file, line, column and what was expected", () => {
  test.each<[string, string, string, number, number]>([
    ["kind: call", "kind: call\ncolour: red", "unknown_key", 3, 9],
    ["    kind: say\n", "    kind: say\n    sya: [x]\n", "unknown_key", 13, 10],
    ["mood: [1, 4]", "mood: [1, 4]\n    needz: paid", "unknown_key", 27, 12],
    [WHEN, "{ field: category, equals: price }", "shape", 22, 11],
    [WHEN, "{ all: [{ known: words }, { field: category, equals: price }] }", "shape", 22, 37],
    [WHEN, '"category == price"', "shape", 22, 11],
    [WHEN, "{ all: [] }", "too_small_length", 22, 18],
    [WHEN, "{ field: categry, is: price }", "no_field", 22, 11],
    [WHEN, "{ field: category, is: prize }", "never_value", 22, 11],
    [WHEN, "{ field: category, over: 3 }", "not_a_number", 22, 11],
    [WHEN, "{ known: deadline }", "read_too_early", 22, 11],
    [WHEN, "{ field: mood, over: 5 }", "never_holds", 22, 11],
    [
      WHEN,
      "{ all: [{ field: category, is: price }, { field: category, is: service }] }",
      "never_holds",
      22,
      11,
    ],
    [WHEN, "{ all: [{ known: category }, { not: { known: category } }] }", "never_holds", 22, 11],
    [', zh-TW: "道歉一次。" }', " }", "no_language", 13, 10],
    [', zh-TW: "我的" }', " }", "no_language", 3, 8],
    [', zh-TW: "對不起。" }', " }", "no_language", 27, 11],
    ['zh-TW: "道歉一次。" }', 'zh-TW: "道歉一次。", fr: "Une fois." }', "odd_language", 13, 71],
    ['    ask: { en: "Apologize once.", zh-CN: "道歉一次。", zh-TW: "道歉一次。" }\n', "", "no_ask", 11, 10],
    ["I am sorry.", `I am ${"very ".repeat(30)}sorry.`, "too_long", 25, 5],
    ['zh-CN: "对不起。"', `zh-CN: "${"对不起".repeat(20)}"`, "too_long", 25, 5],
    ["I am sorry.", "I am sorry, {custmer}.", "no_blank", 25, 5],
    ["I am sorry.", "I am sorry about {issue}.", "blanks_differ", 25, 5],
    ["I am sorry.", "I am sorry about {issue.", "stray_brace", 25, 5],
    ["I am sorry.", "I am \\u202Esorry.", "control", 25, 5],
    ['"I am sorry."', '""', "text_empty", 27, 17],
    ["records: category\n", "records: category\n    choices: [price, prize]\n", "no_choice", 18, 14],
    ["records: category\n", "records: category\n    choices: [price, price]\n", "choice_twice", 18, 22],
    ["records: words\n", "records: words\n    choices: [a]\n", "choices_unused", 8, 14],
    ["key: resolve.dispute", "key: analyze.category", "step_twice", 18, 10],
    ["key: resolve.dispute", "key: listen.dispute", "stage_order", 18, 10],
    ["key: resolve.dispute", "key: solve.dispute", "form", 18, 10],
    ["kind: text\n    records: dispute", "kind: txt\n    records: dispute", "value", 19, 11],
    ["kind: call", "kind: practice", "value", 2, 7],
    ["records: words", "records: word", "value", 7, 14],
    ["kind: text\n    records: words", "kind: number\n    records: words", "wrong_kind", 6, 11],
    ["optional: true", 'optional: "yes"', "type", 21, 15],
    ["say: [let-finish, invite-story]", "say: let-finish", "type", 8, 10],
    ["id: mine\n", "", "missing", 1, 1],
    ["id: mine", "id: Mine", "form", 1, 5],
    ["id: mine", "id: other", "id_is_name", 1, 5],
    ["mood: [1, 4]", "mood: [0, 4]", "too_small_number", 26, 12],
    ["mood: [1, 4]", "mood: [4, 1]", "form", 26, 11],
    ["mood: [1, 4]", "mood: [1, 2, 3]", "too_big_length", 26, 11],
    ["own-sorry]", "own-sorryy]", "unknown_line", 14, 10],
    ["N06", "N99", "unknown_avoid", 9, 12],
    ["T01", "T99", "unknown_tip", 10, 10],
    ["records: category\n", "records: category\n    law: [crpl-999]\n", "no_law", 18, 10],
    ["say: [specific-apology, own-sorry]", "say: [specific-apology]", "line_unused", 25, 5],
    ["to: telecom", "to: telecon", "no_script", 29, 11],
    ["to: telecom", "to: mine", "switch_to_itself", 29, 11],
    ["records: dispute_point", "records: words", "recorded_twice", 20, 14],
    ["[let-finish, invite-story]", "[let-finish, invite-story", "not_closed", 9, 5],
    ["    kind: say\n", "\tkind: say\n", "tab", 12, 1],
    ["    kind: say\n", "    kind: say\n    kind: text\n", "key_twice", 13, 5],
    ["avoid: [N06]", "avoid: *nothing", "alias", 9, 12],
    ["id: mine", 'id: !!js/function "x"', "tag", 1, 5],
  ])("%j made %j: %s", (from, to, code, line, column) => {
    const problems = lint(changed(from, to));
    const found = problems.find((p) => p.code === code);
    expect(found, ids(problems).join()).toMatchObject({ code, line, column });
    expect(found!.path.endsWith("mine.yaml")).toBe(true);
  });

  test("what can be recorded by two steps at once has to be meant", () => {
    const twice = (when: string) =>
      changed(
        `kind: text\n    records: dispute_point\n    optional: true\n    when: ${WHEN}`,
        `kind: text\n    records: words\n    optional: true\n${when}`,
      );
    expect(ids(lint(twice("")))).toEqual(["recorded_twice"]);
    expect(ids(lint(twice("    confirm: true")))).toEqual([]);
    const split = (one: string, two: string) =>
      GOOD.replace("records: category\n", `records: category\n    when: { field: mood, ${one} }\n`).replace(
        "kind: text\n    records: dispute_point\n    optional: true\n    when: { field: category, in: [price, service] }",
        `kind: choose\n    records: category\n    when: { field: mood, ${two} }`,
      );
    expect(ids(lint(split("over: 3", "under: 4")))).toEqual([]);
    expect(ids(lint(split("over: 2", "under: 4")))).toEqual(["recorded_twice"]);
  });

  test("a step that says something has a line for every mood", () => {
    const text = changed("say: [specific-apology, own-sorry]", "say: [own-sorry]").replace(
      "[1, 4]",
      "[1, 2]",
    );
    expect(lint(text)).toMatchObject([{ code: "no_mood", line: 14, params: { moods: "3, 4" } }]);
  });

  test("a law card that has expired is named with its day", () => {
    const law = compiled.ingredients.en!.bank.law.map((card) =>
      card.id === "crpl-24" ? { ...card, expires: "2026-01-01" } : card,
    );
    const en = compiled.ingredients.en!;
    const later = {
      ...world,
      ingredients: { ...world.ingredients, en: { ...en, bank: { ...en.bank, law } } },
    };
    const path = join(folder, "law", "mine.yaml");
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, changed("records: category\n", "records: category\n    law: [crpl-24]\n"));
    expect(lintScriptFile(path, later)).toMatchObject([
      { code: "law_expired", line: 18, params: { day: "2026-01-01" } },
    ]);
  });

  test.each<[string, string | Buffer, string]>([
    ["empty", "", "empty"],
    ["a comment only", "# nothing\n", "empty"],
    ["a list", "- a\n", "file_type"],
    ["a word", "hello\n", "file_type"],
    ["two documents", `${GOOD}---\nid: x\n`, "one_document"],
    ["UTF-16", Buffer.from(GOOD, "utf16le"), "not_text"],
    ["Latin-1", Buffer.from("id: caf\xe9\n", "latin1"), "not_text"],
    ["more than two megabytes", `${GOOD}# ${"x".repeat(2_000_000)}`, "too_large"],
    [
      "an alias bomb",
      `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: [${"*c,".repeat(9)}]\n`,
      "aliases",
    ],
    ["an alias of itself", "id: mine\nkind: call\nsteps: &s\n  - *s\n", "too_deep"],
    ["five thousand nots", `id: mine\nwhen: ${"{not: ".repeat(5000)}x${"}".repeat(5000)}`, "too_deep"],
  ])("%s", (_, text, code) => {
    expect(ids(lint(text))).toEqual([code]);
  });

  test.each([
    ["a byte order mark", `\uFEFF${GOOD}`],
    ["Windows line ends", GOOD.replaceAll("\n", "\r\n")],
  ])("%s is no mistake", (_, text) => {
    expect(lint(text)).toEqual([]);
  });

  test("a file that is not there, or a folder, is told and not thrown", () => {
    expect(ids(lintScriptFile(join(folder, "nothing.yaml"), world))).toEqual(["unreadable"]);
    expect(ids(lintScriptFile(folder, world))).toEqual(["unreadable"]);
  });
});

describe("the sentences", () => {
  const messages = (locale: string): Record<string, string> =>
    parse(readFileSync(join(ROOT, "data", "words", locale, "messages", "script.yaml"), "utf8"));

  test.each(["zh-CN", "zh-TW"])("are said in %s", (locale) => {
    const t = (key: string) => messages(locale)[key.replace("script.", "")]!;
    for (const problem of lint(changed("kind: call", "kind: cal"))) {
      const { message, ...place } = inLanguage(problem, t);
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(Object.keys(place)).toEqual(["path", "line", "column"]);
    }
  });
});

describe("an organisation's words", () => {
  const home = join(folder, "home");
  const write = (path: string, text: string) => {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const own = homeRoot(home);
  const withHome = () => compileContent([packaged, own]);

  test("one sentence of a packaged script is changed by that sentence alone", () => {
    write("words/en/scripts/good-faith.yaml", 'lines:\n  gf-story: "Tell me everything."\n');
    const { byLocale, notices } = withHome();
    expect(notices).toEqual([]);
    const { lines, title } = byLocale.en!.scripts["good-faith"]!;
    expect(lines["gf-story"]!.text).toBe("Tell me everything.");
    expect(title).toBe(compiled.byLocale.en!.scripts["good-faith"]!.title);
    expect(lines["gf-go-on"]).toEqual(compiled.byLocale.en!.scripts["good-faith"]!.lines["gf-go-on"]);
  });

  test("words for what is not there, and sentences that cannot be said, are named", () => {
    write("words/en/scripts/good-faith.yaml", 'steps:\n  listen.wrods:\n    ask: "What?"\n');
    write("words/en/phrases.yaml", `L999: "Nothing."\nL10: "Who is {nobody}?"\nL11: "${"so ".repeat(30)}"\n`);
    write("words/zh-CN/scripts/none.yaml", 'title: "没有"\n');
    const found = lintWords(own, withHome()).map(({ path, line, column, code }) => [
      path.slice(home.length + 1),
      line,
      column,
      code,
    ]);
    expect(found).toEqual([
      ["words/en/phrases.yaml", 1, 7, "words_for_none"],
      ["words/en/phrases.yaml", 2, 6, "no_blank"],
      ["words/en/phrases.yaml", 3, 6, "too_long"],
      ["words/en/scripts/good-faith.yaml", 3, 5, "words_for_none"],
      ["words/zh-CN/scripts/none.yaml", 1, 1, "words_for_none"],
    ]);
    rmSync(join(home, "words"), { recursive: true });
  });

  test("an addition without words is passed over, and told where it stands", () => {
    write("phrases.yaml", "- { id: X1, stage: listen, move: let-finish, mood: [1, 4] }\n");
    const { notices, problems, byLocale } = withHome();
    expect(problems).toEqual([]);
    expect(
      notices.map(({ path, line, column, code, params }) => [path, line, column, code, params.locale]),
    ).toEqual(
      ["en", "zh-CN", "zh-TW"].map((locale) => [join(home, "phrases.yaml"), 1, 3, "no_words", locale]),
    );
    expect(byLocale.en!.bank.lines.some((l) => l.id === "X1")).toBe(false);
    rmSync(join(home, "phrases.yaml"));
  });

  test("a broken flow leaves the packaged script, with the organisation's words", () => {
    write("scripts/good-faith.yaml", "id: good-faith\nkind: cal\nsteps: []\n");
    const { notices, byLocale } = withHome();
    expect(ids(notices)).toEqual(["value", "too_small_length"]);
    expect(byLocale.en!.scripts["good-faith"]!.steps.length).toBeGreaterThan(20);
    rmSync(join(home, "scripts"), { recursive: true });
  });
});
