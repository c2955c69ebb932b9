import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { LARGEST_DRAFT } from "../../server/src/draft/largest.ts";
import { MAX_BYTES } from "../../server/src/project/read-limits.ts";
import { type Place, place, RIGHT, WRONG } from "./support.ts";

/** Things that have a file's name but are not files, the command that makes each, and what is reported. */
const KINDS: readonly (readonly [string, readonly string[], string])[] = [
  ["pipe", ["mkfifo"], "It is a pipe, not a file."],
  ["device", ["ln", "-s", "/dev/zero"], "It is a device, not a file."],
  ["page map", ["ln", "-s", "/proc/self/pagemap"], "It (?:is larger than|can’t be read)"],
  ["folder", ["mkdir"], "It is a folder."],
  ["huge", ["truncate", "--size=400000000"], "It is larger than"],
];

const FILES = { "a.md": WRONG, "b.md": RIGHT };

function withOne(name: string, [command = "", ...args]: readonly string[]): Place {
  const there = place(FILES);
  mkdirSync(path.dirname(path.join(there.folder, name)), { recursive: true });
  execFileSync(command, [...args, path.join(there.folder, name)]);
  return there;
}

const onLinux = test.runIf(process.platform === "linux");

/** A draft with more lines than allowed. */
const TOO_LONG: (typeof KINDS)[number] = [
  "draft too long",
  ["sh", "-c", `yes | head -n ${LARGEST_DRAFT.lines} > "$0"`],
  "It has more than 1,000,000 characters or 25,000 lines.",
];

onLinux.each([...KINDS.filter(([kind]) => kind !== "folder"), TOO_LONG])(
  "a draft that is a %s is reported, and the rest is checked",
  async (_kind, make, message) => {
    const { galley } = withOne("x.md", make);
    const walked = await galley("check", "--format", "compact");
    expect(walked.err).toMatch(new RegExp(`^galley: x\\.md: ${message}.*\n$`));
    expect(walked.out).toMatch(/^a\.md:1:20: .*\n$/);
    expect(walked.code).toBe(1);
    const named = await galley("check", "x.md", "b.md", "--format", "compact");
    expect(named).toMatchObject({ code: 2, err: walked.err });
  },
);

/** Files that configure a check, the outcome if each is special, and the exit code. */
const ROLES = [
  [".galley.json", "What it sets does not hold.", 2],
  [".galley-baseline.json", "What it lists is reported.", 2],
  [".gitignore", "Nothing is left out by it.", 1],
  [".git/info/exclude", "Nothing is left out by it.", 1],
] as const;
const IN_ROLES = ROLES.flatMap((role) => KINDS.map((kind) => [...role, ...kind] as const));

onLinux.each(IN_ROLES)(
  "%s, of which is said “%s”, with %i, if it is a %s",
  async (name, consequence, exit, _kind, make, message) => {
    const { galley } = withOne(name, make);
    const { code, err, out } = await galley("check", "--format", "compact");
    const shown = name.replaceAll(".", "\\.");
    expect(err).toMatch(new RegExp(`^galley: ${shown}: ${message}.* ${consequence}\n$`));
    expect(out).toMatch(/^a\.md:1:20: .*\n$/);
    expect(code).toBe(exit);
  },
);

onLinux.each(KINDS)("what is named and is a %s is told, with 2", async (kind, make, message) => {
  const { galley } = withOne(".galley-baseline.json", make);
  for (const option of ["--config", "--baseline"]) {
    const named = await galley("check", "a.md", option, ".galley-baseline.json");
    expect(named.code).toBe(2);
    expect(named.err).toMatch(new RegExp(`^galley: \\.galley-baseline\\.json: ${message}.*\n`));
  }
  expect((await galley("check", "--no-baseline", "--format", "compact")).err).toBe("");
  expect((await galley("baseline", "--update")).code).toBe(2);
  // Only a regular file is replaced by one.
  expect((await galley("baseline")).code).toBe(kind === "huge" ? 0 : 2);
});

test("standard input without an end is reported as too long", async () => {
  const { galley } = place({}, "a".repeat(MAX_BYTES.draft + 1));
  const err = "galley: -: It is larger than 3 MB.\n";
  expect(await galley("check", "-")).toMatchObject({ code: 2, err });
});
