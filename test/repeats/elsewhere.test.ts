import { expect, test } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import {
  LEAST_WHOLE,
  partnersToRead,
  sharedWithOthers,
  type SharedWithOthers,
} from "../../server/src/repeats/elsewhere.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { MOST_COMPARED, RepeatIndex } from "../../server/src/repeats/index.ts";
import { draftOf } from "../support/rules.ts";

const OPTIONS = { minWords: 12, maxDrafts: 3 };
const PASSAGE =
  "The council voted on Monday to close the old bridge to lorries until the spring, and shop owners on the quay fear that customers from the valley will stay away for months.";

/** Text that no other draft has. */
function filler(name: string, words = 120): string {
  return `${Array.from({ length: words }, (_, at) => `${name}${at}`).join(" ")}.`;
}

interface Desk {
  readonly index: RepeatIndex;
  readonly asked: string[];
  readonly of: (uri: string) => SharedWithOthers;
}

function desk(texts: Readonly<Record<string, string>>): Desk {
  const index = new RepeatIndex(OPTIONS.maxDrafts);
  const drafts = new Map<string, Draft>();
  for (const [name, text] of Object.entries(texts)) {
    drafts.set(name, draftOf(text));
    index.add(name, fingerprint(draftOf(text)));
  }
  const asked: string[] = [];
  const read = (uri: string): Draft | undefined => {
    asked.push(uri);
    return drafts.get(uri);
  };
  return { index, asked, of: (uri) => sharedWithOthers(uri, index, read, OPTIONS) };
}

/** The words of each shared passage, the drafts that share it, and its severity. */
function told(shared: SharedWithOthers): unknown {
  if (shared.wholes.length > 0) {
    return shared.wholes.map(({ uri, percent, isLoud, draft, here }) => [
      uri,
      here === undefined ? `${percent} % in it` : draft.text.slice(here.start, here.end),
      isLoud ? "loud" : "hint",
    ]);
  }
  return shared.passages.map(({ here, copies, severity }) => [
    here.draft.text.slice(here.start, here.end),
    copies.map(({ uri }) => uri),
    severity === "hint" ? "hint" : "loud",
  ]);
}

test("the differences begin with the words of the draft in question", () => {
  // Here the draft whose name sorts first is the later one, so that the two are aligned the other way round.
  const { of } = desk({
    "a.md": `---\ndate: 2024-05-02\n---\n\n${filler("a")}\n\n${PASSAGE}\n\n${filler("b")}\n`,
    "b.md": `---\ndate: 2024-05-01\n---\n\n${filler("c")}\n\n${PASSAGE.replace("to lorries ", "")}\n\n${filler("d")}\n`,
  });
  const lengths = (uri: string): number[] => {
    const shared = of(uri);
    const changes = shared.passages[0]?.copies[0]?.changes ?? [];
    return changes.flatMap(({ aStart, aEnd, bStart, bEnd }) => [aEnd - aStart, bEnd - bStart]);
  };
  expect(lengths("a.md")).toEqual([2, 0]);
});

test("results for deleted drafts are forgotten", () => {
  const text = (name: string): string => `${filler(name)}\n\n${PASSAGE}\n`;
  const index = new RepeatIndex(OPTIONS.maxDrafts);
  const stable = fingerprint(draftOf(text("s")));
  const report = fingerprint(draftOf(text("r")));
  index.add("stable.md", stable);
  for (let hour = 0; hour < 10 * MOST_COMPARED; hour++) {
    const name = `report-${hour}.md`;
    index.add(name, report);
    expect(partnersToRead("stable.md", index, { ...OPTIONS, sensitivity: "eager" })).toEqual([
      name,
    ]);
    index.replace(name, undefined);
  }
  const kept = Object.getOwnPropertySymbols(stable).map((key): unknown => Reflect.get(stable, key));
  const sizes = kept.flat().flatMap((value) => (value instanceof Map ? [value.size] : []));
  expect(sizes).toHaveLength(1);
  expect(sizes[0]).toBeLessThanOrEqual(4 * MOST_COMPARED);
});

test("drafts that share words but no passage are compared without being read", () => {
  const few = PASSAGE.split(" ").slice(8, 19).join(" ");
  const { asked, index, of } = desk({
    "a.md": `${filler("a")}\n\nAnd so ${few} of the north.\n`,
    "b.md": `${filler("b")}\n\nWhere they say that ${few} and others.\n`,
  });
  expect(index.comparedWith("a.md")).toEqual(["b.md"]);
  for (const uri of ["a.md", "b.md"]) expect(told(of(uri))).toEqual([]);
  expect(asked).toEqual([]);
});

