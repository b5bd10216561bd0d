/** Full text finds what a substring search finds. */
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CACHE_SQL } from "../../src/store/schema.ts";
import { matchQuery, phoneDigits, spaced } from "../../src/store/search-text.ts";
import { addCase, freshStore } from "./support.ts";

function index(texts: readonly string[]) {
  const db = new Database(":memory:");
  db.exec(CACHE_SQL);
  const put = db.prepare("INSERT INTO search (rowid, text) VALUES (?, ?)");
  for (const [i, text] of texts.entries()) put.run(i, spaced(text));
  const get = db.prepare("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid").pluck();
  return (typed: string): number[] => {
    const match = matchQuery(typed);
    return match === undefined ? [] : (get.all(match) as number[]);
  };
}

const CHINESE = [..."宽带断了三周没有人回电话师傅周一来修欧阳娜娜、，。！？投诉退款 5G"];
const chinese = fc.array(fc.constantFrom(...CHINESE), { minLength: 4, maxLength: 40 }).map((a) => a.join(""));

describe("recall", () => {
  test("Chinese: every run of two or more characters that stands in a text finds it, and nothing it does not stand in", () => {
    fc.assert(
      fc.property(
        fc.array(chinese, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.integer({ min: 2, max: 4 }),
        (texts, at, length) => {
          const han = (t: string) => [...t].filter((c) => /\p{Script=Han}/u.test(c)).join("");
          const source = han(texts[at % texts.length]!);
          fc.pre(source.length >= length);
          const from = at % (source.length - length + 1);
          const word = source.slice(from, from + length);
          // The index skips punctuation and blanks between characters; so does the comparison.
          const expected = texts.flatMap((t, i) =>
            han(t).includes(word) && bare(t).includes(word) ? [i] : [],
          );
          expect(index(texts)(word)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  const bare = (t: string) => [...t].filter((c) => /[\p{L}\p{N}]/u.test(c)).join("");

  test("English: every whole word and every beginning of one finds its text", () => {
    const word = fc.constantFrom(
      "refund",
      "refunds",
      "refunded",
      "wi-fi",
      "don't",
      "router",
      "No",
      "café",
      "e-mail",
    );
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), word, (texts, wanted) => {
        const found = index(texts)(wanted);
        const like = texts.flatMap((t, i) =>
          new RegExp(`(^|[^a-z])${wanted.toLowerCase()}`).test(t.toLowerCase()) ? [i] : [],
        );
        expect(found).toEqual(expect.arrayContaining(like));
      }),
      { numRuns: 200 },
    );
  });
});

describe("one by one", () => {
  const texts = [
    "宽带断了！三周没有人回电话",
    "I want my REFUND, not excuses. It's unpaid.",
    "５Ｇ网络 very slow 😀",
    "カタカナとひらがな 한국어 𠮷野家",
    "re\u200bfund with a hidden joiner; na\u202eme",
    "ＡＢＣ full width",
  ];
  const find = index(texts);

  test.each([
    ["没有", [0]],
    ["断了！三周", [0]],
    ["断了三周", [0]],
    ["了断", []],
    ["refund", [1, 4]],
    ["refund not", [1]],
    ['"not refund"', []],
    ["not refund", [1]],
    ["it's", [1]],
    ["5G", [2]],
    ["5g网络", [2]],
    ["😀", [2]],
    ["😡", []],
    ["タカ", [3]],
    ["らが", [3]],
    ["국어", [3]],
    ["𠮷野", [3]],
    ["name", [4]],
    ["abc", [5]],
    ["ａｂｃ", [5]],
    ["“full width”", [5]],
  ])("%s", (typed, expected) => {
    expect(find(typed as string)).toEqual(expected);
  });
});

test("a query that is only a phone number is one", () => {
  expect(phoneDigits("+86 138-0000-5678")).toBe("8613800005678");
  expect(phoneDigits("（010）8888 9999")).toBe("01088889999");
  expect(phoneDigits("12345")).toBeUndefined();
  expect(phoneDigits("room 13800005678")).toBeUndefined();
});

test("English: every part of two letters or more of any word finds it, exactly as a substring search does", () => {
  const letters = fc.constantFrom(
    "paid",
    "unpaid",
    "refund",
    "fund",
    "port",
    "report",
    "support",
    "art",
    "it",
    "iphone13",
  );
  const text = fc.array(letters, { minLength: 1, maxLength: 5 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      letters,
      fc.nat(),
      fc.nat(),
      (texts, word, a, b) => {
        const from = a % (word.length - 1);
        const part = word.slice(from, from + 2 + (b % (word.length - from - 1)));
        fc.pre(/[a-z]/.test(part));
        const store = freshStore();
        const ids = texts.map((words) => addCase(store, { words }));
        const expected = ids.filter((_, i) => texts[i]!.includes(part)).sort();
        expect(
          store
            .search(part, {})
            .cases.map((c) => c.id)
            .sort(),
        ).toEqual(expected);
        expect(store.search(part, {}).total).toBe(expected.length);
        store.close();
      },
    ),
    { numRuns: 60 },
  );
});
