import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { findTopics, type RuleTopic } from "../../server/src/engine/topics.ts";
import {
  type FolderTopics,
  newTopicTotals,
  type TopicTotals,
  withTopicTotals,
} from "../../server/src/project/topic-totals.ts";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { emptySection } from "../../server/src/rules/empty-section.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { AcrossDrafts } from "../../server/src/rules/rule.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { runs } from "../support/property.ts";
import { draftOf } from "../support/rules.ts";
import { wording } from "../../server/src/text/wording.ts";

/** A rule whose findings count as intended in three drafts. */
const RULE: AcrossDrafts = { topics: () => [], isIntended: (drafts) => drafts >= 3 };

const NAMES = ["a", "b", "c", "d", "e", "f", "__proto__"];
const FOLDERS = ["", "one/in"];
const TOPICS = ["labels", 'a "b", [c]'];

const topics = fc
  .uniqueArray(
    fc.record({
      rule: fc.constantFrom("own", "own", "own", "no-such-rule"),
      topic: fc.constantFrom(...TOPICS),
    }),
    { selector: ({ rule, topic }) => `${rule} ${topic}`, maxLength: 4 },
  )
  .map((all): readonly RuleTopic[] => all);

const contributed = fc.option(
  fc.record({ folder: fc.constantFrom(undefined, "", ...FOLDERS), topics }),
  { nil: undefined, freq: 8 },
);

/** What is intended in each folder, by the public interface. */
function intended(totals: TopicTotals): string[] {
  return FOLDERS.flatMap((folder) =>
    TOPICS.filter((topic) => totals.isIntended(folder, "own", topic)).map(
      (topic) => `${folder}: ${topic}`,
    ),
  );
}

/** The reports about a draft's own topics. */
function seen(totals: TopicTotals, own: FolderTopics | undefined): string {
  const { folder, topics: all } = own ?? { folder: undefined, topics: [] };
  if (folder === undefined) return "";
  return all
    .filter(({ rule, topic }) => totals.isIntended(folder, rule, topic))
    .map(({ topic }) => topic)
    .join();
}

test("after any changes, in any order, the totals are those of the current drafts, and every affected draft is named", () => {
  let crossed = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...NAMES), contributed, fc.boolean()), { maxLength: 40 }),
      (changes) => {
        const totals = newTopicTotals(new Map([["own", RULE]]));
        const now = new Map<string, FolderTopics>();
        const before = new Map<string, string>();
        const settle = (touched: ReadonlySet<string>): void => {
          const affected = totals.settle();
          for (const [draft, own] of now) {
            const sees = seen(totals, own);
            if (sees !== before.get(draft) && !touched.has(draft)) {
              expect(affected).toContain(draft);
              crossed++;
            }
            before.set(draft, sees);
          }
          expect(totals.isPending).toBe(false);
        };
        let touched = new Set<string>();
        for (const [draft, after, settles] of changes) {
          totals.replace(draft, after);
          touched.add(draft);
          if (after === undefined) now.delete(draft);
          else now.set(draft, after);
          if (!settles) continue;
          settle(touched);
          touched = new Set();
        }
        settle(touched);
        const fresh = newTopicTotals(new Map([["own", RULE]]));
        for (const [draft, own] of [...now].reverse()) fresh.replace(draft, own);
        fresh.settle();
        expect(intended(totals)).toEqual(intended(fresh));
      },
    ),
    runs(300),
  );
  expect(crossed).toBeGreaterThan(20);
});

test("no draft is affected while the totals stay on one side of the limit", () => {
  for (let size = 0; size <= 70; size++) {
    const totals = newTopicTotals(new Map([["own", RULE]]));
    const own = { rule: "own", topic: "notes" };
    for (let draft = 0; draft < size; draft++) {
      totals.replace(`${draft}`, { folder: "one", topics: [own] });
    }
    const first = totals.settle();
    expect(first.size).toBe(size < 3 ? 0 : size);
    const { revision } = totals;
    if (size > 0) totals.replace("0", { folder: "one", topics: [{ ...own }] });
    expect(totals.isPending).toBe(false);
    totals.replace("another", { folder: "one", topics: [own] });
    expect(totals.settle().size).toBe(size === 2 ? 3 : 0);
    expect(totals.revision).toBe(size === 2 ? revision + 1 : revision);
  }
});

describe("findings of a folder", () => {
  const finding = (more: Partial<Finding>): Finding => ({
    rule: emptySection.id,
    severity: "information",
    start: 0,
    end: 1,
    message: wording("It is empty."),
    topics: ["notes"],
    ...more,
  });
  const totals = newTopicTotals();
  for (const draft of "abcdefgh") {
    const topic = { rule: emptySection.id, topic: "notes" };
    totals.replace(draft, { folder: "one", topics: [topic] });
  }
  totals.settle();

  test("about an intended topic are not reported", () => {
    const other = finding({ topics: ["cost"] });
    expect(withTopicTotals([finding({}), other], totals, "one")).toEqual([other]);
  });

  test("about a label without a definition disappear as soon as four drafts use it", () => {
    const own = newTopicTotals();
    const defined = Array.from({ length: 60 }, (_, at) => `[a][p${at}]\n\n[p${at}]: /p${at}\n\n`);
    const draft = draftOf(`${defined.join("")}See [the map][maps].`);
    const contributes = findTopics(draft, RULES, settingsFrom({}));
    const found = lint(draft, RULES, settingsFrom({})).filter(({ rule }) => rule === emptyLink.id);
    const severities = [1, 2, 3, 4].map((count) => {
      own.replace(`draft ${count}`, { folder: "one", topics: contributes });
      own.settle();
      return withTopicTotals(found, own, "one").map(({ severity }) => severity);
    });
    expect(severities).toEqual([["warning"], ["warning"], ["warning"], []]);
  });

  test.each([
    ["another topic", finding({ topics: ["cost"] }), "one"],
    ["no topic", { ...finding({}), topics: undefined } as unknown as Finding, "one"],
    ["another rule", finding({ rule: emptyLink.id }), "one"],
    ["another folder", finding({}), "two"],
  ])("about %s stay", (_what, own, folder) => {
    const all = [own];
    expect(withTopicTotals(all, totals, folder)).toBe(all);
  });
});
