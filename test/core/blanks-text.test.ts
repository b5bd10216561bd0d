/** Which free texts may stand inside a sentence; where one might not read well, it is left out. */
import { describe, expect, test } from "vitest";
import {
  bareNoun,
  clause,
  formOfAddress,
  isPlainTeam,
  moneyIn,
  namedMatter,
  nounPhrase,
  teamName,
} from "../../src/core/blanks-text.ts";

const NO = undefined;

test.each([
  ["en", "two days' work", "two days' work"],
  ["en", "Three thousand yuan.", "three thousand yuan"],
  ["en", "I lost two days", NO],
  ["en", "he lost two days", NO],
  ["en", "it cost money", NO],
  ["en", "money, time and nerves", NO],
  ["en", "两天工夫", NO],
  ["en", "", NO],
  ["en", "two\u202edays", NO],
  ["zh-CN", "两天工夫", "两天工夫"],
  ["zh-CN", "损失了两天工夫", "两天工夫"],
  ["zh-CN", "我误了两天工", NO],
  ["zh-CN", "两天工夫，三百块", NO],
  ["zh-CN", "two days", NO],
  ["zh-TW", "兩天工時", "兩天工時"],
])("loss, %s: %j → %j", (locale, text, expected) => {
  expect(nounPhrase(text, locale)).toBe(expected);
});

test.each([
  ["en", "The broadband outage", "the broadband outage"],
  ["en", "broadband outage", NO],
  ["en", "the engineer didn't come", NO],
  ["en", "the customer's broadband", NO],
  ["zh-CN", "宽带断网", "宽带断网"],
  ["zh-CN", "师傅没来", NO],
  ["zh-CN", "客户宽带断网", NO],
  ["zh-CN", "要求退款", NO],
])("matter, %s: %j → %j", (locale, text, expected) => {
  expect(namedMatter(text, locale)).toBe(expected);
});

test.each([
  ["en", "the engineer didn't come", "the engineer didn't come"],
  ["en", "The engineer didn’t come.", "the engineer didn’t come"],
  ["en", "Nobody rang back", "nobody rang back"],
  ["en", "Customer says nobody rang back", NO],
  ["en", "He waited for three weeks", NO],
  ["en", "Engineer no-show", NO],
  ["en", "the router", NO],
  ["en", "the engineer came late, and the part was missing", NO],
  ["en", "师傅没来", NO],
  ["zh-CN", "师傅没来", "师傅没来"],
  ["zh-CN", "师傅没来。", "师傅没来"],
  ["zh-CN", "客户说师傅没来", NO],
  ["zh-CN", "我等了三周", NO],
  ["zh-CN", "宽带", NO],
  ["zh-CN", "the engineer didn't come", NO],
])("fact, %s: %j → %j", (locale, text, expected) => {
  expect(clause(text, locale)).toBe(expected);
});

test.each([
  ["en", "because the part is out of stock", "the part is out of stock"],
  ["en", "we are waiting for the supplier", "we are waiting for the supplier"],
  ["en", "his demand is too high", NO],
  ["en", "out of stock", NO],
  ["zh-CN", "因为配件缺货", "配件缺货"],
  ["zh-CN", "他要得太多", NO],
])("reason, %s: %j → %j", (locale, text, expected) => {
  expect(clause(text, locale, true)).toBe(expected);
});

test.each([
  ["en", "broadband", "broadband"],
  ["en", "the Samsung fridge", "Samsung fridge"],
  ["en", "my washing machine", "washing machine"],
  ["en", "it stopped working", NO],
  ["en", "router, bought in May", NO],
  ["en", "洗衣机", NO],
  ["zh-CN", "洗衣机", "洗衣机"],
  ["zh-CN", "iPhone 15", "iPhone 15"],
  ["zh-CN", "我家的洗衣机", NO],
])("product, %s: %j → %j", (locale, text, expected) => {
  expect(bareNoun(text, locale)).toBe(expected);
});

test.each([
  ["en", "Ms Wang", "Ms Wang"],
  ["en", "Wang Li", "Wang Li"],
  ["en", "王丽", NO],
  ["en", "13800005678", NO],
  ["zh-CN", "王女士", "王女士"],
  ["zh-CN", "王丽", NO],
  ["zh-TW", "林先生", "林先生"],
])("title, %s: %j → %j", (locale, text, expected) => {
  expect(formOfAddress(text, locale)).toBe(expected);
});

describe("teams", () => {
  test("plain teams get a word before them, names and articles do not", () => {
    expect(isPlainTeam("technical team")).toBe(true);
    expect(isPlainTeam("Network")).toBe(true);
    for (const name of ["the technicians", "Ms Li", "Li Na", "our lab"])
      expect(isPlainTeam(name)).toBe(false);
  });

  test("a sentence is no team", () => {
    expect(teamName("ask network, then billing", "en")).toBeUndefined();
    expect(teamName("维修部", "en")).toBeUndefined();
    expect(teamName("维修部", "zh-CN")).toBe("维修部");
  });
});

test.each([
  ["500 yuan", { amount: 500, currency: "CNY" }],
  ["赔我500元，不然就投诉", { amount: 500, currency: "CNY" }],
  ["￥1,200.50 back", { amount: 1200.5, currency: "CNY" }],
  ["５００元", { amount: 500, currency: "CNY" }],
  ["US$80", { amount: 80, currency: "USD" }],
  ["80 dollars", { amount: 80, currency: "USD" }],
  ["NT$500", { amount: 500, currency: "TWD" }],
  ["500", NO],
  ["three hundred yuan", NO],
  ["200 yuan for May and 300 yuan for June", NO],
  ["0 yuan", NO],
  [undefined, NO],
])("money in %j", (text, expected) => {
  expect(moneyIn(text, "CNY")).toEqual(expected);
});
