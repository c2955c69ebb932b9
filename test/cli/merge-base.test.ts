import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  DEFAULT_REF,
  failed,
  mergeBaseWith,
  toReference,
} from "../../server/src/cli/merge-base.ts";
import type { Git, GitFailure } from "../../server/src/host/node/git.ts";
import { newFolder } from "../support/folder.ts";
import {
  eventFile,
  githubPush,
  gitlabPush,
  NOTHING_BEFORE,
  pushed,
  type Pushed,
} from "../support/pushes.ts";
import { GIT_ENV } from "../support/repository.ts";
import { ioIn, type Ran, runWith } from "../support/command.ts";
import { WRONG } from "./support.ts";

/* What --changed without a reference compares with, by CI's description of a push; with real git. */

const folder = newFolder();
let repository: Pushed;

beforeAll(() => {
  repository = pushed(WRONG, folder.path);
});

afterAll(() => {
  folder.dispose();
});

function changed(clone: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const args = ["check", "--changed", "--format=compact", "--rule=repeated-elsewhere=off"];
  return runWith(ioIn(clone, "", { env: { ...GIT_ENV, ...env } }), args);
}

function draftsIn(out: string): string[] {
  return [...out.matchAll(/^(\w+)\.md:/gm)].map(([, name = ""]) => name);
}

type Before = keyof Pushed["commits"] | "nothing";

function idOf(before: Before): string {
  return before === "nothing" ? NOTHING_BEFORE : repository.commits[before];
}

describe.each([
  ["GitHub Actions", githubPush],
  ["GitLab", gitlabPush],
])("in %s", (_name, push) => {
  test.each<[string, string, Before, string[]]>([
    ["a push to the default branch", "main", "b", ["c"]],
    ["one of several commits", "main", "a", ["b", "c"]],
    ["the first push of a branch", "work", "nothing", ["d", "e"]],
    ["a second push, which hides nothing of the first", "work", "d", ["d", "e"]],
    ["a forced push", "work", "gone", ["d", "e"]],
    ["a push of a tag", "", "nothing", ["d", "e"]],
  ])("%s is compared with the commit before it", async (_what, branch, before, expected) => {
    const clone = repository.cloned(branch || "work");
    const { out, err, code } = await changed(clone, push(branch, idOf(before)));
    expect(err).toBe("");
    expect(draftsIn(out)).toEqual(expected);
    expect(code).toBe(1);
  });

  const FETCH = /fetch-depth: 0.*GIT_DEPTH: 0/;
  test.each<[string, string, Before, number | undefined, RegExp, RegExp]>([
    ["what was pushed before", "main", "b", 1, /no “[\da-f]{40}” in this/, /--changed=HEAD~1/],
    ["what was forced away", "main", "gone", undefined, /no “[\da-f]{40}”/, /--changed=HEAD~1/],
    ["the default branch", "work", "nothing", 1, /no “main” in/, /--changed=origin\/main/],
    ["it, of a second push", "work", "d", 1, /no “main” in this clone/, /--changed=origin\/main/],
  ])(
    "a clone without %s exits with 2, and says what to fetch or to name",
    async (_what, branch, before, depth, missing, instead) => {
      const clone = repository.cloned(branch, depth);
      const { out, err, code } = await changed(clone, push(branch, idOf(before)));
      for (const said of [missing, FETCH, instead]) expect(err).toMatch(said);
      expect([out, code]).toEqual(["", 2]);
    },
  );

  test("the first push of the default branch has nothing to compare with, and says so", async () => {
    const env = push("main", NOTHING_BEFORE);
    const { out, err, code } = await changed(repository.cloned("main"), env);
    expect(err).toMatch(/CI names no commit that was there before\. .*--changed=HEAD~1/);
    expect([out, code]).toEqual(["", 2]);
  });
});

test("a commit that a forced push removed can't be fetched, and the message doesn't say to", async () => {
  const env = githubPush("main", repository.commits.gone, true);
  const { out, err, code } = await changed(repository.cloned("main"), env);
  expect(err).toMatch(/no “[\da-f]{40}” in this clone.* A forced push .*--changed=HEAD~1\.\n$/);
  expect(err).not.toContain("fetch-depth");
  expect([out, code]).toEqual(["", 2]);
  // If the clone has it anyway, it is compared with.
  const known = githubPush("main", repository.commits.b, true);
  expect(draftsIn((await changed(repository.cloned("main"), known)).out)).toEqual(["c"]);
});

test("a pull request is compared with its branch, whatever was pushed to it before", async () => {
  const env = { ...githubPush("work", repository.commits.d), GITHUB_BASE_REF: "main" };
  expect(draftsIn((await changed(repository.cloned("work"), env)).out)).toEqual(["d", "e"]);
});

test.each(["", "{", "[]", "null", '{ "before": 1, "repository": null }', '{"ref":"x"}'])(
  "an event without a commit, as %j, is an error",
  async (text) => {
    const { out, err, code } = await changed(repository.cloned("main"), eventFile(text));
    expect(err).toMatch(/CI names no commit that was there before/);
    expect([out, code]).toEqual(["", 2]);
  },
);

test("for other events the branch in the variables is used", async () => {
  const env = eventFile('{ "repository": { "default_branch": "main" } }');
  const its = { ...env, GITHUB_REF: "refs/heads/work" };
  const { out } = await changed(repository.cloned("work"), its);
  expect(draftsIn(out)).toEqual(["d", "e"]);
});

test.each(["--upload-pack=x", "^main", "a..b", "a\nb", "a\u0000b"])(
  "the name %j, which git would misread, is not passed to it",
  (name) => {
    expect(toReference(name, {}).candidates).not.toContain(name);
    const request = { CI_MERGE_REQUEST_DIFF_BASE_SHA: name };
    const push = gitlabPush("main", name);
    for (const env of [request, push]) expect(toReference(DEFAULT_REF, env).candidates).toEqual([]);
  },
);

test("git's output is not taken for a commit unless it is an id", async () => {
  const git: Git = { run: () => Promise.resolve({ bytes: Buffer.from("none\n") }) };
  await expect(mergeBaseWith(git, "/r", "main", {})).rejects.toThrow(/no commit yet/);
});

test("each failure of git becomes a sentence", () => {
  const failures: GitFailure[] = [
    { kind: "not installed" },
    { kind: "too slow" },
    { kind: "too large" },
    { kind: "refused", code: 3, message: "" },
  ];
  const told = failures.map((failure) => failed(failure).message);
  expect(new Set(told).size).toBe(failures.length);
  expect(told.at(-1)).toBe("Git refuses: it ended with 3.");
});
