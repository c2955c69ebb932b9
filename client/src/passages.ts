import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { COMPARE, PASSAGE } from "../../server/src/protocol.ts";

const SCHEME = "galley-passage";

interface Place {
  readonly uri: string;
  readonly range: { readonly start: vscode.Position; readonly end: vscode.Position };
}

/**
 * Registers the compare command and its content provider, which shows passages of drafts, read only. The text
 * comes from the server, so that a made-up URI can show nothing but passages of drafts.
 */
export function comparePassages(client: () => BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async ({ query }) => {
        const words = await client().sendRequest<string | null>(PASSAGE, placeIn(query));
        return words ?? "This is no passage of a draft that Galley reads.";
      },
    }),
    vscode.commands.registerCommand(COMPARE, async (left: Place, right: Place) => {
      await vscode.commands.executeCommand(
        "vscode.diff",
        passage(left),
        passage(right),
        `${title(left)} ↔ ${title(right)}`,
      );
    }),
  );
}

function passage(place: Place): vscode.Uri {
  const { path } = vscode.Uri.parse(place.uri);
  return vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify(place) });
}

function title(place: Place): string {
  const { path } = vscode.Uri.parse(place.uri);
  return `${path.slice(path.lastIndexOf("/") + 1)}, line ${place.range.start.line + 1}`;
}

/** The place in a URI's query. Not validated here: the server checks it. */
function placeIn(query: string): unknown {
  try {
    return JSON.parse(query) as unknown;
  } catch {
    return null;
  }
}
