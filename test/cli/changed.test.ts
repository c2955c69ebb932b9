import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renamedDrafts } from "../../server/src/engine/renamed-drafts.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { reportIn } from "../support/command.ts";
import { GIT_ENV, newRepository, type Repository, scratchFolder } from "../support/repository.ts";
import { runs } from "../support/property.ts";
import { trap } from "../support/trap.ts";
import { place, type Place, RIGHT, WRONG } from "./support.ts";

const OWN =
  "Nobody in the village remembers a winter as mild as this one, and the farmers who sow in March wonder whether they ought to begin already in the last week of January.\n";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A repository with these files on “main”, and a branch checked out. */
function branch(files: Files, env: Readonly<Record<string, string>> = {}): Place & Repository {
  const its = place({}, "", { ...GIT_ENV, ...env });
  const repository = newRepository(files, its.folder);
  repository.git("checkout", "--quiet", "-b", "work");
  return { ...its, ...repository };
}

/** The findings, as PATH RULE LINE. */
async function newIn({ galley }: Place, ...args: string[]): Promise<string[]> {
  const ran = await galley("check", "--hints", "--format", "json", ...args);
  expect(ran.err).toBe("");
  return findingsOf(ran.out);
}

function findingsOf(out: string): string[] {
  return reportIn(out).files.flatMap((file) =>
    file.findings.map(({ rule, range }) => `${file.path} ${rule} ${range.start.line + 1}`),
  );
}

/** Drafts are not compared with each other. */
const ALONE = ["--rule", "repeated-elsewhere=off"];

const PARAGRAPH =
  "The committee decided on Tuesday to postpone the renovation of the old harbour bridge until the autumn, because two of the four bidders had withdrawn their offers without giving any reason.\n";
const MORE =
  "Residents of the northern district have complained for years about the noise of the night trains, and the railway has promised new barriers along the whole line before the end of the decade.\n";

test("only new findings are reported, in changed and untracked drafts", async () => {
  const at = branch({ "old.md": WRONG, "edited.md": `${WRONG}\n${RIGHT}` });
  expect(await newIn(at, "--changed=main")).toEqual([]);
  at.write("edited.md", `${RIGHT}\n${WRONG}\nShe said that that was was enough.\n`);
  at.write("untracked.md", "The mayor of of the town resigned on Monday.\n");
  expect(await newIn(at, "--changed=main")).toEqual([
    "edited.md repeated-word 5",
    "untracked.md repeated-word 1",
  ]);
  at.commit();
  expect(await newIn(at, "--changed=main")).toEqual([
    "edited.md repeated-word 5",
    "untracked.md repeated-word 1",
  ]);
});

test("what the other branch added meanwhile is not reported on this branch", async () => {
  const at = branch({ "a.md": WRONG });
  at.git("checkout", "--quiet", "main");
  at.write("b.md", RIGHT);
  at.write("a.md", RIGHT);
  at.commit();
  at.git("checkout", "--quiet", "work");
  at.write("c.md", WRONG.replace("Monday", "Sunday"));
  // With a two-dot diff, the finding in a.md would be new.
  expect(await newIn(at, "--changed=main")).toEqual(["c.md repeated-word 1"]);
});

test("renames are followed: committed or not, edited or not, into a checked folder, and in case only", async () => {
  const files = { "drafts/a.md": `${WRONG}\n${PARAGRAPH}`, "docs/b.md": WRONG };
  for (const isCommitted of [false, true]) {
    const at = branch(files);
    at.move("drafts/a.md", "docs/c.md");
    at.write("docs/c.md", `${WRONG}\n${MORE}\nIt was was late.\n`);
    at.move("docs/b.md", "docs/B.md");
    if (isCommitted) at.commit();
    expect(await newIn(at, "--changed=main", "docs")).toEqual(["docs/c.md repeated-word 5"]);
    expect(await newIn(at, "--changed=main")).toEqual(["docs/c.md repeated-word 5"]);
    expect(await newIn(at, "--changed=main", "docs/c.md")).toEqual(["docs/c.md repeated-word 5"]);
  }
});

test("through a linked folder each draft is compared in its own repository, also by pattern", async () => {
  const at = branch({ "own.md": RIGHT });
  const other = newRepository({ "content/a.md": WRONG });
  symlinkSync(path.join(other.folder, "content"), path.join(at.folder, "content"));
  for (const named of ["content", "content/*.md"]) {
    expect(await newIn(at, "--changed=HEAD", named)).toEqual([]);
  }
  other.move("content/a.md", "content/b.md");
  for (const named of ["content", "content/*.md", "content/b.md"]) {
    expect(await newIn(at, "--changed=HEAD", named)).toEqual([]);
  }
});

