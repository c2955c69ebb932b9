import { expect, test } from "vitest";
import { configProblems, inOrder, type Problem } from "../../server/src/cli/problems.ts";
import { newNode } from "../../server/src/settings/config/node.ts";

const problem = (path: string, message: string, fatal = false): Problem => ({
  path,
  message,
  fatal,
});

test("each problem once, ordered by path and then number, and fatal if one of its equals is", () => {
  expect(inOrder([])).toEqual([]);
  expect(
    inOrder([
      problem("b", "10: x"),
      problem("b", "2: x"),
      problem("a", "y"),
      problem("b", "2: x", true),
      problem("a", "y"),
    ]),
  ).toEqual([problem("a", "y"), problem("b", "2: x", true), problem("b", "10: x")]);
  // Whichever comes first.
  expect(inOrder([problem("a", "y", true), problem("a", "y")])).toEqual([problem("a", "y", true)]);
});

test("mistakes in config files are reported with their places, each file once", () => {
  const node = newNode("/desk/.galley.json", '{\n  "acept": []\n}');
  const told = configProblems("/desk", new Set([node, { ...node }]));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ path: ".galley.json", fatal: true });
  expect(told[0]?.message).toMatch(/^2:3: There is no setting “acept”/);
});

test("files without mistakes, or without a path, are not reported", () => {
  const good = newNode("/desk/.galley.json", "{}");
  const nowhere = newNode(undefined, "[");
  expect(nowhere.problems).not.toEqual([]);
  expect(configProblems("/desk", new Set([good, nowhere]))).toEqual([]);
});
