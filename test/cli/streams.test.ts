import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { REPORTERS } from "../../server/src/cli/reporters/index.ts";
import { place, WRONG } from "./support.ts";

/* What goes to which stream, and the exit code, if there is nothing to check or nowhere to write. */

const CLI = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../dist/cli.js");
const NOTHING = "No drafts here: nothing was checked.\n";

describe.each(REPORTERS)("$name", (reporter) => {
  const { name: format } = reporter;
  test("an empty folder is not a failure, and the note about it stays out of machine-readable output", async () => {
    const there = place({ "code/a.ts": "export {};\n" });
    mkdirSync(path.join(there.folder, "empty"));
    for (const given of [["."], [], ["empty"], ["empty", "code"]]) {
      const { code, out, err } = await there.galley("check", "--format", format, ...given);
      expect(code).toBe(0);
      if (reporter.isForReaders) expect([out, err]).toEqual([NOTHING, ""]);
      else expect(err).toBe(`galley: ${NOTHING}`);
      if (format === "json") expect(JSON.parse(out)).toMatchObject({ files: [], problems: [] });
      if (format === "compact") expect(out).toBe("");
    }
  });

  test("a missing folder is named, and the exit code is 2", async () => {
    const there = place({ "a.md": WRONG });
    for (const given of [["gone", "a.md"], ["gone"]]) {
      const { code, err } = await there.galley("check", "--format", format, ...given);
      expect(code).toBe(2);
      expect(err).toBe("galley: gone: There is no such file or folder.\n");
    }
  });

  test("if there are drafts, nothing but the report is written", async () => {
    const there = place({ "a.md": WRONG });
    const { code, err } = await there.galley("check", "--format", format);
    expect([code, err]).toEqual([1, ""]);
  });
});

test.runIf(existsSync("/dev/full") && existsSync(CLI)).each(["check", "rules", "--help"])(
  "%s: output that can’t be written is reported, and the exit code is 2",
  (command) => {
    const { folder } = place({ "a.md": WRONG });
    const full = openSync("/dev/full", "w");
    try {
      const { status, stderr } = spawnSync(process.execPath, [CLI, command], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", full, "pipe"],
      });
      expect(stderr).toBe("galley: The output can’t be written: there is no space left.\n");
      expect(status).toBe(2);
    } finally {
      closeSync(full);
    }
  },
);