test("a draft renamed in a linked folder does not compete with itself", async () => {
  const at = branch({ "real/z.md": WRONG });
  // Of two equally similar drafts, the first by name is taken.
  symlinkSync("real", path.join(at.folder, "way"));
  at.move("real/z.md", "real/y.md");
  for (const named of ["way", "way/*.md", "way/y.md"]) {
    expect(await newIn(at, "--changed=HEAD", named)).toEqual([]);
  }
});

test.each([
  ["html", `<p>${WRONG}</p>\n`],
  ["story", WRONG],
])(
  "a renamed draft is followed even if its kind, such as %s, is only read by name",
  async (kind, text) => {
    const at = branch({ [`notes/a.${kind}`]: text, [`old/c.${kind}`]: text });
    at.move(`notes/a.${kind}`, `notes/b.${kind}`);
    for (const named of [`notes/b.${kind}`, `notes/*.${kind}`, `n*/b*.{md,${kind}}`]) {
      expect(await newIn(at, "--changed=HEAD", named)).toEqual([]);
      expect(await newIn(at, "--changed=HEAD", ".", named)).toEqual([]);
    }
    at.commit();
    // A draft that still exists is not one that another was renamed from.
    at.write(`notes/new.${kind}`, text);
    expect(await newIn(at, "--changed=HEAD", ".", `notes/new.${kind}`)).toHaveLength(1);
  },
);

test("an old passage in another draft is new there, pasted or moved; within its draft it is not", async () => {
  const at = branch({ "a.md": `${RIGHT}\n${WRONG}`, "b.md": RIGHT, "c.md": WRONG });
  at.write("a.md", `${WRONG}\n${RIGHT}`);
  expect(await newIn(at, "--changed=main")).toEqual([]);
  at.write("untracked.md", `${RIGHT}\n${WRONG}`);
  expect(await newIn(at, "--changed=main", ...ALONE)).toEqual(["untracked.md repeated-word 3"]);
  at.write("a.md", RIGHT);
  at.write("b.md", `${WRONG}\n${RIGHT}`);
  for (const paths of [[], ["b.md", "untracked.md"]]) {
    expect(await newIn(at, "--changed=main", ...ALONE, ...paths)).toEqual([
      "b.md repeated-word 1",
      "untracked.md repeated-word 3",
    ]);
  }
});

test("of two new drafts, the one with more of the deleted text counts as renamed, whichever is named", async () => {
  const at = branch({ "old.md": `${WRONG}\nIt was was late.\n` });
  at.move("old.md", "renamed.md");
  at.write("new.md", WRONG);
  for (const paths of [[], ["new.md"], ["new.md", "renamed.md"]]) {
    expect(await newIn(at, "--changed=main", ...ALONE, ...paths)).toEqual([
      "new.md repeated-word 1",
    ]);
  }
  expect(await newIn(at, "--changed=main", ...ALONE, "renamed.md")).toEqual([]);
});

test("a repeat of an old passage in a new draft is reported once", async () => {
  const at = branch({ "2024-01-01-old.md": `# Old\n\n${OWN}\n${PARAGRAPH}\n${MORE}` });
  at.write("2025-01-01-new.md", `# New\n\n${RIGHT}\n${PARAGRAPH}\n${MORE}`);
  const found = await newIn(at, "--changed=main");
  expect(found).toEqual(["2025-01-01-new.md repeated-elsewhere 5"]);
  at.commit();
  at.git("branch", "--force", "main", "work");
  at.write("unlike.md", RIGHT);
  expect(await newIn(at, "--changed=main")).toEqual([]);
});

test("a finding that a pure deletion causes is reported", async () => {
  const at = branch({
    "a.md": "# Town\n\n## Water\n\nIt rose.\n\n## Fire\n\nIt burned for a day.\n",
  });
  at.write("a.md", "# Town\n\n## Water\n\n## Fire\n\nIt burned for a day.\n");
  expect(await newIn(at, "--changed=main")).toEqual(["a.md empty-section 3"]);
});

test("a changed setting is not a change of text, and a deleted file has no findings", async () => {
  const at = branch({
    "a.md": WRONG,
    "b.md": WRONG,
    ".galley.json": `{ "rules": { "repeated-word": "off" } }`,
  });
  at.remove(".galley.json");
  at.remove("b.md");
  expect(await newIn(at)).toEqual(["a.md repeated-word 1"]);
  expect(await newIn(at, "--changed=main")).toEqual([]);
});

