import type { Command } from "vscode-languageserver";
import type { Finding, Fix } from "../../draft/finding.ts";
import type { StetEntry } from "../../settings/settings.ts";
import type { Edit } from "../../text/edits.ts";

/** A possible code action; its edit is computed when the user chooses it. */
export interface ActionCandidate {
  readonly title: string;
  readonly kind: string;
  readonly preferred: boolean;
  readonly finding: Finding | undefined;
  readonly payload: ActionPayload;
}

/** What an action does. Plain data, because the client sends it back for `codeAction/resolve`. */
export type ActionPayload =
  | { readonly type: "fix"; readonly fix: Fix }
  | { readonly type: "edits"; readonly edits: readonly Edit[] }
  | ({ readonly type: "stet"; readonly entry: StetEntry } & ConfigTarget)
  | ({ readonly type: "accept"; readonly phrase: string } & ConfigTarget)
  | ({ readonly type: "turn-off"; readonly rule: string } & ConfigTarget)
  | ({ readonly type: "switch-off"; readonly rule: string } & ConfigTarget)
  | ({ readonly type: "include"; readonly pattern: string } & ConfigTarget)
  | { readonly type: "command"; readonly command: Command };

/** The payloads that write to a config file. */
export type ConfigPayload = Extract<
  ActionPayload,
  { readonly type: "stet" | "accept" | "turn-off" | "switch-off" | "include" }
>;

interface ConfigTarget {
  /** The folder whose `.galley.json` is changed, if there is a choice; see `configPlaces`. */
  readonly folder?: string;
}

export function isConfigPayload(payload: ActionPayload): payload is ConfigPayload {
  return payload.type !== "fix" && payload.type !== "edits" && payload.type !== "command";
}
