import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { GIT_FOUND } from "../../server/src/protocol.ts";

/** What we use of the git extension's exports. */
interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  /** Throws if there is no git. */
  getAPI(version: 1): { readonly git: { readonly path: string } };
}

/** VS Code's git extension. It may be disabled, and browsers don't have it. */
function gitExtension(): vscode.Extension<GitExtension> | undefined {
  return vscode.extensions.getExtension<GitExtension>("vscode.git");
}

/** Whether earlier versions of files may be available. */
export function hasGit(): boolean {
  return gitExtension() !== undefined;
}

/**
 * Names the git that VS Code runs to the server whenever the server has started, also after a crash, and when git is
 * turned on or off. Not in an untrusted workspace, because git may run programs that a repository names.
 */
export function announceGit(client: BaseLanguageClient): void {
  let listening: vscode.Disposable | undefined;
  const announce = async (): Promise<void> => {
    if (!vscode.workspace.isTrusted) return;
    try {
      const git = await gitExtension()?.activate();
      if (git === undefined || !client.isRunning()) return;
      listening ??= git.onDidChangeEnablement(() => void announce());
      const program = git.enabled ? git.getAPI(1).git.path : null;
      await client.sendNotification(GIT_FOUND, { program });
    } catch {
      // There is no git, the extension has another API, or the server has stopped.
    }
  };
  client.onDidChangeState(() => {
    if (client.isRunning()) void announce();
    else {
      listening?.dispose();
      listening = undefined;
    }
  });
}