test("old text is not passed through filters, whatever its line endings", async () => {
  const at = branch({ "a.md": `${WRONG}\n${RIGHT}` });
  at.git("config", "core.autocrlf", "true");
  at.write("a.md", `${WRONG}\n${RIGHT}`.replaceAll("\n", "\r\n"));
  expect(await newIn(at, "--changed=main")).toEqual([]);
});

test("drafts with unusual names are compared with their own versions: a folder, a file, and a link to one", async () => {
  const names = ["-x.md", "a b.md", '"q".md', "ü#?%41.md", "li\nne.md", "d/*.md"];
  const at = branch(Object.fromEntries(names.map((name) => [name, WRONG])));
  expect(await newIn(at, "--changed=main")).toEqual([]);
  expect(await newIn(at, "--changed=main", "./-x.md", "d")).toEqual([]);
  for (const name of names) at.write(name, `${WRONG}\nIt was was late.\n`);
  expect(await newIn(at, "--changed=main", ...ALONE)).toHaveLength(names.length);
});

test("with several paths, allowed warnings, hints and another format it reports the same", async () => {
  const at = branch({ "a/a.md": WRONG, "b/b.md": WRONG });
  at.write("a/c.md", "It was was late.\n");
  const { out, code } = await at.galley("check", "--changed=main", "--format", "compact", "a", "b");
  expect(out).toMatch(/^a\/c\.md:1:4: warning: [^\n]*\n$/);
  expect(code).toBe(1);
  const allowed = await at.galley("check", "--changed=main", "--max-warnings", "1");
  expect(allowed.code).toBe(0);
  expect(await newIn(at, "--changed=main", "?/*.md")).toEqual(["a/c.md repeated-word 1"]);
  const silent = await at.galley("check", "--changed=work", "b");
  expect(silent.code).toBe(0);
  expect(silent.out).toContain("Nothing new since work");
});

test("by default it compares with the branch of the pull request, its commit, or the upstream", async () => {
  const files = { "a.md": WRONG };
  const upstream = branch(files);
  upstream.git("branch", "--set-upstream-to=main", "work");
  expect(await newIn(upstream, "--changed")).toEqual([]);
  // The next argument is a path.
  expect(await newIn(upstream, "--changed", "a.md")).toEqual([]);

  const github = branch(files, { GITHUB_BASE_REF: "main" });
  github.git("update-ref", "refs/remotes/origin/main", "main");
  github.write("a.md", `${WRONG}\nIt was was late.\n`);
  github.commit();
  github.git("branch", "--force", "main", "work");
  expect(await newIn(github, "--changed")).toEqual(["a.md repeated-word 3"]);

  const commit = github.git("rev-parse", "HEAD").trim();
  const gitlab = { ...GIT_ENV, CI_MERGE_REQUEST_DIFF_BASE_SHA: commit, GITHUB_BASE_REF: "" };
  const there = place({}, "", gitlab);
  github.git("clone", "--quiet", ".", there.folder);
  expect(await newIn(there, "--changed")).toEqual([]);
});

test("a comparison that fails gives one line that says what to do, exit code 2 and no report", async () => {
  const at = branch({ "a.md": WRONG });
  const fails = async (its: Place, args: readonly string[], message: RegExp): Promise<void> => {
    const { code, out, err } = await its.galley("check", ...args);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, ""]);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  };
  await fails(at, ["--changed"], /no upstream.*--changed=origin\/main/);
  await fails(at, ["--changed", "main"], /“main” is no file or folder.*: --changed=main\.$/m);
  await fails(at, ["--changed=nowhere"], /no “nowhere” in this clone.*fetch-depth: 0/);
  await fails(at, ["--changed=--help"], /no “--help” in this clone/);
  await fails(at, ["--changed=main..work"], /no “main\.\.work” in this clone/);
  await fails(at, ["--changed=HEAD:a.md"], /no “HEAD:a\.md” in this clone/);
  await fails(at, ["--changed=\u001b[31m"], /no “[^\u001b]*” in this clone/);

  const empty = place({ "a.md": WRONG }, "", GIT_ENV);
  newRepository({}, empty.folder);
  await fails(empty, ["--changed=main"], /no commit yet/);

  at.git("checkout", "--quiet", "--orphan", "other");
  at.write("b.md", RIGHT);
  at.commit();
  await fails(at, ["--changed=main"], /left “main” is not in this clone.*fetch-depth: 0/);

  const github = place({}, "", { ...GIT_ENV, GITHUB_BASE_REF: "main" });
  at.git("clone", "--quiet", "--depth=1", `file://${at.folder}`, github.folder);
  await fails(github, ["--changed"], /no “main” in this clone.*fetch-depth: 0/);

  const bare = place({ "a.md": WRONG }, "", GIT_ENV);
  at.git("clone", "--quiet", "--bare", ".", `${bare.folder}/x`);
  await fails(bare, ["--changed=main", "x"], /in no repository/);
  await fails(bare, ["--changed=main"], /in no repository/);

  const broken = branch({ "a.md": WRONG });
  broken.write(".git/config", "[core\n");
  await fails(broken, ["--changed=main"], /Git refuses: .*config/);

  const none = place({ "a.md": WRONG }, "", { PATH: scratchFolder() });
  newRepository({}, none.folder);
  await fails(none, ["--changed=main"], /needs git, which is not installed/);
});

