import path from "node:path";
import { expect, test } from "vitest";
import { run } from "../../server/src/cli/program.ts";
import { ioIn } from "../support/command.ts";
import { place, RIGHT, WRONG } from "./support.ts";

test("from the root of the file system, drafts below are found and config files apply", async () => {
  const { folder } = place({
    ".galley.json": '{ "exclude": ["/old"] }',
    "a.md": WRONG,
    "old/b.md": WRONG,
    "right.md": RIGHT,
  });
  const { root } = path.parse(folder);
  const io = ioIn(root);
  const args = ["check", path.relative(root, folder), "--format", "compact"];
  const code = await run(args, io);
  const shown = path.relative(root, folder).split(path.sep).join("/");
  expect((io.out() + io.err()).replace(/: .*/, "")).toBe(`${shown}/a.md:1:20\n`);
  expect(code).toBe(1);
});
