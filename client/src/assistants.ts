import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { Pause } from "./pause.ts";
import { FINDINGS, type FindingsRequest, type FoundInDrafts } from "../../server/src/protocol.ts";

/** The name in the manifest, which describes the tool's input and shows the tool only while the setting is on. */
const TOOL = "galley_check";

/** VS Code's API for language model tools, from 1.95 on; older versions lack it, so it is looked up at run time. */
interface ToolApi {
  readonly lm?: { registerTool?(name: string, tool: Tool): vscode.Disposable };
  readonly LanguageModelTextPart?: new (text: string) => unknown;
  readonly LanguageModelToolResult?: new (parts: readonly unknown[]) => unknown;
}

interface Tool {
  invoke(options: { readonly input: unknown }, token: vscode.CancellationToken): Promise<unknown>;
}

/** Offers the drafts' findings to assistants in the editor while the user's settings allow it. */
export function assistantTool(client: () => BaseLanguageClient, pause: Pause): vscode.Disposable {
  const api = vscode as ToolApi;
  const { LanguageModelTextPart: Part, LanguageModelToolResult: Result } = api;
  if (Part === undefined || Result === undefined) return new vscode.Disposable(() => undefined);
  let registered: vscode.Disposable | undefined;
  const follow = (): void => {
    const isOn = vscode.workspace.getConfiguration("galley").get("assistants") === true;
    if (!isOn) registered?.dispose();
    registered = isOn
      ? (registered ??
        api.lm?.registerTool?.(TOOL, {
          invoke: async ({ input }, token) =>
            new Result([new Part(pause.isOn ? IN_PAUSE : await answer(client(), input, token))]),
        }))
      : undefined;
  };
  follow();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("galley.assistants")) follow();
    }),
    new vscode.Disposable(() => {
      registered?.dispose();
    }),
  );
}

const IN_PAUSE = JSON.stringify({
  files: [],
  problems: [{ path: ".", message: "The user has paused Galley: nothing was looked up." }],
});

/** The findings as JSON, with the drafts' paths as the user sees them. */
async function answer(
  client: BaseLanguageClient,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<string> {
  const { path, hints } = { ...(input as { readonly path?: unknown; readonly hints?: unknown }) };
  const none = { path: path ?? ".", message: "There is no draft here that Galley reads." };
  const uris = typeof path === "string" ? placesNamed(path) : [];
  // An empty list would ask for all drafts.
  if (typeof path === "string" && uris.length === 0)
    return JSON.stringify({ files: [], problems: [none] });
  const request: FindingsRequest = {
    uris: uris.map((uri) => client.code2ProtocolConverter.asUri(uri)),
    hints: hints === true,
  };
  const { files, ...rest } = await client.sendRequest<FoundInDrafts>(FINDINGS, request, token);
  const shown = ({ path: uri }: { readonly path: string }): { path: string } => ({
    path: vscode.workspace.asRelativePath(client.protocol2CodeConverter.asUri(uri)),
  });
  return JSON.stringify({
    ...rest,
    files: files.map(({ findings, ...file }) => ({
      ...shown(file),
      findings: findings.map((finding) => ({
        ...finding,
        related: finding.related.map((place) => ({ ...place, ...shown(place) })),
      })),
    })),
    problems: files.length === 0 ? [none] : [],
  });
}

/** Every file that a path may mean: in each workspace folder, with or without the folder's name in front. */
function placesNamed(path: string): vscode.Uri[] {
  if (/^(?:[\\/]|[a-z]:)/i.test(path)) return [vscode.Uri.file(path)];
  return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri, name }) => {
    const within = vscode.Uri.joinPath(uri, path);
    return path === name || path.startsWith(`${name}/`)
      ? [within, vscode.Uri.joinPath(uri, path.slice(name.length))]
      : [within];
  });
}
