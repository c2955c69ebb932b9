import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  LEFT,
  type LeftInDraft,
  type LeftRequest,
  READINESS,
  type Readiness,
  type UnreadyDraft,
} from "../../server/src/protocol.ts";
import { findingRow, groupRow } from "./finding-rows.ts";
import { openDraft } from "./documents.ts";
import { parentItem, type Row, ServerView } from "./views.ts";
import { findingsInWords, leftInWords, reachInWords, readinessInWords, total } from "./words.ts";

const VIEW = "galley.drafts";

/** Shows and hides the view's buttons, in `when` clauses. */
const GROUPING = "galley.drafts.grouping";

/** Chooses the text of the empty view: "some" or "none", once it is known whether there are drafts. */
const CHECKED = "galley.drafts.checked";

/** The drafts are listed again after this many milliseconds without a change of findings. */
const DELAY = 1000;

/**
 * The view of all drafts of the workspace that have findings, by draft or by kind. It asks for a draft's findings when
 * its row is opened.
 */
export class DraftsView extends ServerView {
  #drafts: readonly UnreadyDraft[] = [];
  #byKind = false;

  constructor(client: () => BaseLanguageClient) {
    super(client, VIEW, DELAY);
    const group = (byKind: boolean) => (): void => {
      this.#byKind = byKind;
      void vscode.commands.executeCommand("setContext", GROUPING, byKind ? "kind" : "draft");
      this.show(this.#grouped());
    };
    group(false)();
    this.listen(
      vscode.languages.onDidChangeDiagnostics(this.askSoon),
      vscode.workspace.onDidDeleteFiles(this.askSoon),
      vscode.commands.registerCommand("galley.drafts.byKind", group(true)),
      vscode.commands.registerCommand("galley.drafts.byDraft", group(false)),
    );
  }

  protected override async read(client: BaseLanguageClient): Promise<readonly Row[]> {
    const { drafts, notReady, hinted, hints } = await client.sendRequest<Readiness>(READINESS);
    this.#drafts = [...notReady, ...hinted];
    // An empty view shows its welcome text instead, which says what can be done.
    this.tree.message =
      this.#drafts.length === 0 ? "" : readinessInWords(drafts, notReady.length, hints);
    const checked = drafts === 0 ? "none" : "some";
    await vscode.commands.executeCommand("setContext", CHECKED, checked);
    return this.#grouped();
  }

  #grouped(): Row[] {
    return this.#byKind
      ? kindsOf(this.#drafts).map((kind) => this.#kindRow(kind))
      : this.#drafts.map((draft) => this.#draftRow(draft));
  }

  #kindRow(of: KindOfDrafts): Row {
    const { kind, drafts, count } = of;
    const reach = vscode.l10n.t("{0}: {1}", kind, reachInWords(count, drafts.length));
    return {
      // It is in the tooltip, because beside a long name it would be cut off.
      item: () =>
        Object.assign(parentItem(kind, String(count)), {
          contextValue: "kinds",
          tooltip: reach,
          accessibilityInformation: { label: reach },
        }),
      children: () => draftsOfKind(of).map((draft) => this.#draftRow(draft, kind)),
      targets: drafts.map(({ uri }) => ({ uri, kind })),
    };
  }

  /** A draft; below a kind, only its findings of that kind. */
  #draftRow(draft: UnreadyDraft, kind?: string): Row {
    const { uri } = draft;
    return {
      item: () => draftItem(draft, kind),
      children: () => this.#findings(uri, kind),
      targets: [{ uri, ...(kind === undefined ? {} : { kind }) }],
    };
  }

  async #findings(uri: string, kind: string | undefined): Promise<Row[]> {
    const client = this.client();
    // Opening a draft makes the server lint it with its fixes. A deleted draft has no findings, and will soon leave the
    // list.
    if ((await openDraft(uri)) === undefined) return [];
    const request: LeftRequest = { uri, restores: false };
    const left = await client.sendRequest<LeftInDraft>(LEFT, request).catch(() => undefined);
    const groups = left?.groups ?? [];
    if (kind === undefined) return groups.map((group) => groupRow(group, uri));
    return groups.flatMap((one) => (one.kind === kind ? one.findings.map(findingRow) : []));
  }
}

function draftItem(draft: UnreadyDraft, kind: string | undefined): vscode.TreeItem {
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(draft.uri));
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const count = countOf(draft, kind);
  const what =
    kind === undefined
      ? leftInWords(draft)
      : vscode.l10n.t("{0}: {1}", kind, findingsInWords(count));
  // The findings are in the tooltip, because the folder would be cut off beside a long name.
  const description = [String(count), folder].filter((part) => part !== "").join(" · ");
  // No `resourceUri`: VS Code would add its own count, which leaves out hints.
  const item = parentItem(name, description);
  item.id = `draft ${kind ?? ""} ${draft.uri}`;
  item.tooltip = `${path}\n${what}`;
  item.iconPath = new vscode.ThemeIcon(iconOf(draft));
  item.contextValue = kind === undefined ? "draft" : "draft-of-kind";
  item.accessibilityInformation = { label: vscode.l10n.t("{0}: {1}", path, what) };
  return item;
}

function iconOf({ counts }: UnreadyDraft): string {
  if (counts.error > 0) return "error";
  if (counts.warning > 0) return "warning";
  return total(counts) > 0 ? "info" : "ellipsis";
}

/** A kind of finding, and the drafts that have it. */
interface KindOfDrafts {
  readonly kind: string;
  readonly drafts: readonly UnreadyDraft[];
  readonly count: number;
}

/** The kinds of findings, those with the most findings first. */
export function kindsOf(drafts: readonly UnreadyDraft[]): KindOfDrafts[] {
  const byKind = new Map<string, { drafts: UnreadyDraft[]; count: number }>();
  for (const draft of drafts) {
    for (const { kind, count } of draft.kinds) {
      const known = byKind.get(kind) ?? { drafts: [], count: 0 };
      byKind.set(kind, known);
      known.drafts.push(draft);
      known.count += count;
    }
  }
  return [...byKind].map(([kind, its]) => ({ kind, ...its })).sort((a, b) => b.count - a.count);
}

/** The drafts of a kind, those with the most findings of it first. */
export function draftsOfKind({ kind, drafts }: KindOfDrafts): UnreadyDraft[] {
  return [...drafts].sort((a, b) => countOf(b, kind) - countOf(a, kind));
}

/** How many findings a draft has, of one kind or of all. */
export function countOf({ kinds }: Pick<UnreadyDraft, "kinds">, kind?: string): number {
  const meant = kinds.filter((one) => kind === undefined || one.kind === kind);
  return meant.reduce((sum, { count }) => sum + count, 0);
}