test("a shallow clone lacks the merge base, a clone with --filter the old version: both are reported", async () => {
  const origin = branch({ "a.md": WRONG });
  origin.git("config", "uploadpack.allowFilter", "true");
  for (const count of [1, 2, 3]) {
    origin.write("a.md", `${WRONG}\n${"It rained. ".repeat(count)}\n`);
    origin.commit();
  }
  const shallow = place({}, "", GIT_ENV);
  const url = `file://${origin.folder}`;
  origin.git("clone", "--quiet", "--depth=1", "--no-single-branch", url, shallow.folder);
  const ran = await shallow.galley("check", "--changed=main");
  expect(ran.err).toMatch(/left “main” is not in this clone.*fetch-depth: 0/);
  expect(ran.code).toBe(2);

  const partial = place({}, "", GIT_ENV);
  origin.git("clone", "--quiet", "--filter=blob:none", url, partial.folder);
  const { err, code } = await partial.galley("check", "--changed=main");
  expect(err).toMatch(/old version of a\.md is not in this clone.*--filter/);
  expect(code).toBe(2);
});

test("worktrees and submodules have their own versions", async () => {
  const inner = newRepository({ "in.md": WRONG });
  const at = branch({ "a.md": WRONG });
  at.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.folder, "sub");
  at.commit();
  at.git("branch", "--force", "main", "work");
  expect(await newIn(at, "--changed=main")).toEqual([]);
  at.write("sub/in.md", `${WRONG}\nIt was was late.\n`);
  at.write("sub/new.md", WRONG);
  expect(await newIn(at, "--changed=main")).toEqual([
    "sub/in.md repeated-word 3",
    "sub/new.md repeated-word 1",
  ]);

  const linked = place({}, "", GIT_ENV);
  at.git("worktree", "add", "--quiet", "-b", "third", `${linked.folder}/tree`, "main");
  writeFileSync(path.join(linked.folder, "tree/b.md"), WRONG);
  const { out } = await linked.galley("check", "--format", "json", "--changed=main", "tree");
  expect(findingsOf(out)).toEqual(["tree/b.md repeated-word 1"]);
});

test("--changed is refused with standard input, or with an empty value", async () => {
  const at = branch({ "a.md": WRONG });
  for (const args of [["--changed", "-"], ["--changed="]]) {
    const { code, out, err } = await at.galley("check", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("--changed");
  }
  expect(at.git("status", "--porcelain")).toBe("");
});

test("with --fix only new findings are fixed, and old versions are read once", async () => {
  const bin = scratchFolder();
  const asked = path.join(bin, "asked");
  const program = `#!/bin/sh\necho "$*" >> '${asked}'\nPATH='${GIT_ENV["PATH"]}' exec git "$@"\n`;
  writeFileSync(path.join(bin, "git"), program, { mode: 0o755 });
  const at = branch({ "a.md": WRONG }, { PATH: bin });
  at.write("a.md", `${WRONG}\nShe said that the the ferry was late.\n`);
  at.write("b.md", "The mayor of the the town resigned on Monday.\n");
  const { out } = await at.galley("check", "--changed=main", "--fix");
  expect(out).toMatch(/^a\.md:3 .*\nb\.md:1 .*\n\nNothing new since main/);
  expect(at.read("a.md")).toBe(`${WRONG}\nShe said that the ferry was late.\n`);
  expect(at.read("b.md")).toBe("The mayor of the town resigned on Monday.\n");
  const reads = readFileSync(asked, "utf8").match(/ls-tree|cat-file/g);
  expect(reads).toEqual(["ls-tree", "cat-file"]);
});

/** Edits that make up a history; each changes the drafts of the working folder. */
const TEXTS = [WRONG, RIGHT, "It was was late.\n", "## Water\n", PARAGRAPH, MORE, "TODO\n"];
const NAMES = ["a.md", "b.md", "2024-01-01-c.md", "d/e.md", "d/2025-02-02-f.md"];
const text = fc.array(fc.constantFrom(...TEXTS), { maxLength: 4 }).map((parts) => parts.join("\n"));
const name = fc.constantFrom(...NAMES);
const edit = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), name, text }),
  fc.record({ kind: fc.constant("remove" as const), name }),
  fc.record({ kind: fc.constant("move" as const), name, to: name }),
  fc.record({ kind: fc.constant("commit" as const) }),
);

