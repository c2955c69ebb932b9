import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  highestMaxDrafts,
  inFamilies,
  withElsewhere,
} from "../../server/src/project/elsewhere.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { workspaceRule } from "../../server/src/rules/rule.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../../server/src/settings/settings.ts";
import { runs } from "../support/property.ts";
import { draftOf, getMessage } from "../support/rules.ts";
import { say, wording } from "../../server/src/text/wording.ts";

const failing = workspaceRule({
  id: "failing",
  kind: "repeat",
  scope: "workspace",
  severity: "warning",
  english: false,
  summary: "A rule that fails.",
  docs: { description: "It fails.", flagged: [], fine: [] },
  options: {},
  partners: () => {
    throw new Error("no such thing");
  },
  check: () => {
    throw new Error("no such thing");
  },
});

test("a rule that throws becomes a finding about itself, and the others run", () => {
  const usual = elsewhereSetting(DEFAULT_SETTINGS);
  if (usual === undefined) throw new Error("Nothing is compared.");
  const [own] = usual.rules;
  if (own === undefined) throw new Error("There is no rule.");
  const telling = {
    ...own,
    rule: { ...own.rule, check: () => [{ start: 1, end: 2, message: wording("m") }] },
  };
  const rules = [{ rule: failing, severity: "warning" as const, options: {} }, telling];
  const found = elsewhereFindings(
    "a",
    new RepeatIndex(),
    () => undefined,
    { maxDrafts: 3, sensitivity: "normal", rules },
    (name) => name,
  );
  expect(found.map(({ rule }) => rule)).toEqual(["failing", own.rule.id]);
  expect(getMessage(found[0])).toMatch(/“failing” failed.*no such thing/);
});

test("adding the findings of a comparison equals linting with it", () => {
  const paragraph = fc.constantFrom(
    "<!-- stet -->",
    "<!-- stet repeated-elsewhere -->",
    "<!-- stet repeated-word, repeated-elsewhere -->",
    "<!-- stet-file repeated-elsewhere -->",
    "The stalls open at the the market square at nine.",
    "The council met on Monday and approved the budget of the town.",
    "- One item\n- Another",
  );
  let [dropped, added] = [0, 0];
  fc.assert(
    fc.property(
      fc.array(paragraph, { maxLength: 8 }),
      fc.array(fc.nat(300), { maxLength: 4 }),
      (paragraphs, places) => {
        const draft = draftOf(paragraphs.join("\n\n"));
        const found = places
          .filter((start) => start < draft.text.length)
          .map((start): Finding => {
            const end = Math.min(draft.text.length, start + 20);
            const message = wording(`A copy of ${start}.`);
            return { rule: "repeated-elsewhere", severity: "information", start, end, message };
          });
        const local = lint(draft, RULES, DEFAULT_SETTINGS);
        const wanted = lint(draft, RULES, DEFAULT_SETTINGS, { elsewhere: found });
        const result = elsewhereResult(draft, DEFAULT_SETTINGS, found);
        const plain = (all: readonly Finding[]): string[] =>
          all
            .map(({ start, end, rule, message }) => `${start} ${end} ${rule} ${say(message)}`)
            .sort();
        expect(plain(withElsewhere(local, result))).toEqual(plain(wanted));
        dropped += local.filter(result.isObsolete).length;
        added += result.added.length;
      },
    ),
    runs(300),
  );
  expect(Math.min(dropped, added)).toBeGreaterThan(4);
});

test("the index has room for as many drafts as the highest setting allows", () => {
  const off = settingsFrom({ rules: { "repeated-elsewhere": "off" } });
  const many = settingsFrom({
    rules: { "repeated-elsewhere": { severity: "hint", options: { maxDrafts: 9 } } },
  });
  expect(highestMaxDrafts([])).toBe(0);
  expect(highestMaxDrafts([off])).toBe(0);
  expect(highestMaxDrafts([off, DEFAULT_SETTINGS, many])).toBe(9);
});

/** The order in which a queue is emptied, given which drafts are compared with which. */
function orderOf(
  queue: Set<string>,
  partners: Readonly<Record<string, readonly string[]>>,
  taken: (name: string) => void = () => undefined,
): string[] {
  const order: string[] = [];
  for (const name of inFamilies(queue, (one) => partners[one] ?? [])) {
    queue.delete(name);
    order.push(name);
    taken(name);
  }
  return order;
}

test("a name is followed by those it is compared with, each once", () => {
  const queue = new Set(["a1", "b1", "c", "a2", "b2", "a3"]);
  const partners = { a1: ["a2"], a2: ["a1", "a3"], a3: ["a2"], b1: ["b2"], b2: ["b1"] };
  expect(orderOf(queue, partners)).toEqual(["a1", "a2", "a3", "b1", "b2", "c"]);
});

test("the likeliest partner comes next, and after it those compared with the others", () => {
  const queue = new Set(["a", "far", "near", "b", "c"]);
  const partners = { a: ["near", "far"], near: ["a"], far: ["a", "b"], b: ["far", "c"], c: ["b"] };
  expect(orderOf(queue, partners)).toEqual(["a", "near", "far", "b", "c"]);
});

test("a name that is not queued never comes", () => {
  expect(orderOf(new Set(["a", "c"]), { a: ["b"], b: ["c"] })).toEqual(["a", "c"]);
});

test("names may be queued or removed meanwhile", () => {
  const queue = new Set(["a", "b", "c"]);
  const order = orderOf(queue, { a: ["c", "b"] }, (name) => {
    if (name !== "a") return;
    queue.delete("b");
    queue.add("d");
  });
  expect(order).toEqual(["a", "c", "d"]);
});
