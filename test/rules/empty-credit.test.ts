import { expect, test } from "vitest";
import { emptyCredit } from "../../server/src/rules/empty-credit.ts";
import { findings, fixes, flags, leavesAlone } from "../support/rules.ts";

const NEXT = "\n\nIt was closed on Monday, and nobody knows when it will open again.\n";

test.each([
  "⟦Source:⟧",
  "⟦Photo credit:⟧",
  "⟦By⟧",
  "⟦Image courtesy of⟧",
  "⟦Photo by⟧ .",
  "*⟦Photo:⟧*",
  "*⟦Photo by⟧ *",
  "The bridge in 1931. ⟦Photo by⟧ / Reuters",
  "The bridge in 1931 [⟦Photo:⟧].",
  "The bridge | ⟦Photo:⟧ | 1931",
  "⟦Posted by⟧ on March 3, 2020",
  "It cost two million. ⟦Source:⟧",
])("flags %s", (marked) => {
  flags(emptyCredit, marked + NEXT);
  flags(emptyCredit, marked);
});

test.each([
  "Source: the harbour office",
  "Photo by Jane Doe / Reuters",
  "Photo: ![the photographer's mark](mark.png)",
  "Image courtesy of [Jane Doe](https://example.org).",
  "By Jane Doe",
  "*Photo by *\n\nJane Doe",
  "*Photo by *Jane Doe",
  "Sources:\n\n- the council",
  "Source:\n\n```\ncode\n```",
  "Source:\n\n> The council",
  "Photo:\n\nJane Doe",
  "## By",
  "He had not been there, and so he stood by.",
  "It is open source. The video was seen by many; it is the source (video).",
  "She flew to Rome via.",
  "The bridge opened in 1931. (Source:\nthe harbour office)",
  "| Source: | Photo: |\n| - | - |\n| a | b |",
])("leaves alone: %s", (text) => {
  leavesAlone(emptyCredit, text + NEXT);
});

test("the fix leaves a mark that is hard to overlook", () => {
  expect(fixes(emptyCredit, "Photo by .", "Mark the loss", "Photo by TK.")).toEqual([]);
  const [fix] = findings(emptyCredit, "Source:").flatMap((found) => found.fixes ?? []);
  expect(fix?.safe).toBe(false);
});
