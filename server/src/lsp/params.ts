import type { Position, Range } from "vscode-languageserver";
import { CARET, DRAFT_STATE, INCLUDE_KIND, SERVER_REPORT, STET_CHOICES } from "../protocol.ts";

/**
 * Whether a message's parameters have the fields that its handler relies on. Optional fields that no handler
 * relies on are not checked; a method that is not listed accepts everything.
 */
export function areValidParams(method: string, params: unknown): boolean {
  const isValid = SHAPES.get(method);
  if (isValid === undefined) return true;
  // JSON-RPC also allows the parameter as an array of one.
  return isValid(Array.isArray(params) && params.length === 1 ? params[0] : params);
}

/** A document and a range in it, for the custom requests. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

export function isPlace(value: unknown): value is Place {
  const { uri, range } = fieldsOf(value);
  return typeof uri === "string" && isRange(range);
}

export function isDocument(value: unknown): value is Pick<Place, "uri"> {
  return typeof fieldsOf(value)["uri"] === "string";
}

type Guard = (value: unknown) => boolean;

const SHAPES: ReadonlyMap<string, Guard> = new Map<string, Guard>([
  [
    "initialize",
    shape({ capabilities: isObject, workspaceFolders: orNone(listOf(shape({ uri: isText }))) }),
  ],
  ["initialized", isObject],
  [
    "textDocument/didOpen",
    shape({ textDocument: shape({ uri: isText, languageId: isText, text: isText }) }),
  ],
  [
    "textDocument/didChange",
    shape({
      textDocument: shape({ uri: isText }),
      contentChanges: listOf(shape({ text: isText, range: orNone(isRange) })),
    }),
  ],
  ["textDocument/willSave", shape({ textDocument: shape({ uri: isText }) })],
  ["textDocument/didSave", shape({ textDocument: shape({ uri: isText }) })],
  ["textDocument/didClose", shape({ textDocument: shape({ uri: isText }) })],
  ["textDocument/diagnostic", shape({ textDocument: shape({ uri: isText }) })],
  [
    "workspace/diagnostic",
    shape({ previousResultIds: listOf(shape({ uri: isText, value: isText })) }),
  ],
  [
    "textDocument/codeAction",
    shape({
      textDocument: shape({ uri: isText }),
      range: isRange,
      context: shape({ only: orNone(listOf(isText)) }),
    }),
  ],
  ["textDocument/hover", shape({ textDocument: shape({ uri: isText }), position: isPosition })],
  ["codeAction/resolve", isObject],
  ["workspace/executeCommand", shape({ command: isText, arguments: orNone(listOf(isAnything)) })],
  ["workspace/didChangeWatchedFiles", shape({ changes: listOf(shape({ uri: isText })) })],
  ["workspace/didChangeConfiguration", isObject],
  [
    "workspace/didChangeWorkspaceFolders",
    shape({
      event: shape({
        added: listOf(shape({ uri: isText })),
        removed: listOf(shape({ uri: isText })),
      }),
    }),
  ],
  [DRAFT_STATE, shape({ uri: isText })],
  [CARET, shape({ uri: isText, position: orNone(isPosition) })],
  [INCLUDE_KIND, shape({ uri: isText })],
  [SERVER_REPORT, orNone(shape({ uri: orNone(isText) }))],
  [STET_CHOICES, shape({ uri: isText, range: isRange })],
]);

/** A guard for an object by the guards of its fields; other fields are ignored. */
function shape(guards: Readonly<Record<string, Guard>>): Guard {
  const entries = Object.entries(guards);
  return (value) => {
    const fields = fieldsOf(value);
    return isObject(value) && entries.every(([name, fits]) => fits(fields[name]));
  };
}

function listOf(fits: Guard): Guard {
  return (value) => Array.isArray(value) && value.every(fits);
}

/** A guard that also accepts undefined and null: some clients send null for an absent field. */
function orNone(fits: Guard): Guard {
  return (value) => value === undefined || value === null || fits(value);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isAnything(): boolean {
  return true;
}

function isRange(value: unknown): value is Range {
  const { start, end } = fieldsOf(value);
  return isPosition(start) && isPosition(end);
}

function isPosition(value: unknown): value is Position {
  const { line, character } = fieldsOf(value);
  return [line, character].every((one) => Number.isInteger(one) && Number(one) >= 0);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
