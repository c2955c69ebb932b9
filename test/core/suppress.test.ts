import { expect, test } from "vitest";
import { passageHash, standing } from "../../server/src/core/suppress.ts";
import { draftOf } from "../support/rules.ts";

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
  expect(standing(draft, entries)).toEqual([0, 1, 2, 3, 6, 8, 9]);
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
  expect(standing(draft, entries)).toHaveLength(300);
  expect(standing({ ...draft }, entries)).toHaveLength(300);
  expect(read).toBe(300);
});
