/** Masks of personal values, alone and inside free text. */
import { expect, it } from "vitest";
import { maskAccount, maskAddress, maskEmail, maskName, maskPhone, maskText } from "../../src/core/mask.ts";

it.each([
  ["13800005678", "138****5678"],
  ["+86 138-0000-5678", "138****5678"],
  ["１３８００００５６７８", "138****5678"],
  ["+886 912 345 678", "091****5678"],
  ["021-5555 12", "02****12"],
  ["110", "****"],
])("phone %s is shown as %s", (phone, masked) => expect(maskPhone(phone)).toBe(masked));

it("keeps the first sign of a name, an address, an e-mail address", () => {
  expect(maskName("李明")).toBe("李**");
  expect(maskName(" Wang Li ")).toBe("W**");
  expect(maskName("")).toBe("");
  expect(maskAddress("北京市朝阳区1号")).toBe("北***");
  expect(maskEmail("wang.li@example.com")).toBe("w***@example.com");
  expect(maskEmail("no address")).toBe("***");
  expect(maskAccount("AB12345678")).toBe("****78");
  expect(maskAccount("1234")).toBe("****");
});

it("finds numbers, addresses and the customer's own values in free text, and leaves dates and money alone", () => {
  const record = { customer_name: "Wang Li", customer_account: "AC-7788", customer_address: "Garden Road 5" };
  const text =
    "I am wang li, Garden Road 5, account AC-7788, 138-0000-5678 or li@example.com; since 2026-11-03 I paid 1,200.00.";
  expect(maskText(text, record)).toBe(
    "I am W**, G***, account ****88, 138****5678 or l***@example.com; since 2026-11-03 I paid 1,200.00.",
  );
});

it.each([
  ["Mr O\u2019Brien rang", { customer_name: "Pat O'Brien" }, "Mr O** rang"],
  ["Wang  Li, WangLi, Ms Wang", { customer_name: "Wang Li" }, "W**, W**, Ms W**"],
  ["Annual fee; Ann is angry", { customer_name: "Ann" }, "Annual fee; A** is angry"],
  ["小明很生气,王 小明", { customer_name: "王小明" }, "小**很生气,王**"],
  ["at 12 Baker Street now", { customer_address: "12 Baker Street, London NW1" }, "at 1*** now"],
  ["account AB 123-45", { customer_account: "AB12345" }, "account ****45"],
  ["ring 12345", { customer_phone: "12345" }, "ring ****"],
])("%j is masked for %j", (text, record, masked) => expect(maskText(text, record)).toBe(masked));

it.each([
  ["138 – 0000 – 5678", "138****5678"],
  ["138\u00a00000\u00a05678", "138****5678"],
  ["(010) 1234 5678", "010****5678"],
  ["010-12345678 ext. 3", "010****5678 ext. 3"],
  ["0912-345-678", "091****5678"],
  ["身份证11010519900307888X", "身份证110****888X"],
  ["电话一三八零零零零五六七八", "电话一三八****五六七八"],
  ["2026-11-20 138-0000-5678", "2026-11-20 138****5678"],
  ["李明@例子.公司", "李***@例子.公司"],
])("number or address %s in a text is shown as %s", (text, masked) => expect(maskText(text)).toBe(masked));

it.each(["2026-11-20 10:00", "20.11.2026 14:00", "CNY 1234567.89", "8.00-18.00", "2019-2026", "3,500,000"])(
  "%s is no number of a person",
  (text) => expect(maskText(text)).toBe(text),
);

it("leaves an extension out of a masked number", () => {
  expect(maskPhone("010-12345678 ext. 3")).toBe("010****5678");
  expect(maskPhone("010-12345678转3")).toBe("010****5678");
});
