import type { Connection, MessageStrategy, RequestMessage } from "vscode-languageserver";
import { areValidParams } from "./params.ts";
import { ErrorCodes, ResponseError } from "./protocol-library.ts";

/** The method that a refused request is replaced by; its only parameter is the error to answer with. */
const REFUSED = "galley/refused";

/** Checks each message before the connection's handlers get it. */
export interface MessageGate {
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

  /** The error for a message that is not allowed in the present state; undefined where it is allowed. */
  const lifecycleError = (method: string): ResponseError | undefined => {
    if (method === "exit") return undefined;
    const isInitialize = method === "initialize";
    switch (state) {
      case "new":
        return isInitialize
          ? undefined
          : new ResponseError(
              ErrorCodes.ServerNotInitialized,
              "The server waits for “initialize” first.",
            );
      case "running":
        return isInitialize
          ? new ResponseError(ErrorCodes.InvalidRequest, "The server has been initialized already.")
          : undefined;
      case "shut down":
        return new ResponseError(ErrorCodes.InvalidRequest, "The server has been shut down.");
    }
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
