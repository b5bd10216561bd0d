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
