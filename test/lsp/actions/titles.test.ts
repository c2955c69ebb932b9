import { CodeActionKind } from "vscode-languageserver";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../../server/src/draft/finding.ts";
import {
  type ActionCandidate,
  type ActionPayload,
  isConfigPayload,
} from "../../../server/src/lsp/actions/payload.ts";
import { STET } from "../../../server/src/lsp/actions/suppress.ts";
import { distinct, withDistinctTitles } from "../../../server/src/lsp/actions/menu.ts";
import { lineIndex } from "../../../server/src/text/lines.ts";
import { runs } from "../../support/property.ts";

const LINES = lineIndex("one two\nthree four\n");

function finding(rule: string, start: number): Finding {
  return { rule, severity: "hint", start, end: start + 3, message: rule };
}

function candidate(
  title: string,
  payload: ActionPayload,
  about?: Finding,
  kind: string = CodeActionKind.QuickFix,
): ActionCandidate {
  return { title, kind, preferred: false, finding: about, payload };
}

const edit = (at: number): ActionPayload => ({
  type: "edits",
  edits: [{ start: at, end: at, newText: "x" }],
});

test("the same title for the same edit stands once, for another edit or command each time", () => {
  const command: ActionPayload = { type: "command", command: { title: "Go", command: "go" } };
  const found = [
    candidate("Turn off", edit(0)),
    candidate("Turn off", edit(0)),
    candidate("Turn off", edit(4)),
    candidate("Go", command),
    candidate("Go", command),
    candidate("Accept", { type: "accept", phrase: "one" }),
    candidate("Accept", { type: "accept", phrase: "one" }),
  ];
  expect(distinct(found)).toEqual([found[0], found[2], found[3], found[4], found[5]]);
});

test("titles that several share say the rule, then the line, then the column", () => {
  const titled = (...abouts: Finding[]): string[] =>
    withDistinctTitles(
      abouts.map((about) => candidate("Delete", edit(about.start), about)),
      LINES,
    ).map(({ title }) => title);
  expect(titled(finding("a", 0))).toEqual(["Delete"]);
  expect(titled(finding("a", 0), finding("b", 0))).toEqual(["Delete (a)", "Delete (b)"]);
  expect(titled(finding("a", 0), finding("a", 8))).toEqual(["Delete, line 1", "Delete, line 2"]);
  expect(titled(finding("a", 0), finding("a", 4))).toEqual([
    "Delete, column 1",
    "Delete, column 5",
  ]);
});

test("stets of several rules say which rule each is for, and a command's title is its action's", () => {
  const stet: ActionPayload = { type: "stet", entry: { rule: "a", text: "one", hash: "h" } };
  const titles = withDistinctTitles(
    [candidate(STET, stet, finding("a", 0)), candidate(STET, stet, finding("b", 0))],
    LINES,
  ).map(({ title }) => title);
  expect(titles).toEqual(["Stet: let “a” stand", "Stet: let “b” stand"]);
  const go: ActionPayload = { type: "command", command: { title: "Go", command: "go" } };
  const commands = withDistinctTitles(
    [candidate("Go", go, finding("a", 0)), candidate("Go", go, finding("a", 8))],
    LINES,
  );
  for (const { title, payload } of commands) {
    expect(payload.type === "command" && payload.command.title).toBe(title);
  }
});

test("findings at different places never end with the same title", () => {
  const about = fc.record({ rule: fc.constantFrom("a", "b"), start: fc.nat(17) });
  fc.assert(
    fc.property(fc.uniqueArray(about, { selector: (one) => `${one.rule} ${one.start}` }), (all) => {
      const found = all.map(({ rule, start }) =>
        candidate("Delete", edit(start), finding(rule, start)),
      );
      const titles = withDistinctTitles(found, LINES).map(
        // What is left is told apart by the rule, where titles show it.
        ({ title, finding: one }) => `${title} ${one?.rule}`,
      );
      expect(new Set(titles).size).toBe(titles.length);
    }),
    runs(200),
  );
});

test("three payloads write to a config file", () => {
  const entry = { rule: "a", text: "one", hash: "h" };
  const all: readonly [ActionPayload, boolean][] = [
    [{ type: "stet", entry }, true],
    [{ type: "accept", phrase: "one" }, true],
    [{ type: "turn-off", rule: "a" }, true],
    [edit(0), false],
    [{ type: "fix", fix: { title: "Fix", safe: true, edits: [] } }, false],
    [{ type: "command", command: { title: "Go", command: "go" } }, false],
  ];
  for (const [payload, writes] of all) expect(isConfigPayload(payload)).toBe(writes);
});
