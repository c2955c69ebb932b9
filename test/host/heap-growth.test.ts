import { afterEach, expect, it, vi } from "vitest";
import { execFileSync } from "node:child_process";
import v8 from "node:v8";
import { boundHeapGrowth } from "../../server/src/host/node/heap-growth.ts";

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
