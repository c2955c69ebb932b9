import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { ActionCandidate, ActionPayload } from "./payload.ts";

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
  const action: CodeAction = { title, kind };
  if (diagnostics.length > 0) action.diagnostics = [...diagnostics];
  if (preferred) action.isPreferred = true;
  if (payload.type === "command") action.command = payload.command;
  return action;
}

/** Whether the `data` of a request has the shape of `ActionData`: a client can send anything. */
export function isActionData(data: unknown): data is ActionData {
  const { uri, version, payload } = fields(data);
  return typeof uri === "string" && typeof version === "number" && isPayload(fields(payload));
}

function isPayload(payload: Fields): boolean {
  const { type, folder } = payload;
  if (folder !== undefined && typeof folder !== "string") return false;
  switch (type) {
    case "fix":
      return isFix(fields(payload["fix"]));
    case "edits":
      return areEdits(payload["edits"]);
    case "stet":
      return isEntry(fields(payload["entry"]));
    case "accept":
      return typeof payload["phrase"] === "string";
    case "turn-off":
    case "switch-off":
      return typeof payload["rule"] === "string";
    case "include":
      return typeof payload["pattern"] === "string";
    default:
      return false;
  }
}

function isFix({ uri, edits, select }: Fields): boolean {
  const isOther = uri === undefined || typeof uri === "string";
  return isOther && areEdits(edits) && (select === undefined || isSpan(fields(select)));
}

function areEdits(edits: unknown): boolean {
  if (!Array.isArray(edits)) return false;
  return edits.every((edit: unknown) => {
    const one = fields(edit);
    return isSpan(one) && typeof one["newText"] === "string";
  });
}

function isSpan({ start, end }: Fields): boolean {
  return [start, end].every((offset) => Number.isInteger(offset) && Number(offset) >= 0);
}

function isEntry({ rule, text, hash }: Fields): boolean {
  return [rule, text, hash].every((value) => typeof value === "string");
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
