import { ErrorCodes, LSPErrorCodes, ResponseError } from "./protocol-library.ts";

/** The error for a request whose draft has changed. */
export function modified(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.ContentModified, "The draft has been changed since.");
}

/** The error for a request that the client cancelled. */
export function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Asked for no more.");
}

/** The error for a command with invalid arguments. */
export function invalidArguments(command: string): ResponseError<undefined> {
  return new ResponseError(
    ErrorCodes.InvalidParams,
    `The arguments of “${command}” are not those that it takes.`,
  );
}
