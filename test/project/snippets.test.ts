import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edited, opened, toDraft } from "../../server/src/project/document.ts";
import { isSnippet, snippetSettings, withoutComments } from "../../server/src/project/snippets.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../../server/src/settings/settings.ts";
import { runs } from "../support/property.ts";

const SCISSORS = `# ${"-".repeat(24)} >8 ${"-".repeat(24)}`;

test("snippets are cells, the commit message box, and the files git opens an editor for", () => {
  for (const path of [
    "vscode-notebook-cell:///news/a.ipynb#W0s",
    "vscode-scm:git/scm0/input?rootUri=file:///news",
    "file:///news/.git/COMMIT_EDITMSG",
    "file:///news/.git/worktrees/x/MERGE_MSG",
  ]) {
    expect([path, isSnippet(path)]).toEqual([path, true]);
  }
  for (const path of ["file:///news/a.ipynb", "untitled:a", "file:///COMMIT_EDITMSG.md", "", "x"]) {
    expect([path, isSnippet(path)]).toEqual([path, false]);
  }
});

describe("lines that git removes from a message", () => {
  test.each([
    ["Mend\n# Please enter\n#\tM a.md\n", "Mend\n              \n        \n"],
    ["#1 is mended\nIt is #2\n", "            \nIt is #2\n"],
    [
      `Mend\r\n${SCISSORS}\r\n# All\r\n+the the\r\n`,
      `Mend\r\n${" ".repeat(54)}\r\n     \r\n        \r\n`,
    ],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(withoutComments(text)).toBe(expected);
  });

  test("become blank, and the rest stays in place; however it is typed, the draft is that of the text", () => {
    const part = fc.constantFrom("#", "\n", "\r\n", " ", "the the ", "Mend it. ", SCISSORS, "é");
    const change = fc.record({ at: fc.nat(70), length: fc.nat(5), newText: part });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.array(change), (parts, changes) => {
        let document = opened("file:///.git/COMMIT_EDITMSG", "git-commit", 1, parts.join(""));
        for (const { at, length, newText } of changes) {
          // Half of the versions are considered.
          if (at % 2 === 0) toDraft(document, "plaintext");
          const lines = document.text.slice(0, at).split(/\r\n|[\r\n]/);
          const line = lines.length - 1;
          const character = lines.at(-1)?.length ?? 0;
          const range = {
            start: { line, character },
            end: { line, character: character + length },
          };
          document = edited(document, document.version + 1, [{ range, text: newText }]);
        }
        const { text } = document;
        const blank = withoutComments(text);
        expect(blank).toHaveLength(text.length);
        expect(blank.replace(/[^\r\n]/g, "")).toBe(text.replace(/[^\r\n]/g, ""));
        const fresh = toDraft(opened("a", "git-commit", 1, text), "plaintext");
        const draft = toDraft(document, "plaintext");
        expect(draft.text).toBe(blank);
        expect(draft.blocks.map(({ source }) => source)).toEqual(
          fresh.blocks.map(({ source }) => source),
        );
      }),
      runs(200),
    );
  });
});

test("rules that need a draft are off, whatever is set, and the others are unchanged", () => {
  const all = settingsFrom({
    rules: Object.fromEntries(RULES.map(({ id }) => [id, { severity: "error" }])),
  });
  for (const settings of [DEFAULT_SETTINGS, all]) {
    const { rules, ...rest } = snippetSettings(settings);
    expect(snippetSettings(settings).rules).toBe(rules);
    expect({ ...settings, rules }).toEqual({ ...rest, rules });
    for (const { id, needsDraft, scope } of RULES) {
      const expected = needsDraft === true ? "off" : settings.rules.get(id)?.severity;
      expect([id, rules.get(id)?.severity]).toEqual([id, expected]);
      if (scope === "workspace") expect(needsDraft).toBe(true);
    }
  }
});
