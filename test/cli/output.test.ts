import { describe, expect, test } from "vitest";
import { output, type OutputOptions } from "../../server/src/cli/check.ts";
import type { Problem } from "../../server/src/cli/problems.ts";
import type { Report } from "../../server/src/cli/report.ts";
import { compact } from "../../server/src/cli/reporters/compact.ts";
import { json } from "../../server/src/cli/reporters/json.ts";
import type { Severity } from "../../server/src/draft/finding.ts";
import { findingMadeUp, reportMadeUp } from "./reports.ts";
import { ioIn } from "../support/command.ts";

const OPTIONS: OutputOptions = {
  reporter: compact,
  only: undefined,
  columns: undefined,
  color: false,
  failOn: "information",
  maxWarnings: undefined,
};

function written(
  report: Report,
  more: Partial<OutputOptions> = {},
  problems: readonly Problem[] = [],
) {
  const io = ioIn("/");
  const code = output(report, problems, { ...OPTIONS, ...more }, io.stdout, io.stderr);
  return { code, out: io.out(), err: io.err() };
}

const of = (...severities: Severity[]): Report =>
  reportMadeUp([{ path: "a.md", words: 3, findings: severities.map((one) => findingMadeUp(one)) }]);

describe("the exit code", () => {
  test.each<[Severity[], Partial<OutputOptions>, number]>([
    [[], {}, 0],
    [["hint"], {}, 0],
    [["information"], {}, 1],
    [["information"], { failOn: "warning" }, 0],
    [["warning"], { failOn: "warning" }, 1],
    [["warning"], { failOn: "error" }, 0],
    [["error"], { failOn: "never" }, 0],
    // Counted warnings are not failures by themselves.
    [["warning"], { maxWarnings: 1 }, 0],
    [["warning", "warning"], { maxWarnings: 1 }, 1],
    [["warning"], { maxWarnings: 0, failOn: "never" }, 1],
    [["warning", "error"], { maxWarnings: 1 }, 1],
    [["warning", "information"], { maxWarnings: 1 }, 1],
    [["information"], { maxWarnings: 0, failOn: "warning" }, 0],
    [["error"], { maxWarnings: 2 }, 1],
  ])("%j with %j: %i", (severities, more, code) => {
    const ran = written(of(...severities), more);
    expect(ran.code).toBe(code);
    const isOver = severities.filter((one) => one === "warning").length > (more.maxWarnings ?? 9);
    expect(ran.err.includes(`, and --max-warnings allows ${more.maxWarnings ?? ""}`)).toBe(isOver);
  });

  test("is 2 for a fatal problem, and unchanged by any other", () => {
    const problem = { path: "b.md", message: "It can’t be read." };
    expect(written(of("error"), {}, [{ ...problem, fatal: true }]).code).toBe(2);
    expect(written(of(), {}, [{ ...problem, fatal: false }]).code).toBe(0);
  });
});

describe("standard error has what the report leaves out", () => {
  const skipped = reportMadeUp([], { skipped: [{ path: "b.md", reason: "It is ignored." }] });

  test("files that were not checked, except those with a problem", () => {
    expect(written(skipped).err).toContain("galley: b.md: It is ignored.\n");
    expect(written(skipped, { reporter: json }).err).not.toContain("ignored");
    const problem = { path: "b.md", message: "Gone.", fatal: false };
    const { err } = written(skipped, {}, [problem]);
    expect(err).toContain("galley: b.md: Gone.\n");
    expect(err).not.toContain("ignored");
    expect(written(reportMadeUp([], { unchecked: 2 })).err).toContain("2 files were not checked");
  });

  test("problems: fatal ones always", () => {
    const problem = { path: "b.md", message: "Gone." };
    expect(written(of(), { reporter: json }, [{ ...problem, fatal: false }]).err).toBe("");
    expect(written(of(), { reporter: json }, [{ ...problem, fatal: true }]).err).toContain("Gone.");
  });
});
