import type { OpenDocument } from "../project/document.ts";
import { draftOf } from "../project/document.ts";
import type { Finding } from "../draft/finding.ts";
import { type DistantFindings, lint } from "../engine/lint.ts";
import { RULES } from "../rules/index.ts";
import type { JudgedDraft } from "./actions/judged-draft.ts";
import type { DraftConfig } from "../project/workspace.ts";

/** An open draft's findings, and what they were computed from. */
export interface Judgement extends JudgedDraft {
  readonly document: OpenDocument;
  readonly config: DraftConfig;
}

/** Checks an open draft. Incremental: unchanged blocks are not checked again. */
export function judge(
  document: OpenDocument,
  config: DraftConfig,
  elsewhere: readonly Finding[],
  distant?: DistantFindings,
): Judgement {
  const draft = draftOf(document, config.format);
  const findings = lint(draft, RULES, config.settings, { elsewhere, distant });
  return {
    uri: document.uri,
    version: document.version,
    languageId: document.languageId,
    lines: document.lines,
    draft,
    document,
    config,
    findings,
  };
}
