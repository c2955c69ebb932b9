import { afterEach, expect, it, vi } from "vitest";
import { execFileSync } from "node:child_process";
import v8 from "node:v8";
import { boundHeapGrowth, underFreeHeapGrowth } from "../../server/src/host/node/heap-growth.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("is bounded by a flag that this V8 has", () => {
  const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => undefined);
  boundHeapGrowth();
  const flag = set.mock.lastCall?.[0] ?? "";
  const [name, percent] = flag.split("=");
  expect(Number(percent)).toBeGreaterThan(0);
  // V8 says nothing of a flag that it does not have.
  const options = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  expect(options.split(/\s+/)).toContain(name);
});

it("is free while something is done, and bounded again after it", () => {
  const flags: string[] = [];
  vi.spyOn(v8, "setFlagsFromString").mockImplementation((flag) => {
    flags.push(flag);
  });
  boundHeapGrowth();
  const [bounded] = flags;
  underFreeHeapGrowth(() => {
    flags.push("done");
  });
  // 0 is what V8 has by itself, so the flags are those that it started with.
  expect(flags.slice(1)).toEqual(["--heap-growing-percent=0", "done", bounded]);
});
