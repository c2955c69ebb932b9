import { expect, test } from "vitest";
import { compareDates, dateInPath, declaredDate } from "../../server/src/repeats/draft-date.ts";
import { draftOf } from "../support/rules.ts";

test.each([
  ["---\ndate: 2024-05-01\n---\n", [2024, 5, 1]],
  ['+++\npublished = "2024/5/1"\n+++\n', [2024, 5, 1]],
  // The date of writing comes before that of a change.
  ["---\nlastmod: 2025-01-01\ndate: 2024-05-01\n---\n", [2024, 5, 1]],
  ["---\nlastmod: 2025-01-01\ncreated: 2024-05-01\n---\n", [2024, 5, 1]],
  // Of several with one name, the first counts.
  ["---\nDate: 2024-05-01T10:00\ndate: 2023-05-01\n---\n", [2024, 5, 1]],
  ["---\ndate: 2024-13-01\n---\n", undefined],
  ["---\ndate: 2024-05-32\n---\n", undefined],
  ["---\ndate: May 1, 2024\n---\n", undefined],
  ["---\nevent: 2024-05-01\n---\n", undefined],
  ["date: 2024-05-01\n", undefined],
  ["", undefined],
])("%j has the date %j", (text, date) => {
  expect(declaredDate(draftOf(`${text}\nIt is so.\n`))).toEqual(date);
});

test.each([
  ["posts/2024-05-01-bridge.md", [2024, 5, 1]],
  ["posts/2024/05/bridge.md", [2024, 5]],
  ["posts/20240501.md", [2024, 5, 1]],
  ["posts/2024_05/2023-04-02.md", [2023, 4, 2]],
  ["posts/2024-13.md", undefined],
  ["posts/120240501.md", undefined],
  ["posts/bridge.md", undefined],
])("%s is dated %j", (path, date) => {
  expect(dateInPath(path)).toEqual(date);
});

test("dates are compared as far as both are known", () => {
  expect(compareDates([2024, 5, 1], [2024, 5, 2])).toBeLessThan(0);
  expect(compareDates([2025], [2024, 5, 2])).toBeGreaterThan(0);
  expect(compareDates([2024, 5], [2024, 5, 2])).toBe(0);
  expect(compareDates([], [2024])).toBe(0);
});
