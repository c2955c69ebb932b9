import { expect, test } from "vitest";
import { type Report, shiftedReport } from "../../server/src/draft/finding.ts";
import { wording } from "../../server/src/text/wording.ts";

const REPORT: Report = {
  start: 2,
  end: 5,
  message: wording("A word is doubled."),
  related: [
    { start: 0, end: 1, message: wording("here") },
    { start: 7, end: 9, message: wording("elsewhere"), uri: "file:///other.md" },
  ],
  fixes: [
    { title: wording("Delete"), safe: true, edits: [{ start: 2, end: 3, newText: "" }] },
    {
      title: wording("Delete the other"),
      safe: false,
      uri: "file:///other.md",
      edits: [{ start: 7, end: 9, newText: "" }],
    },
  ],
};

test.each([...Array(70).keys()])("a shift by %d moves every offset in the same draft", (by) => {
  const moved = shiftedReport(REPORT, by);
  expect(moved).toEqual({
    ...REPORT,
    start: 2 + by,
    end: 5 + by,
    related: [{ start: by, end: 1 + by, message: wording("here") }, REPORT.related?.[1]],
    fixes: [
      {
        title: wording("Delete"),
        safe: true,
        edits: [{ start: 2 + by, end: 3 + by, newText: "" }],
      },
      REPORT.fixes?.[1],
    ],
  });
  expect(shiftedReport(moved, -by)).toEqual(REPORT);
});

test("a report without fixes and other places gets none", () => {
  expect(shiftedReport({ start: 0, end: 1, message: wording("") }, 3)).toStrictEqual({
    start: 3,
    end: 4,
    message: wording(""),
  });
});
