import { expect, test } from "vitest";
import type { Report } from "../../server/src/draft/finding.ts";
import { shiftedReport } from "../../server/src/draft/shift.ts";

const REPORT: Report = {
  start: 2,
  end: 5,
  message: "A word is doubled.",
  related: [
    { start: 0, end: 1, message: "here" },
    { start: 7, end: 9, message: "elsewhere", uri: "file:///other.md" },
  ],
  fixes: [
    { title: "Delete", safe: true, edits: [{ start: 2, end: 3, newText: "" }] },
    {
      title: "Delete the other",
      safe: false,
      uri: "file:///other.md",
      edits: [{ start: 7, end: 9, newText: "" }],
    },
  ],
};

test.each([...Array(70).keys()])("moved by %d, all moves that is about the same draft", (by) => {
  const moved = shiftedReport(REPORT, by);
  expect(moved).toEqual({
    ...REPORT,
    start: 2 + by,
    end: 5 + by,
    related: [{ start: by, end: 1 + by, message: "here" }, REPORT.related?.[1]],
    fixes: [
      { title: "Delete", safe: true, edits: [{ start: 2 + by, end: 3 + by, newText: "" }] },
      REPORT.fixes?.[1],
    ],
  });
  expect(shiftedReport(moved, -by)).toEqual(REPORT);
});

test("a report without fixes and other places gets none", () => {
  expect(shiftedReport({ start: 0, end: 1, message: "" }, 3)).toStrictEqual({
    start: 3,
    end: 4,
    message: "",
  });
});
