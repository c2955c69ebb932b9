import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { Finding, Fix } from "../../draft/finding.ts";
import { record } from "../../settings/json-schema.ts";
import type { StetEntry } from "../../settings/settings.ts";
import { type Check, isCount, isText, listOf, optional, shape } from "../../project/shape.ts";
import type { Edit } from "../../text/edits.ts";
import { isolated } from "../../text/excerpt.ts";
import { CodeActionKind } from "../messages.ts";
import type { Wording } from "../../text/wording.ts";

/** A possible code action. Its edit is computed when the user chooses it. Its title is a wording until it is shown. */
export interface ActionCandidate<Title = string> {
  readonly title: Title;
  readonly kind: string;
  readonly preferred: boolean;
  readonly finding: Finding | undefined;
  readonly payload: ActionPayload;
}

/** A quick fix, or something else that is offered for a finding. */
export function quickFix(
  finding: Finding,
  title: Wording,
  payload: ActionPayload,
  preferred = false,
): ActionCandidate<Wording> {
  return { title, kind: CodeActionKind.QuickFix, preferred, finding, payload };
}

/** An action for the client to run; it changes nothing itself. */
export function commandAction(
  finding: Finding,
  title: Wording,
  command: string,
  ...args: unknown[]
): ActionCandidate<Wording> {
  return quickFix(finding, title, {
    type: "command",
    command,
    arguments: args,
  });
}

/** What an action does. It is plain data, because the client sends it back for `codeAction/resolve`. */
export type ActionPayload =
  | { readonly type: "fix"; readonly fix: Fix }
  | { readonly type: "edits"; readonly edits: readonly Edit[] }
  | { readonly type: "stet"; readonly entry: StetEntry }
  | { readonly type: "accept"; readonly phrase: string }
  | { readonly type: "turn-off"; readonly rule: string }
  | { readonly type: "switch-off"; readonly rule: string }
  | { readonly type: "include"; readonly pattern: string }
  | { readonly type: "command"; readonly command: string; readonly arguments: unknown[] };

/** The payloads that write to a config file. */
export type ConfigPayload = Extract<
  ActionPayload,
  { readonly type: "stet" | "accept" | "turn-off" | "switch-off" | "include" }
>;

export function isConfigPayload(payload: ActionPayload): payload is ConfigPayload {
  return payload.type !== "fix" && payload.type !== "edits" && payload.type !== "command";
}

/** `CodeAction.data`: what `codeAction/resolve` needs to compute the edit. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly payload: ActionPayload;
}

/** The protocol's code action, without its edit. */
export function toCodeAction(
  candidate: ActionCandidate,
  diagnostics: readonly Diagnostic[],
): CodeAction {
  const { title, kind, preferred, payload } = candidate;
  const action: CodeAction = { title: isolated(title), kind };
  if (diagnostics.length > 0) action.diagnostics = [...diagnostics];
  if (preferred) action.isPreferred = true;
  if (payload.type === "command") {
    action.command = { title, command: payload.command, arguments: payload.arguments };
  }
  return action;
}

const SPAN = { start: isCount, end: isCount };
const EDITS = listOf(shape<Edit>({ ...SPAN, newText: isText }));
const FIX = shape({
  uri: optional(isText),
  edits: EDITS,
  stops: optional(listOf(shape(SPAN))),
});

/** The payloads that the client sends back, by type. */
const PAYLOADS: Readonly<Record<string, Check>> = {
  fix: shape({ fix: FIX }),
  edits: shape({ edits: EDITS }),
  stet: shape({ entry: shape({ rule: isText, text: isText, hash: isText }) }),
  accept: shape({ phrase: isText }),
  "turn-off": shape({ rule: isText }),
  "switch-off": shape({ rule: isText }),
  include: shape({ pattern: isText }),
};

/** Whether the `data` of a request has the shape of `ActionData`. A client can send anything. */
export const isActionData = shape<ActionData>({
  uri: isText,
  version: (value) => typeof value === "number",
  payload: (value) => {
    const { type } = record(value);
    const isKind = typeof type === "string" && Object.hasOwn(PAYLOADS, type);
    return isKind && PAYLOADS[type]?.(value) === true;
  },
});
