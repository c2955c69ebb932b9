import type { SkipReason } from "./skipped.ts";

/* Files that look like drafts but are never published, recognised by name alone. */

/** Files that are not meant to be read as articles, by name without the extension. */
const FOREIGN_NAMES =
  /^(?:changelog|licen[cs]es?|copying|unlicense|third[-_]?party[-_]?(?:notices?|licen[cs]es?))$/i;

/** The same, with suffixes such as -MIT. In lower case it may be an article. The expression is unambiguous. */
const FOREIGN_CAPITALS =
  /^(?:CHANGELOG|CHANGES|HISTORY|COPYING|NOTICES?)(?:[-_.][A-Z0-9](?:[A-Za-z0-9.]|[-_][A-Z0-9])*)?$|(?:^|\.)LICEN[CS]ES?(?:[-_.]|$)/;

/** Templates of GitHub, GitLab and Gitea: files and folders. */
const TEMPLATE_NAMES = /^(?:issue|pull_request|merge_request)_template$/i;
const TEMPLATE_FOLDERS = /^(?:issue|pull_request|merge_request)_templates?$/i;

/** Folders of test data. Names that occur elsewhere too, such as a club’s fixtures, count only below tests. */
const FIXTURE_FOLDERS = new Set(["__fixtures__", "__snapshots__", "__mocks__", "testdata"]);
const FIXTURES_IN_TESTS = new Set(["fixture", "fixtures", "snapshots", "golden"]);
const TEST_FOLDERS = new Set(
  "test tests __tests__ spec specs e2e testing integration-tests unit-tests".split(" "),
);

/**
 * Why a file of a format that Galley reads is left out; undefined if it is not. `parts` are the parts of its path from
 * the folder being checked. A part for which `isNamed` holds is explicitly included.
 */
export function whyLeftOut(
  parts: readonly string[],
  stem: string,
  isNamed: (part: string) => boolean,
): SkipReason | undefined {
  if (isNamed(parts.at(-1) ?? "")) return undefined;
  if (FOREIGN_NAMES.test(stem) || FOREIGN_CAPITALS.test(stem)) return "foreign name";
  if (TEMPLATE_NAMES.test(stem)) return "template";
  let isInTests = false;
  for (const part of parts.slice(0, -1)) {
    const name = part.toLowerCase();
    if (!isNamed(part)) {
      if (TEMPLATE_FOLDERS.test(name)) return "template";
      if (FIXTURE_FOLDERS.has(name) || (isInTests && FIXTURES_IN_TESTS.has(name))) return "fixture";
    }
    isInTests ||= TEST_FOLDERS.has(name);
  }
  return undefined;
}
