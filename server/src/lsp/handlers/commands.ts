import { ShowDocumentRequest } from "vscode-languageserver";
import { GO_TO } from "../../protocol.ts";
import { invalidArguments } from "../errors.ts";
import { isPlace } from "../params.ts";
import type { Services } from "../services.ts";

/** The server's own commands. */
export function handleCommands({ connection }: Services): void {
  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const place: unknown = args?.[0];
    if (command !== GO_TO) return;
    if (!isPlace(place)) throw invalidArguments(command);
    await connection.sendRequest(ShowDocumentRequest.type, {
      uri: place.uri,
      selection: place.range,
      takeFocus: true,
    });
  });
}
