import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FILE_VERSION,
  type FileVersion,
  NOT_KNOWN,
  VERSIONS_FOUND,
} from "../../server/src/protocol.ts";
import { type FileVersions, fileVersions, type GitRepository } from "./file-versions.ts";

/** What we use of the git extension's exports. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly onDidOpenRepository: vscode.Event<unknown>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** VS Code's git extension. It may be disabled, and browsers don't have it. */
function gitExtension(): vscode.Extension<GitExtension> | undefined {
  return vscode.extensions.getExtension<GitExtension>("vscode.git");
}

/** Whether earlier versions of files are available. */
export function hasVersions(): boolean {
  return gitExtension() !== undefined;
}

/**
 * Answers the server's requests for earlier versions of a file. Not in an untrusted workspace, because git may run
 * programs that a repository names.
 */
export function answerVersionRequests(client: BaseLanguageClient): void {
  let last: { readonly key: string; readonly versions: FileVersions } | undefined;
  let listening: vscode.Disposable | undefined;
  const repositoryOf = async (file: vscode.Uri): Promise<GitRepository | undefined> => {
    const git = await gitApi();
    // At first git is still looking for repositories.
    listening ??= git?.onDidOpenRepository(() => {
      if (client.isRunning()) void client.sendNotification(VERSIONS_FOUND).catch(() => undefined);
      else listening?.dispose();
    });
    return git?.getRepository(file) ?? undefined;
  };
  client.onRequest(
    FILE_VERSION,
    async ({
      uri,
      index,
    }: {
      uri: string;
      index: number;
    }): Promise<FileVersion | typeof NOT_KNOWN | null> => {
      if (!vscode.workspace.isTrusted) return NOT_KNOWN;
      try {
        const file = vscode.Uri.parse(uri);
        const repository = file.scheme === "file" ? await repositoryOf(file) : undefined;
        if (repository === undefined) return NOT_KNOWN;
        // They stay the same until something is committed or checked out.
        const key = `${repository.state.HEAD?.commit ?? ""} ${uri}`;
        if (last?.key !== key) last = { key, versions: fileVersions(repository, file.fsPath) };
        const { versions } = last;
        return (await versions.at(index)) ?? ((await versions.isCommitted()) ? NOT_KNOWN : null);
      } catch {
        // The extension is disabled, has another API, or git was busy: the next request asks again.
        last = undefined;
        return NOT_KNOWN;
      }
    },
  );
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = gitExtension();
  if (extension === undefined) return undefined;
  const git = extension.isActive ? extension.exports : await extension.activate();
  return git.enabled ? git.getAPI(1) : undefined;
}
