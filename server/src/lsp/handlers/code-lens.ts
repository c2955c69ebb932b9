import type { CodeLens } from "vscode-languageserver";
import { keyOf, pathOf, nameOf } from "../../project/places.ts";
import { COMPARE, DELETE_COPY, GO_TO } from "../../protocol.ts";
import { lineAt } from "../../text/lines.ts";
import { copyPlaces } from "../actions/places.ts";
import type { ActionSupport } from "../client.ts";
import { currentVersion } from "../current-version.ts";
import type { JudgedDraft, OtherDraft } from "../judgement.ts";
import { cancelled } from "../messages.ts";
import type { Services } from "../services.ts";

/** Code lenses. */
export function handleCodeLens({ connection, store, host, judgements }: Services): void {
  connection.onCodeLens(async ({ textDocument }, token) => {
    const path = pathOf(keyOf(textDocument.uri));
    await currentVersion(store, host.clock, path);
    if (token.isCancellationRequested) throw cancelled();
    const { options, client } = store.state;
    const judged = options.codeLens ? judgements.whileTyping(path)?.shown : undefined;
    return judged === undefined ? [] : codeLenses(judged, client.actions, judgements.other);
  });
}

/**
 * The code lenses of a draft: above each passage that stands elsewhere too, where that is, the two side by side,
 * and the deletion of this copy. Hints have none. No fix is worked out for them.
 */
export function codeLenses(
  judged: JudgedDraft,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
): CodeLens[] {
  return judged.findings.flatMap((finding) => {
    if (finding.severity === "hint") return [];
    const places = copyPlaces(judged, finding, other);
    if (places === undefined || !places.isPassage) return [];
    const { here, there, related } = places;
    const lens = (title: string, command: string, ...args: unknown[]): CodeLens => ({
      range: here.range,
      command: { title, command, arguments: args },
    });
    const line = `line ${lineAt(places.lines, related.start) + 1}`;
    const name = related.uri === undefined ? undefined : nameOf(related.uri);
    const where = name === undefined ? line : `${line} of ${name}`;
    const canDelete = finding.fixes?.some(
      ({ kind, uri }) => kind === "repeat" && uri === undefined,
    );
    return [
      ...(support.showDocument ? [lens(`Repeats ${where}`, GO_TO, there)] : []),
      ...(support.compare ? [lens("compare", COMPARE, there, here)] : []),
      ...(canDelete === true ? [lens("delete this copy", DELETE_COPY, here)] : []),
    ];
  });
}
