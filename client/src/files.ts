import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type DirectoryEntry, READ_DIRECTORY, READ_FILE } from "../../server/src/protocol.ts";

/** Reads files for a server that can't: in a browser, or in a virtual workspace. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest(READ_DIRECTORY, async ({ uri }: { uri: string }) => {
    try {
      const found = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
      return found.flatMap(([name, type]): DirectoryEntry[] => {
        const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
        const isFolder = (type & vscode.FileType.Directory) !== 0;
        // Links to folders are not followed, because they may form a cycle.
        return isFolder && isLink ? [] : [{ name, isFolder }];
      });
    } catch {
      return null;
    }
  });
  client.onRequest(READ_FILE, async ({ uri }: { uri: string }) => {
    try {
      return base64(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
    } catch {
      return null;
    }
  });
}

function base64(bytes: Uint8Array): string {
  let units = "";
  // In chunks, because engines limit the number of arguments.
  for (let at = 0; at < bytes.length; at += 0x2000) {
    units += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  }
  return btoa(units);
}
