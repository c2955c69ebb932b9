import type {
  Connection,
  MessageStrategy,
  RequestMessage,
  Position,
  Range,
} from "vscode-languageserver";
import { type Check, isBoolean, isText, listOf, shape } from "../project/shape.ts";
import {
  CARET,
  DRAFT_STATE,
  FINDINGS,
  GIT_FOUND,
  INCLUDE_KIND,
  KIND_EDIT,
  KIND_WAYS,
  type KindRequest,
  LEFT,
  REACH,
  REMOVE_STET,
  type RemoveRequest,
  RESTORE_ALL,
  SERVER_REPORT,
  STET_CHOICES,
} from "../protocol.ts";
import { ErrorCodes, ResponseError } from "./messages.ts";

/** The method that replaces a refused request. Its only parameter is the error to answer with. */
const REFUSED = "galley/refused";

/** Checks each message before the connection's handlers get it. */
interface MessageGate {
  readonly strategy: MessageStrategy;
  /** Registers the handler that answers refused requests; call it before `connection.listen`. */
  attach(connection: Connection): void;
}

/**
 * Enforces the lifecycle of the protocol and valid parameters. A request before `initialize` is answered
 * with ServerNotInitialized, one after `shutdown` and a second `initialize` with InvalidRequest, and one with
 * invalid parameters with InvalidParams. Such notifications are dropped, except `exit`. Responses to the
 * server's own requests always pass.
 */
export function messageGate(): MessageGate {
  let state: "new" | "running" | "shut down" = "new";
  let log: (message: string) => void = () => undefined;

  /** The error for a message that is not allowed in the current state; undefined if it is allowed. */
  const lifecycleError = (method: string): ResponseError | undefined => {
    if (method === "exit") return undefined;
    const isInitialize = method === "initialize";
    if (state === "shut down") {
      return new ResponseError(ErrorCodes.InvalidRequest, "The server has been shut down.");
    }
    if (isInitialize === (state === "new")) return undefined;
    return isInitialize
      ? new ResponseError(ErrorCodes.InvalidRequest, "The server has been initialized already.")
      : new ResponseError(
          ErrorCodes.ServerNotInitialized,
          "The server waits for “initialize” first.",
        );
  };

  return {
    strategy: {
      handleMessage: (message, next) => {
        if (!("method" in message) || typeof message.method !== "string") return next(message);
        const { method } = message;
        const isRequest = "id" in message;
        const early = lifecycleError(method);
        const params = "params" in message ? message.params : undefined;
        const error = early ?? (areValidParams(method, params) ? undefined : invalid(method));
        if (error !== undefined) {
          if (isRequest) {
            return next({ ...message, method: REFUSED, params: [error] } as RequestMessage);
          }
          if (early === undefined) log(error.message);
          return undefined;
        }
        if (isRequest && method === "initialize") state = "running";
        if (isRequest && method === "shutdown") state = "shut down";
        return next(message);
      },
    },
    attach: (connection) => {
      log = (message) => {
        connection.console.error(message);
      };
      connection.onRequest(REFUSED, (error: unknown) => {
        // A client could call the method by its name.
        throw error instanceof ResponseError ? error : unknownMethod();
      });
    },
  };
}

function invalid(method: string): ResponseError {
  return new ResponseError(
    ErrorCodes.InvalidParams,
    `The parameters of “${method}” are not those that the protocol says.`,
  );
}

function unknownMethod(): ResponseError {
  return new ResponseError(ErrorCodes.MethodNotFound, `Unhandled method ${REFUSED}`);
}

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

const isObject = shape({});

/** A number beyond the end of any text means the end. */
const isOffset: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isPosition = shape<Position>({ line: isOffset, character: isOffset });

const isRange = shape<Range>({ start: isPosition, end: isPosition });

export const isPlace = shape<Place>({ uri: isText, range: isRange });

const isDocument = shape<Pick<Place, "uri">>({ uri: isText });

const DOCUMENT = shape({ textDocument: isDocument });

const DOCUMENTS = listOf(isDocument);

const SHAPES: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["initialize", shape({ capabilities: isObject, workspaceFolders: orNone(DOCUMENTS) })],
  ["initialized", isObject],
  [
    "textDocument/didOpen",
    shape({ textDocument: shape({ uri: isText, languageId: isText, text: isText }) }),
  ],
  [
    "textDocument/didChange",
    shape({
      textDocument: isDocument,
      contentChanges: listOf(shape({ text: isText, range: orNone(isRange) })),
    }),
  ],
  ["textDocument/willSave", DOCUMENT],
  ["textDocument/didSave", DOCUMENT],
  ["textDocument/didClose", DOCUMENT],
  ["textDocument/diagnostic", DOCUMENT],
  ["textDocument/codeLens", DOCUMENT],
  [
    "workspace/diagnostic",
    shape({ previousResultIds: listOf(shape({ uri: isText, value: isText })) }),
  ],
  [
    "textDocument/codeAction",
    shape({
      textDocument: isDocument,
      range: isRange,
      context: shape({ only: orNone(listOf(isText)) }),
    }),
  ],
  ["textDocument/hover", shape({ textDocument: isDocument, position: isPosition })],
  ["codeAction/resolve", isObject],
  ["workspace/executeCommand", shape({ command: isText, arguments: orNone(Array.isArray) })],
  ["workspace/didChangeWatchedFiles", shape({ changes: DOCUMENTS })],
  ["workspace/didChangeConfiguration", isObject],
  [
    "workspace/didChangeWorkspaceFolders",
    shape({ event: shape({ added: DOCUMENTS, removed: DOCUMENTS }) }),
  ],
  [DRAFT_STATE, isDocument],
  [FINDINGS, shape({ uris: listOf(isText), hints: isBoolean })],
  [LEFT, shape({ uri: isText, restores: orNone(isBoolean), waits: orNone(isBoolean) })],
  [GIT_FOUND, shape({ program: orNone(isText) })],
  [CARET, shape({ uri: isText, position: orNone(isPosition) })],
  [INCLUDE_KIND, shape({ uri: isText, onlyFile: orNone(isBoolean) })],
  [KIND_EDIT, shape<KindRequest>({ uri: isText, kind: orNone(isText), way: isWay })],
  [RESTORE_ALL, isDocument],
  [REMOVE_STET, shape<RemoveRequest>({ uri: isText, range: isRange, type: isText, text: isText })],
  [SERVER_REPORT, orNone(shape({ uri: orNone(isText) }))],
  [STET_CHOICES, isPlace],
  [REACH, shape({ rule: orNone(isText), phrase: orNone(isText), folder: orNone(isText) })],
]);

function isWay(value: unknown): boolean {
  return KIND_WAYS.some((way) => way === value);
}

/** A check that also accepts undefined and null: some clients send null for an absent field. */
function orNone(check: Check): Check {
  return (value) => value === undefined || value === null || check(value);
}
