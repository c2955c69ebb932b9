import { afterEach, describe, expect, it, vi } from "vitest";
import v8 from "node:v8";
import { raiseCompileBudget } from "../../server/src/host/node/compile-budget.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the compile budget", () => {
  it("is raised where that was measured to help, and nowhere else", () => {
    const set = vi.spyOn(v8, "setFlagsFromString").mockImplementation(() => undefined);
    for (const version of ["12.4.254.21-node.33", "13.6.233", "10.2.154.26", "", "11"])
      raiseCompileBudget(version);
    expect(set.mock.calls).toEqual([["--interrupt-budget=540672"]]);
  });
});
