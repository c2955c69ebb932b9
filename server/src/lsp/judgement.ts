import type { Range } from "vscode-languageserver";
import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { type DistantFindings, lint } from "../engine/lint.ts";
import { type OpenDocument, draftOf } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { RULES } from "../rules/index.ts";
import type { Lines } from "../text/lines.ts";

/** A draft and its findings; everything here is of one version. */
export interface JudgedDraft {
  readonly uri: string;
  /** null for a document that is not open. */
  readonly version: number | null;
  readonly languageId: string;
  readonly draft: Draft;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
}

/** Another draft, with what an edit or a link to it needs. */
export type OtherDraft = Pick<JudgedDraft, "uri" | "version" | "lines">;

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

/**
 * The findings that a range selects. The list of problems and “go to next problem” select exactly the
 * span of a finding: then only that one. Otherwise all that it overlaps, the closest fit first.
 */
export function findingsAt(judged: JudgedDraft, range: Range): Finding[] {
  const { lines, draft } = judged;
  const offset = ({ line, character }: Range["start"]): number =>
    Math.min((lines[line] ?? draft.text.length) + character, draft.text.length);
  const start = offset(range.start);
  const end = offset(range.end);
  const exact = judged.findings.filter((one) => one.start === start && one.end === end);
  if (exact.length > 0) return exact;
  // An empty range (a cursor) matches the words before and after it; a selection only those inside.
  const touched = judged.findings.filter((one) =>
    start === end || one.start === one.end
      ? one.start <= end && start <= one.end
      : one.start < end && start < one.end,
  );
  const misfit = (one: Finding): number => Math.abs(one.start - start) + Math.abs(one.end - end);
  return touched.sort((a, b) => misfit(a) - misfit(b));
}
