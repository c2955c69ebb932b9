import { expect, test } from "vitest";
import { whyLeftOut } from "../../server/src/settings/left-out.ts";

test.each([
  ["a/License.txt", "foreign name"],
  ["third-party-notices.md", "foreign name"],
  ["CHANGES-2.0_RC.1.md", "foreign name"],
  [".github/PULL_REQUEST_TEMPLATE.md", "template"],
  [".github/ISSUE_TEMPLATE.md", "template"],
  ["docs/pull_request_template.md", "template"],
  [".github/ISSUE_TEMPLATE/bug.md", "template"],
  [".gitlab/merge_request_templates/Default.md", "template"],
  ["how-to-write-an-issue-template.md", undefined],
  ["templates/a.md", undefined],
  ["test/fixtures/a.md", "fixture"],
  ["packages/x/__tests__/deep/fixtures/in/a.md", "fixture"],
  ["src/__fixtures__/a.md", "fixture"],
  ["go/testdata/a.txt", "fixture"],
  ["spec/a/Golden/b.md", "fixture"],
  ["sports/fixtures/saturday.md", undefined],
  ["sports/fixtures.md", undefined],
  ["test/fixtures.md", undefined],
  ["fixtures/test/a.md", undefined],
  ["fixtures/a.md", undefined],
  ["tests/a.md", undefined],
  ["changes.md", undefined],
  ["notices.md", undefined],
  ["CHANGES to the town.md", undefined],
  ["history.md", undefined],
  ["docs/releases.md", undefined],
  ["docs/release-notes/1.0.md", undefined],
])("%s: %s", (path, reason) => {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  const stem = name.slice(0, name.lastIndexOf("."));
  expect(whyLeftOut(parts, stem, () => false)).toBe(reason);
  // A file that is requested by name is read.
  expect(whyLeftOut(parts, stem, (part) => part === name)).toBeUndefined();
});
