import type { Connection, MessageStrategy, RequestMessage } from "vscode-languageserver";
import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { areValidParams } from "./params.ts";

/** What a request becomes that is refused. Its only parameter is then the error that answers it. */
const REFUSED = "galley/refused";

/** Looks at each message before the connection's own handlers do. */
export interface MessageGate {
  readonly strategy: MessageStrategy;
  /** Has refused requests answered; to be called before the connection listens. */
  attach(connection: Connection): void;
}

/**
 * Lets through what comes at its time and with the parameters that the protocol says. Before `initialize`
 * every request is answered with ServerNotInitialized, after `shutdown` with InvalidRequest, as is a second
 * `initialize`; with other parameters it is answered with InvalidParams. Notifications are dropped then, but
 * for `exit`. Answers to the server's own requests always go through.
 */
export function messageGate(): MessageGate {
  let state: "new" | "running" | "shut down" = "new";
  let log: (message: string) => void = () => undefined;

  /** Why a message can't be handled now; undefined where it can. */
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
        // Whoever asks for it by its name has no such error to hand in.
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
