import type { SkipReason } from "./skipped.ts";

/* What is left out although it is written like a draft, since nobody publishes it. Told by names alone. */

/** Files that are not written to be read as an article, by their name without its extension. */
const FOREIGN_NAMES =
  /^(?:changelog|licen[cs]es?|copying|unlicense|third[-_]?party[-_]?(?:notices?|licen[cs]es?))$/i;

/** The same, with suffixes such as -MIT; in small letters an article may be called so. No character can be read in two ways. */
const FOREIGN_CAPITALS =
  /^(?:CHANGELOG|CHANGES|HISTORY|LICEN[CS]ES?|COPYING|NOTICES?)(?:[-_.][A-Z0-9](?:[A-Za-z0-9.]|[-_][A-Z0-9])*)?$/;

/** What GitHub, GitLab and Gitea take for a template: files, and folders of them. */
const TEMPLATE_NAMES = /^(?:issue|pull_request|merge_request)_template$/i;
const TEMPLATE_FOLDERS = /^(?:issue|pull_request|merge_request)_templates?$/i;

/** Folders of what tests read; those that may be called so elsewhere, such as a club’s fixtures, below tests alone. */
const FIXTURE_FOLDERS = new Set(["__fixtures__", "__snapshots__", "__mocks__", "testdata"]);
const FIXTURES_IN_TESTS = new Set(["fixture", "fixtures", "snapshots", "golden"]);
const TEST_FOLDERS = new Set(
  "test tests __tests__ spec specs e2e testing integration-tests unit-tests".split(" "),
);

/**
 * Why a file of a format that Galley reads is left out; undefined if it is not. `parts` are its path's from the folder
 * that is checked. A part for which `isNamed` holds is explicitly included.
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
