import type { Connection, MessageStrategy, RequestMessage } from "vscode-languageserver";
import { ErrorCodes, ResponseError } from "vscode-languageserver";

/** What a request becomes that the session is in no state to answer. */
const REFUSED = "galley/refused";

/** Where a session stands, as the protocol has it: what comes at the wrong time is refused or dropped. */
export interface Lifecycle {
  /** Looks at each message before the connection's own handlers do. */
  readonly strategy: MessageStrategy;
  /** Has refused requests answered; to be called before the connection listens. */
  attach(connection: Connection): void;
}

/**
 * Before `initialize` every request is answered with ServerNotInitialized, after `shutdown` with
 * InvalidRequest, as is a second `initialize`; notifications are dropped then, but for `exit`. Answers to
 * the server's own requests always go through.
 */
export function lifecycle(): Lifecycle {
  let state: "new" | "running" | "shut down" = "new";

  const isInTime = (method: string): boolean => {
    switch (method) {
      case "exit":
        return true;
      case "initialize":
        return state === "new";
      default:
        return state === "running";
    }
  };

  const refusal = (): ResponseError => {
    switch (state) {
      case "new":
        return new ResponseError(
          ErrorCodes.ServerNotInitialized,
          "The server waits for “initialize” first.",
        );
      case "running":
        return new ResponseError(
          ErrorCodes.InvalidRequest,
          "The server has been initialized already.",
        );
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
        if (!isInTime(method)) {
          const refused = { ...message, method: REFUSED } as RequestMessage;
          return isRequest ? next(refused) : undefined;
        }
        if (isRequest && method === "initialize") state = "running";
        if (isRequest && method === "shutdown") state = "shut down";
        return next(message);
      },
    },
    attach: (connection) => {
      connection.onRequest(REFUSED, () => {
        throw refusal();
      });
    },
  };
}
