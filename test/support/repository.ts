import type { FileVersion } from "../../server/src/project/host.ts";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { type Folder, folderAt } from "./folder.ts";
import { newFolder } from "./for-one-test.ts";

/** A git repository on disk, for one test. */
export interface Repository extends Pick<Folder, "write" | "remove" | "move"> {
  readonly folder: string;
  git(...args: string[]): string;
  /** Commits everything. Returns the commit's id. */
  commit(): string;
}

/** A folder that is deleted after the test. */
export function scratchFolder(): string {
  return newFolder().path;
}

/** The environment of git in tests: no user settings, one author, one time. */
export const GIT_ENV: Readonly<Record<string, string>> = {
  PATH: process.env["PATH"] ?? "",
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "An Author",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_COMMITTER_NAME: "An Author",
  GIT_COMMITTER_EMAIL: "author@example.org",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

/** A repository with these files in its first commit, on the branch “main”. */
export function newRepository(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  folder = scratchFolder(),
): Repository {
  const repository = repositoryIn(folder);
  mkdirSync(folder, { recursive: true });
  repository.git("init", "--quiet", "--initial-branch=main");
  for (const [name, content] of Object.entries(files)) repository.write(name, content);
  if (Object.keys(files).length > 0) repository.commit();
  return repository;
}

/** A version of a file as a host reads it. */
export function versionOf(text: string, day = "2026-01-01"): FileVersion {
  return { commit: "abcdef0", day, bytes: Buffer.from(text) };
}

/** The repository that already is in a folder. */
export function repositoryIn(folder: string): Repository {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: folder, env: GIT_ENV, encoding: "utf8", stdio: "pipe" });
  return {
    ...folderAt(folder),
    folder,
    git,
    commit: () => {
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message=x");
      return git("rev-parse", "HEAD").trim();
    },
  };
}
