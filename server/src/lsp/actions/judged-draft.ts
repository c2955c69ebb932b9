import type { Draft } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import type { Lines } from "../../text/lines.ts";
import type { EditTarget } from "./workspace-edit.ts";

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
export interface OtherDraft extends EditTarget {
  readonly uri: string;
}
