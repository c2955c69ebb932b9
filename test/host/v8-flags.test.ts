import { execFileSync } from "node:child_process";
import v8 from "node:v8";
import { expect, onTestFinished, test, vi } from "vitest";
import { boundHeapGrowth, raiseCompileBudget } from "../../server/src/host/node/v8-flags.ts";

/** The flags that are set from now on, without V8. */
function flagsSet(): unknown[][] {
  const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => undefined);
  onTestFinished(() => {
    set.mockRestore();
  });
  return set.mock.calls;
}

test("the compile budget is raised only where that was measured to help", () => {
  const flags = flagsSet();
  for (const version of ["12.4.254.21-node.33", "13.6.233", "10.2.154.26", "", "11"])
    raiseCompileBudget(version);
  expect(flags).toEqual([["--interrupt-budget=540672"]]);
});

test("a flag that this V8 has limits the growth of the heap", () => {
  const flags = flagsSet();
  boundHeapGrowth();
  const [name, percent] = String(flags.at(-1)?.[0]).split("=");
  expect(Number(percent)).toBeGreaterThan(0);
  // V8 reports nothing about a flag that it doesn't have.
  const options = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  expect(options.split(/\s+/)).toContain(name);
});
