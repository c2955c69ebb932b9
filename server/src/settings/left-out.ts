import type { SkipReason } from "./skipped.ts";

/*
 * What is left out although it is written like a draft, since nobody publishes it. Told by names alone,
 * and by whether a folder is that of a package.
 */

/** Whether a folder, or the root that it is in, has the manifest of a package. */
export type IsPackage = (folder: string) => boolean;

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

const RELEASE_FOLDERS = new Set(["release-notes"]);
const RELEASE_NAMES = new Set(["releases", "history"]);

/** The files by which a folder is that of a package: of some, the end of the name. */
const MANIFESTS = new Set(
  (
    "package.json pyproject.toml setup.py setup.cfg Cargo.toml go.mod composer.json pom.xml " +
    "build.gradle build.gradle.kts mix.exs pubspec.yaml Package.swift deno.json"
  ).split(" "),
);
const MANIFEST_ENDS = [".gemspec", ".csproj", ".cabal"];

export function isManifest(name: string): boolean {
  return MANIFESTS.has(name) || MANIFEST_ENDS.some((end) => name.endsWith(end));
}

/**
 * Why a file of a format that Galley reads is left out; undefined where it is not. `parts` are its path's
 * from the folder that is checked, and `getFolder` gives the folder of a part by its number.
 * A part for which `isNamed` holds is explicitly included.
 */
export function whyLeftOut(
  parts: readonly string[],
  stem: string,
  isNamed: (part: string) => boolean,
  getFolder: (part: number) => string,
  isPackage: IsPackage,
): SkipReason | undefined {
  const last = parts.length - 1;
  const isFileNamed = isNamed(parts[last] ?? "");
  if (!isFileNamed) {
    if (FOREIGN_NAMES.test(stem) || FOREIGN_CAPITALS.test(stem)) return "foreign name";
    if (TEMPLATE_NAMES.test(stem)) return "template";
    if (RELEASE_NAMES.has(stem.toLowerCase()) && isPackage(getFolder(last))) return "release notes";
  }
  let isInTests = false;
  for (const [number, part] of parts.slice(0, last).entries()) {
    const name = part.toLowerCase();
    const isExplicit = isNamed(part) || isFileNamed;
    if (!isExplicit && TEMPLATE_FOLDERS.test(name)) return "template";
    if (!isExplicit && (FIXTURE_FOLDERS.has(name) || (isInTests && FIXTURES_IN_TESTS.has(name)))) {
      return "fixture";
    }
    if (!isExplicit && RELEASE_FOLDERS.has(name) && isPackage(getFolder(number))) {
      return "release notes";
    }
    isInTests ||= TEST_FOLDERS.has(name);
  }
  return undefined;
}
