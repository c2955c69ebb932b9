import { memoizeOn } from "../draft/incremental/memoize.ts";
import { RULES } from "../rules/index.ts";
import type { Settings } from "../settings/settings.ts";
import { uriScheme } from "./places.ts";
import { basename } from "../text/path.ts";

/*
 * Snippets: open documents that are not drafts of a folder. Notebook cells and commit messages are read by the rules
 * that can judge them on their own. They are compared with nothing, and count in no folder and no baseline.
 */

/** Cells, and the box for a commit message, as VS Code addresses them. */
export const SNIPPET_SCHEMES: readonly string[] = ["vscode-notebook-cell", "vscode-scm"];

export function isSnippet(path: string): boolean {
  return SNIPPET_SCHEMES.includes(uriScheme(path)) || COMMIT_FILE.test(basename(path));
}

/** The file that git opens in its editor. */
const COMMIT_FILE = /^(?:COMMIT_EDITMSG|MERGE_MSG)$/;

/** Settings under which rules that need a whole draft are off. */
export const snippetSettings = memoizeOn<Settings>()((settings): Settings => {
  const rules = new Map(settings.rules);
  for (const { id, needsDraft } of RULES) {
    const setting = rules.get(id);
    if (needsDraft === true && setting !== undefined)
      rules.set(id, { ...setting, severity: "off" });
  }
  return { ...settings, rules };
});

/** Whether a document is what git opened in the editor, judging by its language id. */
export function hasComments(languageId: string): boolean {
  return languageId === "git-commit" || languageId === "gitcommit";
}

/** A line that git removes, or everything from the line below which it shows the changes. */
const COMMENT = /^#(?: -+ >8 -+[^]*|.*)/gm;

/** A commit message, with blanks for what git removes, so that each unit stays in its place. */
export function withoutComments(text: string): string {
  return text.replace(COMMENT, (comment) => comment.replace(/[^\r\n]/g, " "));
}
