import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import type { LintedDraft } from "../../server/src/lsp/linted.ts";
import type { ActionSupport } from "../../server/src/lsp/client.ts";
import { lineIndex } from "../../server/src/text/lines.ts";

/** An editor with every capability that actions may need. */
export const EVERYTHING: ActionSupport = {
  documentChanges: true,
  createFile: true,
  snippets: true,
  showDocument: true,
  compare: true,
  deleteDraft: true,
  chooseStet: true,
  showRule: true,
};

/** An editor without any of them. */
export const NOTHING: ActionSupport = {
  documentChanges: false,
  createFile: false,
  snippets: false,
  showDocument: false,
  compare: false,
  deleteDraft: false,
  chooseStet: false,
  showRule: false,
};

/** An open draft in Markdown with these findings. */
export function lintedDraft(draft: Draft, findings: readonly Finding[]): LintedDraft {
  const lines = lineIndex(draft.text);
  return { uri: "file:///a.md", version: 1, languageId: "markdown", draft, lines, findings };
}
