import { expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { RepeatIndex } from "../../server/src/repeats/index.ts";
import { repeatedElsewhere } from "../../server/src/rules/repeated-elsewhere.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { compared } from "../support/compared.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { draftOf, withMarks, getMessage } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const BRIDGE =
  "The council voted on Monday to close the old bridge to lorries until the spring of next year after new cracks.\n";
const FERRY = "A small ferry that carries cyclists and walkers will run twice an hour instead.\n";
const SHOPS = "Shop owners on the quay fear that customers from the valley will stay away.\n";
const CRACKS = "Engineers found cracks in two of the nine arches when the river was low.\n";

/** Two drafts that share a passage, which begins neither. */
const TWO = { a: `${FERRY}\n${BRIDGE}`, b: `${SHOPS}\n${BRIDGE}\n${CRACKS}` };

test("flags the passage in the later draft, with a hint in the other, and names the other", () => {
  const found = compared(TWO);
  expect(withMarks(TWO.a, found("a"))).toBe(`${FERRY}\n⟦${BRIDGE.trimEnd()}⟧\n`);
  expect(withMarks(TWO.b, found("b"))).toBe(`${SHOPS}\n⟦${BRIDGE.trimEnd()}⟧\n\n${CRACKS}`);
  expect([found("a")[0]?.severity, found("b")[0]?.severity]).toEqual(["hint", "information"]);
  expect(found("a").map(getMessage)).toEqual([
    "“The council voted on Monday to close the old bridge to …” repeats line 3 of “b”. Keep one.",
  ]);
  expect(found("a")[0]?.related).toMatchObject([{ uri: "b", start: SHOPS.length + 1 }]);
});

const PASSAGE = `${BRIDGE.trimEnd()} The mayor said that nobody had a choice, and that the ferry would cost the town two million in the first year alone.\n`;

test.each([
  ["an item", `${SHOPS}\n* * *\n\n${PASSAGE}\n- [Why it closes](bridge.md)\n\n${CRACKS}`],
  ["a card", `${SHOPS}\n## News\n\n${PASSAGE}\n[Read on](/news/bridge.md/)\n\n${CRACKS}`],
  ["a title", `${SHOPS}\n[Why it closes](../bridge.md#why)\n\n${PASSAGE}\n${CRACKS}`],
  ["a heading", `${SHOPS}\n### [The bridge](bridge.md)\n\nBy Ann Lee\n\n${PASSAGE}\n${CRACKS}`],
  ["a definition", `${SHOPS}\n[Why it closes](bridge.md)\n: ${PASSAGE}\n${CRACKS}`],
])("reports nothing for a teaser that links to the page, %s", (_what, teaser) => {
  const severities = (news: string): string[] => {
    const drafts = { "bridge.md": `${FERRY}\n${PASSAGE}`, "news.md": news };
    const found = compared(drafts, {}, "eager");
    return ["bridge.md", "news.md"].flatMap(found).map(({ severity }) => severity);
  };
  expect(severities(teaser)).toEqual([]);
  // A link to another page doesn't count, nor one to a page of that name on another host.
  for (const page of ["ferry.md", "https://example.org/news/bridge.md"])
    expect(severities(teaser.replace(/(?<=\]\()[^)#]+/, page))).not.toEqual([]);
});

test("text that links to the page and has much of it is a hint", () => {
  const long = madeUp(1).draft(200);
  const found = compared({
    "bridge.md": `${FERRY}\n${long}\n\n${madeUp(2).draft(120)}`,
    "news.md": `${SHOPS}\n${CRACKS}\n${CRACKS}\n[Read on](bridge.md)\n\n${long}\n\n${madeUp(3).draft(120)}`,
  });
  expect(found("news.md").filter(({ severity }) => severity === "hint")).not.toEqual([]);
});

test("says how many words differ", () => {
  const whole = `${BRIDGE.trimEnd()} ${SHOPS.trimEnd()} ${FERRY}`;
  const changed = whole.replace("lorries", "cars");
  const found = compared({
    a: `${CRACKS}\n${whole}`,
    b: `Read on.\n\n${changed}\nIt is late.\n`,
  });
  expect(getMessage(found("b")[0])).toContain(", with 1 word changed.");
});

test("only one of two equal copies is safe to delete", () => {
  const found = compared(TWO);
  const deleting = (name: "a" | "b", of?: string) => {
    const fixes = found(name).flatMap((finding) => finding.fixes ?? []);
    return fixes.find(({ uri }) => uri === of);
  };
  expect([deleting("a")?.safe, deleting("b")?.safe]).toEqual([false, true]);
  for (const fix of [deleting("b"), deleting("a", "b")]) {
    expect(applyEdits(TWO.b, fix?.edits ?? [])).toBe(`${SHOPS}\n${CRACKS}`);
  }
});

const WHOLE = `# The bridge\n\n${PASSAGE}\n${SHOPS}\n${CRACKS}\n${FERRY}`;

/** The severity, the words and the message of each finding. */
function said(text: string, found: readonly Finding[]): unknown {
  return found.map(({ severity, start, end, message }) => [
    severity,
    text.slice(start, end),
    say(message),
  ]);
}

test("two equal drafts get one finding each, at the title", () => {
  const found = compared({ a: WHOLE, b: `---\ntitle: Bridge\n---\n\n${WHOLE}` });
  const message = (other: string) =>
    `“The bridge”: 98 % of this draft is also in “${other}”. Keep one.`;
  expect(said(WHOLE, found("a"))).toEqual([["information", "The bridge", message("b")]]);
  expect(found("b").map(getMessage)).toEqual([message("a")]);
  expect(found("b")).toMatchObject([{ wholeDraft: true, related: [{ uri: "a", start: 0 }] }]);
  expect(found("b")[0]?.related?.[0]?.end).toBe(WHOLE.trimEnd().length);
});

test("if one has more words, the messages say which came first", () => {
  const dated = (day: number, text: string) => `---\ndate: 2024-05-0${day}\n---\n\n${text}`;
  const more = Array.from({ length: 8 }, (_, at) => `${`Word${at} `.repeat(40).trim()}.\n`);
  const text = `${WHOLE}\n${more.join("\n")}`;
  const edited = text.replace("lorries", "vans").replace("A small", "A new");
  const found = compared({ a: dated(2, text), b: dated(1, edited), c: CRACKS });
  const message = (other: string, when: string) =>
    `“The bridge”: 99 % of this draft is in “${other}” (dated ${when}). Keep one.`;
  expect(found("a").map(getMessage)).toEqual([message("b", "earlier")]);
  expect(found("b").map(getMessage)).toEqual([message("a", "later")]);
  // Two posts of the same day report nothing about it.
  const same = compared({ a: dated(1, text), b: dated(1, edited) });
  expect(getMessage(same("a")[0])).toContain(" also in “b”.");
});

test("a draft pasted into another is one finding in each, and the passage can be deleted", () => {
  const others = Array.from({ length: 4 }, (_, at) => `${`Own${at} `.repeat(40).trim()}.\n`);
  const around = [...others.slice(0, 2), WHOLE, ...others.slice(2)].join("\n");
  const found = compared({ a: WHOLE, b: around });
  expect(found("a").map(getMessage)).toEqual([
    "“The bridge”: all of this draft is also in “b”. Keep one.",
  ]);
  const [pasted, ...more] = found("b");
  expect(more).toEqual([]);
  expect(getMessage(pasted)).toBe("“The bridge” (4 paragraphs): all of “a” is here. Keep one.");
  expect(around.slice(pasted?.start, pasted?.end)).toBe(WHOLE.trimEnd());
  expect(applyEdits(around, pasted?.fixes?.[0]?.edits ?? [])).toBe(others.join("\n"));
  expect(pasted?.fixes?.[0]?.safe).toBe(false);
  expect(pasted?.related).toMatchObject([{ uri: "a", start: 0, end: WHOLE.trimEnd().length }]);
});

test.each([
  ["_drafts/bridge.md", "_posts/2024-05-01-bridge.md"],
  ["drafts/bridge.md", "news/closed.md"],
  ["bridge.md", "2024-05-01-bridge.md"],
  ["bridge.md", "bridge.html"],
  ["bridge.md", "old/quay.md"],
  ["part-1.md", "part-2.md"],
  ["packages/one/README.md", "packages/two/README.md"],
  ["AGENTS.md", "CLAUDE.md"],
  ["docs/index.md", "README.md"],
])("%s and %s are kept on purpose: a hint, once", (a, b) => {
  const found = compared({ [a]: WHOLE, [b]: WHOLE });
  const all = [...found(a), ...found(b)];
  expect(all.map(({ severity }) => severity)).toEqual(["hint"]);
  expect(getMessage(all[0])).toMatch(/ also in “[^”]+”\.$| \(dated (?:earlier|later)\)\.$/);
  // One of them was edited since, as was meant.
  const edited = { [a]: WHOLE, [b]: WHOLE.replace(/\. /, ", as they said. ") };
  expect([...compared(edited)(a), ...compared(edited)(b)]).toEqual([]);
});

test.each([
  ["en/bridge.md", "de/bridge.md"],
  ["bridge.md", "bridge.fr.md"],
  ["cloud/admin/bridge.md", "server/admin/bridge.md"],
  ["cloud/admin/bridge/index.md", "server/admin/bridge/index.md"],
])(
  "%s and %s are one page for two audiences: a hint if they are equal, else only if eager",
  (a, b) => {
    const severities = (other: string, sensitivity?: "eager"): string[] => {
      const found = compared({ [a]: WHOLE, [b]: other }, {}, sensitivity);
      return [...found(a), ...found(b)].map(({ severity }) => severity);
    };
    expect(severities(WHOLE)).toEqual(["hint"]);
    const longer = `${WHOLE}\n${WHOLE.replace(/[a-z]+ /g, "Own$&")}`;
    expect(severities(longer)).toEqual([]);
    expect(severities(longer, "eager")).toEqual(["hint"]);
  },
);

test("pages of folders for versions are not all of one page", () => {
  const equal = compared({ "next/bridge-closed.md": WHOLE, "drafts/x.md": WHOLE });
  expect(equal("next/bridge-closed.md")).toMatchObject([{ severity: "hint" }]);
});

test.each([
  ["docs/2.0/bridge.md", "docs/2.2/bridge.md"],
  ["docs/bridge.md", "docs/next/bridge.md"],
  ["docs/current/bridge.md", "docs/legacy/bridge.md"],
  ["docs/inst/doc/bridge.md", "docs/help/bridge.md"],
])("pages of two versions or folders are equal on purpose: %s and %s", (...names) => {
  const severities = (sensitivity?: "eager"): unknown[] => {
    const found = compared({ [names[0]]: WHOLE, [names[1]]: WHOLE }, {}, sensitivity);
    return names.flatMap((name) => found(name).map(({ severity }) => severity));
  };
  expect(severities()).toEqual([]);
  expect(severities("eager")).toEqual(["hint"]);
});

test.each([
  ["bridge.md", "bridge copy.md"],
  ["bridge.md", "bridge-copy-2.md"],
  ["bridge.md", "Copy of bridge.md"],
  ["bridge.md", "bridge (1).md"],
  ["bridge.md", "bridge-2.md"],
  ["old-bridge.md", "old-bridge copy.md"],
  ["bridge.md", "bridge-final.md"],
  ["bridge-old.md", "bridge.md"],
  ["bridge.md", "bridge-v2.md"],
  ["drafts/bridge.md", "drafts/ferry.md"],
  ["a.md", "b.md"],
  ["bridge/index.md", "ferry/index.md"],
  ["A NEW BRIDGE.md", "ferry.md"],
])("%s and %s are accidental copies", (a, b) => {
  const found = compared({ [a]: WHOLE, [b]: WHOLE });
  for (const name of [a, b]) {
    expect(found(name).map(({ severity }) => severity)).toEqual(["information"]);
  }
});

test("so is a copy that was changed since, if its name says so", () => {
  const changed = WHOLE.replace(" the ", " a ").replace("lorries", "trucks");
  const severities = (name: string): string[] =>
    compared({ "bridge.md": WHOLE, [name]: changed })(name).map(({ severity }) => severity);
  expect(severities("bridge-final.md")).toEqual(["information"]);
  expect(severities("bridge-1.md")).toEqual(["information"]);
});

test("a copy that was reworded here and there is reported as the exact one is", () => {
  const severities = (copy: string): string[] => {
    const found = compared({ "bridge.md": WHOLE, "news.md": copy });
    return ["bridge.md", "news.md"].flatMap(found).map(({ severity }) => severity);
  };
  const loud = ["information", "information"];
  for (const [words, others] of [
    ["lorries", "trucks"],
    ["Engineers", "Divers"],
    ["A small ferry", "One ferry"],
    ["Monday", "Tuesday"],
    ["nine", "ten"],
  ] as const) {
    expect(severities(WHOLE.replace(words, others)), words).toEqual(loud);
  }
  expect(severities(WHOLE.replace("lorries", "trucks").replace("river", "lake"))).toEqual(loud);
});

test("two drafts of one form are each about another thing", () => {
  const page = (bridge: string, ferry: string): string =>
    `# ${bridge}\n\n${WHOLE.slice(WHOLE.indexOf("The council")).replace("bridge", bridge).replace("ferry", ferry)}`;
  const found = (a: string, b: string, name = "news.md"): number =>
    ["one.md", name].flatMap(compared({ "one.md": a, [name]: b })).length;
  expect(found(page("Bridge", "ferry"), page("Bridge", "boat"))).toBe(2);
  // Named in the title, or in the file’s name.
  expect(found(page("Bridge", "ferry"), page("Tunnel", "ferry"))).toBe(0);
  expect(found(page("Bridge", "ferry"), page("Bridge", "boat"), "boat.md")).toBe(0);
  // Again and again, or in one place after the other.
  const often = page("Bridge", "ferry").replaceAll("ferry", "boat");
  expect(found(page("Bridge", "ferry"), often)).toBe(0);
  const words = [
    ["lorries", "trucks"],
    ["Engineers", "Divers"],
    ["two", "six"],
    ["river", "lake"],
  ];
  const all = words.reduce((text, [one = "", other = ""]) => text.replace(one, other), WHOLE);
  expect(found(WHOLE, all)).toBe(0);
});

test("a short copy is one hint, in the copy; within a longer draft only if eager", () => {
  const text = `${BRIDGE}\n${FERRY}`;
  const equal = compared({ a: text, b: text });
  expect(said(text, equal("b"))).toEqual([
    ["hint", BRIDGE.trimEnd(), expect.stringMatching(/: all of this draft is also in “a”\.$/)],
  ]);
  expect(equal("a")).toEqual([]);
  const drafts = { a: text, b: `${text}\n${SHOPS}\n${CRACKS}` };
  expect(["a", "b"].flatMap(compared(drafts))).toEqual([]);
  const part = compared(drafts, {}, "eager");
  expect(part("a")).toMatchObject([{ severity: "hint", related: [{ uri: "b" }] }]);
  expect(part("b")).toEqual([]);
});

test.each([2, 3, 4])("a passage in more than %i drafts is boilerplate", (maxDrafts) => {
  const all = [FERRY, SHOPS, CRACKS, "One.\n", "Two.\n"].map((own, at): [string, string] => [
    String(at),
    // So many words of its own that it is not a copy as a whole.
    `${own}\n${BRIDGE}\n${`Own${at} `.repeat(12).trim()}.\n`,
  ]);
  const last = String(maxDrafts - 1);
  const few = compared(Object.fromEntries(all.slice(0, maxDrafts)), { maxDrafts });
  expect(few(last)).toHaveLength(1);
  expect(few(last)[0]?.related).toHaveLength(maxDrafts - 1);
  const many = compared(Object.fromEntries(all.slice(0, maxDrafts + 1)), { maxDrafts });
  expect(many(last)).toEqual([]);
});

test("passages of fewer words are left alone", () => {
  expect(compared(TWO, { minWords: 17 })("a")).toHaveLength(1);
  expect(compared(TWO, { minWords: 40 })("a")).toEqual([]);
});

test("a draft that can't be read again is skipped, and a single draft has no findings", () => {
  const index = new RepeatIndex(3);
  const draft = draftOf(BRIDGE);
  for (const name of ["a", "b"]) index.add(name, fingerprint(draft));
  const among = { uri: "a", index, getName: (one: string) => one };
  const options = { minWords: 12, maxDrafts: 3 };
  expect(repeatedElsewhere.check({ ...among, readDraft: () => undefined }, options)).toEqual([]);
  const only = (name: string): Draft | undefined => (name === "a" ? draft : undefined);
  expect(repeatedElsewhere.check({ ...among, readDraft: only }, options)).toEqual([]);
  expect(compared({ a: BRIDGE })("a")).toEqual([]);
});

test("a paragraph that differs in a word or two is a hint between two dated stories", () => {
  const told = (count: string): string =>
    `The harbour office said on Friday that ${count} barges had passed the old lock in May, more than in any month since the records began, and that the new gate, which opens in the autumn of next year, would let two of them through at the same time.\n`;
  const ferry = `# Ferry\n\nThe ferry is late again.\n\n${told("274")}\nNobody knows why it is so.\n\nIt is not the tide.\n\nIt may be the crew.\n`;
  const toll = (words: string): string =>
    `# Toll\n\nThe toll has doubled since May.\n\nDrivers are angry.\n\n${words}\nThe mayor is away.\n\nHer office is closed.\n\nIt opens on Monday.\n`;
  const [a, b] = ["2024-03-01-ferry.md", "2024-06-11-toll.md"];
  const severities = (words: string): readonly string[] => {
    const found = compared({ [a]: ferry, [b]: toll(words) });
    return [...found(a), ...found(b)].map(({ severity }) => severity);
  };
  expect(severities(told("267"))).toEqual(["hint"]);
  expect(severities(told("many").replace("Friday", "Sunday"))).toEqual(["hint"]);
});

test("the same long paragraph is at least a hint wherever two drafts have it, and at most if three do", () => {
  const history =
    "The ferry company was founded in 1934 by three brothers, who ran it with two boats between the islands and the mainland until the bridge was opened; today it has eleven boats and a hundred and twenty employees, most of them from the islands.\n";
  const a = (words: string): string => `${FERRY}\n${CRACKS}\n${words}`;
  const b = (words: string): string => `${SHOPS}\n${BRIDGE}\n${words}`;
  const severities = (texts: Readonly<Record<string, string>>): readonly string[] => {
    const found = compared(texts);
    return Object.keys(texts).flatMap((name) => found(name).map(({ severity }) => severity));
  };
  const ends = { a: a(history), b: b(history) };
  expect(withMarks(ends.b, compared(ends)("b"))).toBe(b(`⟦${history.trimEnd()}⟧\n`));
  expect(severities(ends)).toEqual(["hint"]);
  expect(severities({ a: a(history), b: b(history.replace("1934", "1943")) })).toEqual(["hint"]);
  const begins = (name: string, words: string): string => `# ${name}\n\n${history}\n${words}`;
  expect(severities({ a: begins("Ferry", a("")), b: begins("Shops", b("")) })).toEqual(["hint"]);
  const third = `The weather will be dry until Sunday, and cold in the morning.\n\n${history}`;
  for (const severity of severities({ ...ends, c: third })) expect(severity).toBe("hint");
});
