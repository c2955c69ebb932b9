import { expect, test } from "vitest";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { draftOf } from "../support/rules.ts";

const ENTRY =
  "**net**: add an option to the command line that closes idle sockets after a minute (A. Reader)";
const SIZES = Array.from({ length: 34 }, (_, at) => at + 7);

/** The beginning of a commit's entry, in the ways that changelogs write it. */
function begun(hash: string): string[] {
  return [
    `- \\[[\`${hash}\`](https://example.org/commit/${hash})] - ${ENTRY}`,
    `- [${hash}](https://example.org/commit/${hash}): ${ENTRY}`,
    `* ${hash} ${ENTRY}`,
    `\`${hash}\` ${ENTRY}`,
  ];
}

test.each(SIZES)("entries of a commit are not repeats, with a hash of %i characters", (size) => {
  const hash = "d79ae74f71".repeat(4).slice(0, size);
  for (const entry of begun(hash)) {
    const text = `## Notable changes\n\n${entry}\n\n## Commits\n\n${entry}\n`;
    expect(repeatsWithin(draftOf(text), { minWords: 12 }).repeats).toEqual([]);
    const index = new RepeatIndex(3);
    index.add("a", fingerprint(draftOf(`Release one.\n\n${entry}\n`)));
    index.add("b", fingerprint(draftOf(`Release two.\n\n${entry}\n`)));
    expect(index.findPartners("a")).toEqual([]);
  }
});

test.each(SIZES)("nor with a hash of %i digits that links to the commit", (size) => {
  const [linked = "", alone = ""] = begun("5263086169".repeat(4).slice(0, size));
  for (const entry of [linked, alone]) {
    const text = `## Notable changes\n\n${entry}\n\n## Commits\n\n${entry}\n`;
    expect(repeatsWithin(draftOf(text), { minWords: 12 }).repeats).toEqual([]);
  }
});

test.each(["", "1234567 ", "decade ", "In d79ae74f71 ", "d79a ", "d79ae74f71st "])(
  "“%s” does not begin an entry of a commit",
  (begin) => {
    const text = `${begin}${ENTRY}\n\nNothing else is known.\n\n${begin}${ENTRY}\n`;
    expect(repeatsWithin(draftOf(text), { minWords: 12 }).repeats).toHaveLength(1);
  },
);
