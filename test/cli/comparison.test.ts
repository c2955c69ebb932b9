import { expect, test } from "vitest";
import { examine } from "../../server/src/cli/check.ts";
import { compare, indexFor } from "../../server/src/cli/comparison.ts";
import { findInputs } from "../../server/src/cli/inputs.ts";
import { compact } from "../../server/src/cli/reporters/compact.ts";
import { withLostWords } from "../../server/src/cli/restore.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { draftOf } from "../support/rules.ts";
import { ioIn } from "../support/command.ts";
import { place, WRONG } from "./support.ts";

const passage = `${Array.from({ length: 60 }, (_, at) => `word${at}`).join(" ")}.\n`;
const filler = (name: string): string =>
  `${Array.from({ length: 90 }, (_, at) => `${name}${at}`).join(" ")}.\n`;
const FILES = {
  "a.md": `${filler("a")}\n${passage}\n${filler("b")}`,
  "b.md": `${filler("c")}\n${passage}\n${filler("d")}`,
  "c.md": filler("e"),
};

async function checkedIn(folder: string) {
  const { inputs } = await findInputs(folder, ["."], { sources: {}, config: undefined });
  const index = indexFor(inputs);
  const checked = inputs.map((input) => {
    const text = FILES[input.shown as keyof typeof FILES];
    index.add(input.shown, fingerprint(draftOf(text)));
    return { input, report: { path: input.shown, words: 1, findings: [] } };
  });
  return { checked, index };
}

test("only drafts that share a passage get another report", async () => {
  const { checked, index } = await checkedIn(place(FILES).folder);
  const reports = compare(checked, index, "none");
  expect([...reports.values()].map((report) => report.path).sort()).toEqual(["a.md", "b.md"]);
  for (const { findings } of reports.values()) {
    expect(findings.map(({ rule }) => rule)).toEqual(["repeated-elsewhere"]);
  }
  expect(compare(checked.slice(0, 1), index, "none").size).toBe(0);
});

test("lost words are looked up only for holes", async () => {
  const { folder } = place({ "a.md": WRONG });
  const asked = { paths: ["."], reporter: compact };
  const [file] = (await examine(asked, ioIn(folder))).report.files;
  const { inputs } = await findInputs(folder, ["."], { sources: {}, config: undefined });
  const [input] = inputs;
  if (file === undefined || input === undefined) throw new Error("not checked");
  const fail = (): never => {
    throw new Error("asked for drafts or git");
  };
  // A repeated word is no hole.
  expect(await withLostWords(file, { input }, fail, fail)).toBe(file);
});
