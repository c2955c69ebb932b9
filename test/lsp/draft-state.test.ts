import { expect, test } from "vitest";
import type { Finding, Severity } from "../../server/src/draft/finding.ts";
import { countsOf, draftState, firstOf } from "../../server/src/lsp/draft-state.ts";
import { judge } from "../../server/src/lsp/judge.ts";
import { opened } from "../../server/src/project/document.ts";
import {
  configForOpen,
  EMPTY,
  withFolders,
  withOpen,
  withRules,
} from "../../server/src/project/workspace.ts";
import { lineIndex } from "../../server/src/text/lines.ts";

const finding = (rule: string, severity: Severity, start = 0): Finding => ({
  rule,
  severity,
  start,
  end: start + 1,
  message: "",
});

test("findings are counted by severity, and by rule without hints, the most first", () => {
  expect(countsOf([])).toEqual({
    counts: { error: 0, warning: 0, information: 0, hint: 0 },
    rules: [],
  });
  const all = [
    finding("a", "hint"),
    finding("b", "warning"),
    finding("c", "error"),
    finding("c", "warning"),
  ];
  expect(countsOf(all)).toEqual({
    counts: { error: 1, warning: 2, information: 0, hint: 1 },
    rules: [
      { rule: "c", count: 2 },
      { rule: "b", count: 1 },
    ],
  });
});

test("the first finding that is no hint", () => {
  const lines = lineIndex("a\nb\nc");
  expect(firstOf([], lines)).toEqual({});
  expect(firstOf([finding("a", "hint")], lines)).toEqual({});
  const first = firstOf([finding("a", "hint"), finding("b", "warning", 2)], lines);
  expect(first).toEqual({
    first: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
  });
});

/** What is shown of a document in a folder with this config file. */
function stateOf(path: string, text: string, languageId = "markdown", config = "{}") {
  const document = opened(path, languageId, 1, text);
  const rules = new Map([["file:///w/.galley.json", config]]);
  const folder = withRules(withFolders(EMPTY, ["file:///w"]), rules, new Map());
  const workspace = withOpen(folder, path, document);
  const held = configForOpen(workspace, path, document);
  return draftState(workspace, path, held && judge(document, held, []));
}

test("a draft that is checked", () => {
  const state = stateOf("file:///w/a.md", "The the end.\n");
  expect(state).toMatchObject({
    state: "on",
    counts: { warning: 1 },
    offInDraft: [],
    offInSettings: [],
  });
  expect(state.first?.start).toEqual({ line: 0, character: 0 });
});

test("what is off, in the draft and in the settings", () => {
  expect(stateOf("file:///w/a.md", "<!-- stet-file -->\n\nThe the end.\n").state).toBe("off");
  const rule = "<!-- stet-file repeated-word -->\n\nThe the end.\n";
  expect(stateOf("file:///w/a.md", rule)).toMatchObject({
    state: "on",
    offInDraft: ["repeated-word"],
  });
  const config = '{ "rules": { "repeated-word": "off" } }';
  expect(stateOf("file:///w/a.md", "The the end.\n", "markdown", config)).toMatchObject({
    offInSettings: ["repeated-word"],
    counts: { warning: 0 },
  });
});

test("a document that is no draft: why, and the kind that would have to be included", () => {
  expect(stateOf("file:///w/a.html", "<p>The the end.</p>", "html")).toMatchObject({
    state: "no draft",
    kind: "HTML",
    rules: [],
  });
  const excluded = stateOf("file:///w/a.md", "The the end.\n", "markdown", '{ "exclude": ["*"] }');
  expect(excluded.state).toBe("no draft");
  expect(excluded.why).toMatch(/exclude/);
  expect(excluded).not.toHaveProperty("kind");
});
