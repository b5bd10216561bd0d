/** Whose name a customer may hear. */
import { expect, test } from "vitest";
import { personName } from "../../src/core/person-name.ts";

test.each([
  ["Lin", "Lin"],
  ["lin", "Lin"],
  ["mary-jane watson", "Mary-Jane Watson"],
  ["李敏", "李敏"],
  ["J. O'Hara", "J. O'Hara"],
  ["DeShawn", "DeShawn"],
  ["José", "José"],
])("%s is said as %s", (name, said) => {
  expect(personName(name)).toBe(said);
});

test.each([
  [undefined],
  [""],
  ["  "],
  ["root"],
  ["Administrator"],
  ["ubuntu"],
  ["agent"],
  ["agent7"],
  ["lin@example.com"],
  ["call_center"],
  ["10086"],
  ["CORP\\lin"],
  ["x".repeat(41)],
  ["one two three four five"],
])("%s is nobody's name", (name) => {
  expect(personName(name)).toBeUndefined();
});
