import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";

/** The answer to a request whose draft is another now. */
export function modified(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.ContentModified, "The draft has been changed since.");
}

/** The answer to a request that nobody wants answered any more. */
export function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Asked for no more.");
}

/** The answer to a command whose arguments are not what it takes. */
export function invalidArguments(command: string): ResponseError<undefined> {
  return new ResponseError(
    ErrorCodes.InvalidParams,
    `The arguments of “${command}” are not those that it takes.`,
  );
}
