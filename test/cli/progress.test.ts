import { expect, test } from "vitest";
import { progressOn } from "../../server/src/cli/progress.ts";

test("a bar appears on a terminal after a second, and is erased", () => {
  let text = "";
  let time = 0;
  const screen = { write: (more: string) => (text += more), isTTY: true, columns: 40 };
  const progress = progressOn(screen, () => time);
  progress.update(1, 10);
  expect(text).toBe("");
  time = 1500;
  progress.update(5, 10);
  expect(text).toMatch(/^\r█+░+ 5 of 10 drafts$/);
  expect(text.length).toBeLessThanOrEqual(40);
  time = 1550;
  progress.update(6, 10);
  expect(text).not.toContain("6 of 10");
  progress.end();
  expect(text.endsWith("\r\u001B[K")).toBe(true);
});

test("nothing is drawn without a terminal", () => {
  let text = "";
  let time = 0;
  const progress = progressOn({ write: (more) => (text += more) }, () => time);
  time = 5000;
  progress.update(5, 10);
  progress.end();
  expect(text).toBe("");
});
