import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import {
  passageHash,
  matchedEntries,
  stetEntry,
} from "../../server/src/engine/suppression/suppress.ts";
import { draftOf } from "../support/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";

test("an entry stands by its first words, or by its hash where it is one block", () => {
  const draft = draftOf(
    "# The bridge\n\nThe bridge is  open\nand the ferry is not at all.\n\nBy foot.\n",
  );
  const entries = [
    { text: "The bridge is open and the ferry is", hash: "" },
    { text: "The bridge is", hash: "" },
    { text: "The bridge is", hash: "" },
    { text: "# The bridge The bridge is open and", hash: "" },
    { text: "The bridge is shut", hash: "" },
    { text: "bridge is open", hash: "" },
    { text: "Somebody wrote this", hash: passageHash("By foot.") },
    { text: "By foot. And more", hash: "" },
    { text: "By foot.", hash: "" },
    { text: "By", hash: "" },
    { text: "", hash: "" },
  ].map((entry) => ({ rule: "repeated-word", ...entry }));
  expect(matchedEntries(draft, entries)).toEqual([0, 1, 2, 3, 6, 8, 9]);
});

test("entries are read once for all drafts, however many blocks begin as they do", () => {
  let read = 0;
  const entries = Array.from({ length: 300 }, (_, at) => ({
    rule: "repeated-word",
    get text(): string {
      read++;
      return `The gate number ${at} is`;
    },
    hash: "",
  }));
  const draft = draftOf(
    Array.from(entries, (_, at) => `The gate number ${at} is shut.`).join("\n\n"),
  );
  expect(matchedEntries(draft, entries)).toHaveLength(300);
  expect(matchedEntries({ ...draft }, entries)).toHaveLength(300);
  expect(read).toBe(300);
});

describe("a passage without words", () => {
  const settings = settingsFrom({});
  const only = (text: string) =>
    lint(draftOf(text), RULES, settings).filter(({ rule }) => rule === "empty-section");

  test.each([
    ["an empty item", "- One bridge.\n-\n- Two bridges.\n- \n- Three bridges.\n"],
    ["items beside each other", "- One bridge.\n-\n-\n-\n- Two bridges.\n"],
    ["an empty quotation", "The mayor spoke.\n\n>\n\nThe clerk spoke.\n\n>\n\nIt rained.\n"],
  ])("%s is let stand by itself alone", (_what, text) => {
    const draft = draftOf(text);
    const found = only(text);
    expect(found.length).toBeGreaterThan(1);
    for (const one of found) {
      const stet = [stetEntry(draft, one)];
      const left = lint(draft, RULES, settingsFrom({ stet })).filter(
        ({ rule }) => rule === one.rule,
      );
      expect(left).toEqual(found.filter((other) => other !== one));
      expect(matchedEntries(draft, stet)).toEqual([0]);
      // Elsewhere it says nothing.
      const other = text.replaceAll("bridge", "ferry").replaceAll("spoke", "sang");
      const elsewhere = lint(draftOf(other), RULES, settingsFrom({ stet }));
      expect(elsewhere.filter(({ rule }) => rule === one.rule)).toHaveLength(found.length);
    }
  });

  test("an entry for every such passage counts for none, and is said to be gone", () => {
    const text = "- One bridge.\n-\n- Two bridges.\n";
    const stet = [{ rule: "empty-section", text: "-", hash: passageHash("-") }];
    expect(lint(draftOf(text), RULES, settingsFrom({ stet })).map(({ rule }) => rule)).toEqual(
      only(text).map(({ rule }) => rule),
    );
    expect(matchedEntries(draftOf(text), stet)).toEqual([]);
  });
});