test("a passage that the other draft has twice counts once, and 99 % is not all", () => {
  const shared = filler("p", 100);
  const twice = desk({
    "a.md": `${shared}\n\n${filler("own", 100)}\n`,
    "b.md": `${shared}\n\n${filler("other", 200)}\n\n${shared}\n`,
  });
  expect(told(twice.of("a.md"))).toEqual([]);
  const longer = desk({
    "a.md": filler("p", 1000),
    "b.md": `${filler("p", 1000)} And a bit more.\n`,
  });
  expect(told(longer.of("b.md"))).toEqual([["a.md", "99 % in it", "loud"]]);
});

test("a short one, and one in more drafts than `maxDrafts`, is a hint in the copy", () => {
  const short = (words: number) => desk({ "a.md": filler("a", words), "b.md": filler("a", words) });
  expect(told(short(LEAST_WHOLE).of("a.md"))).toEqual([["b.md", "100 % in it", "loud"]]);
  expect(told(short(LEAST_WHOLE - 1).of("a.md"))).toEqual([]);
  expect(told(short(LEAST_WHOLE - 1).of("b.md"))).toEqual([["a.md", "100 % in it", "hint"]]);
  const names = ["a.md", "b.md", "c.md", "d.md"];
  const many = (count: number) =>
    desk(Object.fromEntries(names.slice(0, count).map((name) => [name, filler("a")])));
  const loud = ["a.md", "b.md"].map((name) => [name, "100 % in it", "loud"]);
  expect(told(many(3).of("c.md"))).toEqual(loud);
  expect(told(many(4).of("a.md"))).toEqual([]);
  expect(told(many(4).of("b.md"))).toEqual([["a.md", "100 % in it", "hint"]]);
});

test("a passage of many drafts was pasted on purpose: a hint with all its copies; in too many, nothing", () => {
  const texts = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `${at}.md`,
        `${filler(`x${at}x`)}\n\n${PASSAGE}\n\n${filler(`y${at}y`)}\n`,
      ]),
    );
  expect(told(desk(texts(3)).of("2.md"))).toEqual([[PASSAGE, ["0.md", "1.md"], "hint"]]);
  expect(told(desk(texts(5)).of("4.md"))).toEqual([]);
});

test("the page of a manual that is there in one piece, too, begins with links to others", () => {
  const page = `${filler("a", LEAST_WHOLE)}\n\n${PASSAGE}\n`;
  const book = `${filler("b")}\n\n${page}\n${filler("c")}\n`;
  const links = "[Back to the fares](fares.md)\n\n";
  expect(told(desk({ "a.md": book, "b.md": page }).of("a.md"))).toEqual([
    ["b.md", page.trim(), "loud"],
  ]);
  const manual = desk({ "a.md": book, "b.md": `${links}${page}` });
  expect([manual.of("a.md"), manual.of("b.md")].map(told)).toEqual([[], []]);
});

test("an index, which has no sentences, may be in another", () => {
  const items = (end: string): string =>
    Array.from({ length: 20 }, (_, at) => `- ${filler(`a${at}b`, 14).slice(0, -1)}${end}`).join(
      "\n",
    );
  const loud = (end: string): unknown =>
    told(
      desk({ "a.md": `${items(end)}\n\n${filler("b")}\n`, "b.md": `${items(end)}\n` }).of("a.md"),
    );
  expect([loud("."), loud("")]).toEqual([[["b.md", items(".").slice(2), "loud"]], []]);
});

test("a text in a script without marks for the end of a sentence is no index", () => {
  const text =
    "สภาเมืองลงมติเมื่อวันจันทร์ให้ปิดสะพานเก่า ร้านค้าริมท่าเรือกลัวว่าลูกค้าจะหายไป และบางร้านได้ปิดประตูไปแล้ว นายกเทศมนตรีจะพูดกับชาวเมืองเกี่ยวกับสิ่งที่ต้องทำสำหรับผู้ที่อาศัยอยู่ใกล้ท่าเรือเก่า เด็กๆ ร้องเพลงในห้องสมุดทุกวันพุธ แต่ไม่มีใครมาฟังพวกเขาเลยตั้งแต่ปีที่แล้ว\n";
  const { of } = desk({ "a.md": `# สะพาน\n\n${text}`, "b.md": `# ท่าเรือ\n\n${text}` });
  expect(of("b.md").wholes).toMatchObject([{ uri: "a.md", isLoud: true }]);
});
