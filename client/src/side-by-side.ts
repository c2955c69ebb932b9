import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Range } from "vscode-languageserver";
import { COMPARE } from "../../server/src/protocol.ts";
import { differences, type Part } from "./differences.ts";

/** A passage, as the server names it. */
interface Place {
  readonly uri: string;
  readonly range: Range;
}

interface Side {
  readonly editor: vscode.TextEditor;
  readonly range: vscode.Range;
}

/**
 * Registers the command that opens two passages side by side with their differences marked. They are open in the drafts
 * themselves, so both can be edited and have their own line numbers.
 */
export function passagesSideBySide(client: () => BaseLanguageClient): vscode.Disposable {
  // Long, as its functions share the marks.
  const marks = {
    passage: vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    }),
    left: wordMark("diffEditor.removedTextBackground", "diffEditorOverview.removedForeground"),
    right: wordMark("diffEditor.insertedTextBackground", "diffEditorOverview.insertedForeground"),
  };
  /** Documents whose lines were wrapped here. The command is a toggle, so a second call would undo it. */
  const wrapped = new WeakSet<vscode.TextDocument>();

  /** The editors that have marks. */
  let marked: readonly vscode.TextEditor[] = [];

  const clear = (): void => {
    for (const editor of marked) {
      for (const decoration of Object.values(marks)) editor.setDecorations(decoration, []);
    }
    marked = [];
  };

  const show = async (place: Place, column: vscode.ViewColumn): Promise<Side> => {
    const converter = client().protocol2CodeConverter;
    const range = converter.asRange(place.range);
    const document = await vscode.workspace.openTextDocument(converter.asUri(place.uri));
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn: column,
      preview: false,
      selection: new vscode.Range(range.start, range.start),
    });
    const setting = vscode.workspace.getConfiguration("editor", document).get("wordWrap");
    if (setting === "off" && !wrapped.has(document)) {
      wrapped.add(document);
      await vscode.commands.executeCommand("editor.action.toggleWordWrap");
    }
    editor.revealRange(range, vscode.TextEditorRevealType.AtTop);
    return { editor, range };
  };

  const mark = (left: Side, right: Side): void => {
    clear();
    marked = [left.editor, right.editor];
    const parts = differences(textOf(left), textOf(right));
    for (const [side, decoration, found] of [
      [left, marks.left, parts.left],
      [right, marks.right, parts.right],
    ] as const) {
      side.editor.setDecorations(marks.passage, [side.range]);
      side.editor.setDecorations(decoration, rangesOf(side, found));
    }
  };

  return vscode.Disposable.from(
    marks.passage,
    marks.left,
    marks.right,
    // A draft that is opened alone has no marks.
    vscode.window.onDidChangeVisibleTextEditors((visible) => {
      if (!marked.every((editor) => visible.includes(editor))) clear();
    }),
    vscode.commands.registerCommand(COMPARE, async (left: Place, right: Place) => {
      const leftSide = await show(left, vscode.ViewColumn.One);
      const rightSide = await show(right, vscode.ViewColumn.Two);
      mark(leftSide, rightSide);
    }),
  );
}

function wordMark(background: string, ruler: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(background),
    overviewRulerColor: new vscode.ThemeColor(ruler),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function textOf({ editor, range }: Side): string {
  return editor.document.getText(range);
}

function rangesOf({ editor, range }: Side, parts: readonly Part[]): vscode.Range[] {
  const { document } = editor;
  const from = document.offsetAt(range.start);
  return parts.map(
    ({ start, end }) =>
      new vscode.Range(document.positionAt(from + start), document.positionAt(from + end)),
  );
}
