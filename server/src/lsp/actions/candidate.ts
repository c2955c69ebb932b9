import type { Finding, Fix } from "../../draft/finding.ts";
import type { Edit } from "../../text/edits.ts";
import { CodeActionKind } from "../messages.ts";
import type { Wording } from "../../text/wording.ts";

/** A possible code action. Its edit is computed when the user chooses it. Its title is a wording until it is shown. */
export interface ActionCandidate<Title = string> {
  readonly title: Title;
  readonly kind: string;
  readonly preferred: boolean;
  readonly finding: Finding | undefined;
  readonly effect: ActionEffect;
}

/** What an action does: it changes a draft or a config file, or the client runs a command, which changes nothing. */
export type ActionEffect =
  | { readonly fix: Pick<Fix, "uri" | "edits" | "stops"> }
  | { readonly config: ConfigChange }
  | { readonly command: string; readonly arguments: unknown[] };

/**
 * The edits of a config file, from its text (undefined if it does not exist) and the path of its folder; none if they
 * can't be made exactly.
 */
export type ConfigChange = (text: string | undefined, folder: string) => Edit[];

/** A quick fix, or something else that is offered for a finding. */
export function quickFix(
  finding: Finding,
  title: Wording,
  effect: ActionEffect,
  preferred = false,
): ActionCandidate<Wording> {
  return { title, kind: CodeActionKind.QuickFix, preferred, finding, effect };
}

/** An action for the client to run; it changes nothing itself. */
export function commandAction(
  finding: Finding,
  title: Wording,
  command: string,
  ...args: unknown[]
): ActionCandidate<Wording> {
  return quickFix(finding, title, { command, arguments: args });
}
