import * as vscode from "vscode";

/** The command by which the server has two passages shown side by side. */
export const COMPARE = "galley.compare";

const SCHEME = "galley-passage";

interface Place {
  readonly uri: string;
  readonly range: { readonly start: vscode.Position; readonly end: vscode.Position };
}

/** Registers the command and what it shows: passages cut out of their documents, read only. */
export function comparePassages(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const place = JSON.parse(uri.query) as Place;
        const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
        return document.getText(rangeOf(place));
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

function rangeOf({ range: { start, end } }: Place): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
