import { type FSWatcher, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { URI } from "vscode-uri";
import type { Disposable } from "../../project/host.ts";

/** Folders that change often and contain no drafts. */
const NOISY = new Set([".git", "node_modules", ".hg", ".svn", ".venv", "__pycache__", ".cache"]);

/**
 * Watches a folder and everything below it. Uses recursive watching where the system supports it. On Linux every folder
 * has a watcher of its own, because Node's recursive one misses files in new folders.
 */
export function watchFolder(uri: string, changed: (uris: readonly string[]) => void): Disposable {
  const root = URI.parse(uri).fsPath;
  const notify = (file: string): void => {
    changed([URI.file(file).toString()]);
  };
  return process.platform === "linux" ? watchEach(root, notify) : watchWhole(root, notify);
}

/** Watches one file through its folder: a replaced file is a different one to the system. */
export function watchFile(uri: string, changed: (uris: readonly string[]) => void): Disposable {
  const file = URI.parse(uri).fsPath;
  const watcher = attempt(() =>
    watch(path.dirname(file), (_event, name) => {
      if (name === null || name === path.basename(file)) changed([uri]);
    }),
  );
  watcher?.on("error", () => {
    watcher.close();
  });
  return { dispose: () => watcher?.close() };
}

function watchWhole(root: string, tell: (file: string) => void): Disposable {
  const watcher = attempt(() =>
    watch(root, { recursive: true }, (_event, name) => {
      if (name !== null && !name.split(path.sep).some((part) => NOISY.has(part))) {
        tell(path.join(root, name));
      }
    }),
  );
  return { dispose: () => watcher?.close() };
}

function watchEach(root: string, tell: (file: string) => void): Disposable {
  const watchers = new Map<string, FSWatcher>();
  let disposed = false;
  const drop = (folder: string): void => {
    for (const [other, watcher] of watchers) {
      if (other !== folder && !other.startsWith(`${folder}/`)) continue;
      watcher.close();
      watchers.delete(other);
    }
  };
  const add = async (folder: string, isNew: boolean): Promise<void> => {
    if (disposed || watchers.has(folder)) return;
    const watcher = attempt(() =>
      watch(folder, (event, name) => {
        if (name === null || NOISY.has(name)) return;
        const file = path.join(folder, name);
        tell(file);
        if (event === "rename") {
          // This may be a folder that was created, deleted or replaced.
          drop(file);
          void add(file, true);
        }
      }),
    );
    if (watcher === undefined) return;
    watcher.on("error", () => {
      drop(folder);
    });
    watchers.set(folder, watcher);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      // This is a file: its folder's watcher reports it.
      drop(folder);
      return;
    }
    for (const entry of entries) {
      if (!entry.isDirectory() || NOISY.has(entry.name)) continue;
      const inner = path.join(folder, entry.name);
      await add(inner, isNew);
      // Files may have been created in it before it was watched.
      if (isNew) tell(inner);
    }
  };
  void add(root, false);
  return {
    dispose: () => {
      disposed = true;
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function attempt(start: () => FSWatcher): FSWatcher | undefined {
  try {
    return start();
  } catch {
    return undefined;
  }
}