test("over random histories, --changed reports a finding exactly if the merge base's report lacks it", async () => {
  const counts = { fresh: 0, known: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, text),
      fc.array(edit, { maxLength: 6 }),
      fc.array(edit, { maxLength: 3 }),
      async (files, edits, othersEdits) => {
        const at = branch({ "keep.md": RIGHT, ...files });
        const make = (all: typeof edits): void => {
          for (const one of all) {
            if (one.kind === "commit") at.commit();
            else if (one.kind === "write") at.write(one.name, one.text);
            else if (one.kind === "remove") at.remove(one.name);
            else if (existsSync(path.join(at.folder, one.name))) at.move(one.name, one.to);
          }
        };
        const before = await reportOf(at, at.folder);
        // The other branch continues, too.
        at.git("checkout", "--quiet", "main");
        make(othersEdits);
        at.commit();
        at.git("checkout", "--quiet", "work");
        make(edits);
        const after = await reportOf(at, at.folder);
        const told = await reportOf(at, at.folder, "--changed=main");
        const without = (all: Kinds, others: Kinds): Kinds =>
          new Map([...all].filter(([draft]) => !others.has(draft)));
        const renamed = renamedDrafts(without(before, after), without(after, before), RULES);
        const expected = [...after].map(([draft, kinds]) => {
          const known = before.get(draft) ?? before.get(renamed.get(draft) ?? "");
          const more = [...kinds].flatMap(([kind, count]): [string, number][] => {
            const least = known?.get(kind) ?? 0;
            counts.known += Math.min(count, least);
            counts.fresh += Math.max(0, count - least);
            return count > least ? [[kind, count]] : [];
          });
          return [draft, new Map(more)] as const;
        });
        expect(told).toEqual(new Map(expected));
      },
    ),
    runs(12),
  );
  expect(counts.fresh).toBeGreaterThan(5);
  expect(counts.known).toBeGreaterThan(5);
});

type Kinds = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The findings of each draft by rule and digest, with the number of the last reported one. */
async function reportOf({ galley }: Place, folder: string, ...args: string[]): Promise<Kinds> {
  const found = new Map<string, Map<string, number>>();
  const json = await galley("check", "--format", "json", ...args, folder);
  for (const { path: draft } of reportIn(json.out).files) found.set(draft, new Map());
  const { out, err } = await galley("check", "--hints", "--format", "sarif", ...args, folder);
  expect(err).toBe("");
  const { runs } = JSON.parse(out) as {
    runs: {
      results: {
        partialFingerprints: Record<string, string>;
        locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
      }[];
    }[];
  };
  for (const { partialFingerprints, locations } of runs[0]?.results ?? []) {
    const [rule = "", digest, count] = (partialFingerprints["galley/v1"] ?? "").split("/");
    const uri = locations[0]?.physicalLocation.artifactLocation.uri ?? "";
    found.get(uri)?.set(`${rule}/${digest ?? ""}`, Number(count));
  }
  return found;
}

test("findings of the baseline or the merge base are not reported, and ordinals count all", async () => {
  const at = branch({ "a.md": `${WRONG}\n${RIGHT}` });
  at.write("b.md", WRONG);
  expect((await at.galley("baseline")).code).toBe(0);
  at.write("b.md", `${WRONG}\n${RIGHT}\n${WRONG}`);
  at.write("c.md", "It was was late.\n");
  const found = await at.galley("check", "--format", "json", "--changed=main", ...ALONE);
  // Of two equal findings in a draft the baseline lists one.
  expect(findingsOf(found.out).filter((one) => !one.includes("repeated-block"))).toEqual([
    "b.md repeated-word 5",
    "c.md repeated-word 1",
  ]);
  expect(await newIn(at, "--changed=main", "--baseline", ".galley-baseline.json", "a.md")).toEqual(
    [],
  );
});

test("no program that a repository's configuration names is run", async () => {
  const at = place({}, "", GIT_ENV);
  const { commit, wasRun } = trap(undefined, at.folder);
  at.write(
    "a.md",
    "The stalls open at nine, according to , and close when the bell rings at four.\n",
  );
  const { out, err } = await at.galley("check", `--changed=${commit}`, "--restore");
  expect(err).toBe("");
  expect(out).toContain("a.md");
  expect(wasRun()).toBe(false);
});
