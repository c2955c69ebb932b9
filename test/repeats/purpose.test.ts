import { describe, expect, test } from "vitest";
import type { FormatId } from "../../server/src/formats/registry.ts";
import {
  isCaption,
  isCredit,
  isDemonstrated,
  isSummary,
  linksTo,
  opensEntries,
  opensTwins,
} from "../../server/src/repeats/purpose.ts";
import { candidatesWithin } from "../../server/src/repeats/judge.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { draftOf, firstBlock } from "../support/rules.ts";

/** The indices of the blocks that contain a word. */
function holding(text: string, word: string): readonly [number, number] {
  const { blocks } = draftOf(text);
  const [first = -1, second = -1] = blocks.flatMap(({ source }, at) =>
    source.includes(word) ? [at] : [],
  );
  return [first, second];
}

describe("the reason for a passage to occur twice", () => {
  test.each([
    ["r[a.b]\nSaid.\n\nr[a.c]\nSaid.", true],
    ["### `day`\n\nSaid.\n\n### `night`\n\nSaid.", true],
    ["### `day` _New_\n\nFirst.\n\nSaid.\n\n### `night`\n\nOther.\n\nSaid.", true],
    ["#### day-limit-on\n\nFirst. Said.\n\n#### night-limit-on\n\nSaid.", true],
    ["## Day-to-day work\n\nSaid.\n\n## Night-to-night work\n\nSaid.", false],
    ["### -Include\n\nSaid.\n\n### -Exclude\n\nSaid.", true],
    ["| a |\n|---|\n| b |\n\nSaid.\n\n| a |\n|---|\n| c |\n\nSaid.", true],
    ["```\nday(one)\n```\n\nSaid.\n\n```\nnight(one)\n```\n\nSaid.", true],
    ["## All\n\n`day`\n: Said.\n\n## Each\n\n`day`\n: Said.", true],
    ["## All\n\n`day`\n: Said.\n\n`night`\n: Other.\n\n`day`\n: Said.", false],
    ["## All\n\nday_limit\n: Said.\n\nnight_limit\n: Said.", true],
    ["--day-limit\n\nSaid.\n\n--night-limit\n\nSaid.", true],
    ["day_limit: said. Said.\n\nnight_limit: said. Said.", true],
    ["pay_day(from): said. Said.\n\npay_night(from): said. Said.", true],
    ["day_limit: said. Said.\n\nday_limit: said. Said.", false],
    ["`day`: said. Said.\n\n“`night`”: said. Said.", true],
    ["By `day`, said. Said.\n\nBy `night`, said. Said.", false],
    ["### dayBoat\n\nSaid.\n\n### nightBoat\n\nSaid.", false],
    ["### easyJet\n\nSaid.\n\n### Lufthansa\n\nSaid.", false],
    ["### YouTube\n\nSaid.\n\n### LinkedIn\n\nSaid.", false],
    ["### iPhone\n\nSaid.\n\n### macOS\n\nSaid.", false],
    ["McDonald\n\nSaid.\n\nMacDonald\n\nSaid.", false],
    ["easyJet\n\nSaid.\n\nflyBe\n\nSaid.", false],
    ["10:30: said. Said.\n\n11:00: said. Said.", false],
    ["PayPal: said. Said.\n\nGitHub: said. Said.", false],
    ["Day.com said. Said.\n\nU.S. said. Said.", false],
    ["[Day](day.md): said. Said.\n\n[Day](day.md): said. Said.", false],
    ["[Day](day.md): said. Said.\n\n[Day](../day.md): said. Said.", false],
    ["[Day](day.md): said. Said.\n\n[The day](day.md): said. Said.", false],
    ["Day, [as](day.md) said. Said.\n\nNight, [as](night.md) said. Said.", false],
    ["### Day\n\nSaid.\n\n### Night\n\nSaid.", false],
    ["r[a.b]\nSaid.\n\nSaid.", false],
  ])("entries of a reference: %j", (text, expected) => {
    const [first, second] = holding(text, "Said");
    expect(opensEntries(draftOf(text), second, draftOf(text), first)).toBe(expected);
  });

  test.each([
    ['<div class="result">\n\nSaid.\n\n</div>', true],
    ["```md\n- Saying\n- Said.\n```\n\nBut how?\n\nSaying", true],
    ['<div class="resulting">\n\nSaid.\n\n</div>', false],
    ["Item Lorem ipsum dolor sit amet, consectetur adipisicing elit.", true],
    ["This is red. Duis aute irure dolor in reprehenderit.", true],
    ["The council put up a page that said nothing but “Lorem ipsum dolor sit amet”.", false],
    ["The priests waited in the vestibulum of the temple.", false],
    ["Boats. Vestibulum ante ipsum primis in faucibus.", true],
  ])("what a demonstration shows: %j", (text, expected) => {
    const { blocks } = draftOf(text);
    const last = blocks.findLastIndex(({ kind }) => kind === "paragraph");
    expect(isDemonstrated(draftOf(text), last)).toBe(expected);
  });

  test.each([
    ["[on](bridge.md)\n\nSaid.", true],
    ["Said.\n\n[on](/news/bridge/#why)", true],
    ["Said, [it](bridge?a=b).", true],
    ["Said, [it](https://example.org/bridge?a=b).", false],
    ["Said, [it](//example.org/bridge).", false],
    ["## [On](bridge.md)\n\nOther.\n\nFurther.\n\nSaid.", true],
    ["## [On](bridge.md)\n\n## By\n\nSaid.", false],
    ["Said.\n\nOther.\n\n[on](bridge.md)", false],
    ["Said, [it](#bridge).", false],
  ])("a teaser: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(linksTo(draftOf(text), first, first, ["bridge", "news"])).toBe(expected);
  });

  test.each([
    ["---\ntitle: A\n---\n\nSaid.\n\n---\n\nOther. Said.", true],
    ["# A\n\nSaid.\n\n<!-- more -->\n\nOther. Said.", true],
    ["Said.\n\n<!--truncate-->\n\nOther. Said.", true],
    ["Said.\n\n<!-- moreover -->\n\nOther. Said.", false],
    ["Other.\n\nSaid.\n\n---\n\nOther. Said.", false],
    ["Said.\n\nOther.\n\n---\n\nOther. Said.", false],
  ])("a summary: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(isSummary(draftOf(text), first, first)).toBe(expected);
  });

  test.each([
    ["<figure>\n<figcaption>\n\nSaid.\n\n</figcaption>\n</figure>", true],
    ['<figure><img src="a.png"><figcaption class="small">\n\nSaid.', true],
    ["<figure>\n\nSaid.\n\n</figure>", false],
    ["Said.", false],
  ])("a caption: %j", (text, expected) => {
    const [first] = holding(text, "Said");
    expect(isCaption(draftOf(text), first, first)).toBe(expected);
  });

  test.each([
    ["– Ann Lee, head of the office", true],
    ["Photo: Ann Lee", true],
    ["By Ann Lee and Ben Aas", true],
    ["By Monday the bridge was open.", false],
    ["Sources said that it was closed", false],
    ["", false],
  ])("a credit line: %j", (text, expected) => {
    expect(isCredit(text === "" ? undefined : firstBlock(text))).toBe(expected);
  });
});

test.each([
  ["## Day\n\nSaid.\n\n## Night\n\nOther.\n\n## Day\n\nSaid.", true],
  ["# All\n\n## Day\n\nSaid.\n\n### Fares\n\nOther.\n\n## Day\n\nSaid.", true],
  ["# All\n\n## Day\n\nSaid.\n\n# Each\n\n## Day\n\nSaid.", false],
  ["## The `day`\n\nSaid.\n\n## The `night`\n\nSaid.", false],
  ["## Day\n\nSaid.\n\n## Night\n\nSaid.", false],
  ["## Day\n\nSaid.\n\n## Day\n\nSaid.\n\n## Day\n\nOther.", false],
  ["## Day\n\nOther.\n\nSaid.\n\n## Day\n\nSaid.", false],
  ["## Day\n\nSaid.\n\n---\n\n## Day\n\nSaid.", false],
])("a section that was pasted twice: %j", (text, expected) => {
  const [first, second] = holding(text, "Said");
  expect(opensTwins(draftOf(text), second, first)).toBe(expected);
});

const BOATS = "The ferry leaves the quay twice an hour and takes forty people and their bicycles.";
const RAIN = "It rained in the valley for most of that week.";
const FOG = "Nobody on the hill could see the sea until noon.";

/** The signs of purpose of the only passage that occurs twice in a draft. */
function purposeOf(text: string, format?: FormatId): string {
  const [one, ...others] = candidatesWithin(getSequence(draftOf(text, format)), 12);
  expect(others).toEqual([]);
  if (one === undefined) return "nothing";
  const { meant, doubtful, expected } = one.facts;
  return expected ? "expected" : meant ? "meant" : doubtful ? "doubtful" : "";
}

test("text that two terms of a list share is about two things", () => {
  const list = (term: string): string =>
    `<dl><dt>Ferry<dd><p>${RAIN}<p>${BOATS}<dt>${term}<dd><p>${FOG}<p>${BOATS}</dl>`;
  expect(purposeOf(list("Boat"), "html")).toBe("meant");
  expect(purposeOf(list("Ferry"), "html")).toBe("");
});

test("the parameters of two functions may have the same text", () => {
  const entry = (name: string, first: string): string =>
    `<dt>${name}<dd><p>${first}<dl><dt>Boats<dd><p>${BOATS}</dl>`;
  const list = (name: string): string => `<dl>${entry("sail", RAIN)}${entry(name, FOG)}</dl>`;
  expect(purposeOf(list("moor"), "html")).toBe("meant");
  expect(purposeOf(list("sail"), "html")).toBe("");
});

test("a page may have its contents twice", () => {
  const items = [BOATS, "Where the quay is", "The fares of the week"];
  const list = (item: (words: string) => string): string => items.map(item).join("\n");
  const twice = (item: (words: string) => string): string =>
    `${list(item)}\n\n${RAIN}\n\n${list(item)}`;
  expect(purposeOf(twice((words) => `- [${words}](#a)`))).toBe("meant");
  expect(purposeOf(twice((words) => `- ${words}`))).not.toBe("meant");
  const links = list((words) => `- [${words}](#a)`);
  expect(purposeOf(`${RAIN}\n\n${links}\n${links}`)).not.toBe("meant");
});

const inBetween = (first: string, second: string): string =>
  `## Day\n\n${first}\n\n## Night\n\n${second}\n`;

describe("a passage twice in one draft", () => {
  test.each<[why: string, text: string, purpose: string]>([
    ["further down", `${BOATS}\n\n${RAIN}\n\n${BOATS}`, ""],
    [
      "in two components",
      `${RAIN}\n\n<ForBoats>\n\n${BOATS}\n\n</ForBoats>\n\n<ForCars>\n\n${BOATS}\n\n</ForCars>`,
      "meant",
    ],
    [
      "in a component twice",
      `${RAIN}\n\n<ForCars>\n\n${BOATS}\n\n</ForCars>\n\n${FOG}\n\n<ForCars>\n\n${BOATS}\n\n</ForCars>`,
      "",
    ],
    [
      "beside a component without content",
      `${RAIN}\n\n<ForBoats />\n\n${BOATS}\n\n<ForCars>\n\n${BOATS}\n\n</ForCars>`,
      "",
    ],
    ["under two headings", inBetween(`${RAIN}\n\n${BOATS}`, `${BOATS}\n\n${FOG}`), ""],

    [
      "one thing put for another",
      `${BOATS} ${RAIN} Take the red boat to the red pier.\n\n${FOG}\n\n${BOATS} ${RAIN} Take the blue boat to the blue pier.`,
      "meant",
    ],
    [
      "code put for code",
      `${BOATS} It answers \`yes\` then.\n\n${FOG}\n\n${BOATS} It answers \`no\` then.`,
      "meant",
    ],
    [
      "a word put for its opposite",
      `${BOATS} It is taken when the flag is enabled.\n\n${FOG}\n\n${BOATS} It is taken when the flag is disabled.`,
      "meant",
    ],
    [
      "a word put for its opposite, and one added",
      `${BOATS} It is taken when the flag is enabled.\n\n${FOG}\n\n${BOATS} It is only taken when the flag is disabled.`,
      "",
    ],
    [
      "an item in two parts of the news",
      `# 12 hostages released after talks\n\n## Day\n\n- ${RAIN}\n- ${BOATS}\n\n## Night\n\n- ${BOATS}`,
      "",
    ],
    [
      "an item under two headings",
      `# Version 2 of the plan\n\n## Day\n\n- ${RAIN}\n- ${BOATS}\n\n## Night\n\n- ${BOATS}`,
      "",
    ],
    [
      "beside its like, with much put for other words",
      "- You can go to the next image by clicking on the right side of the image or by pressing n.\n- Similarly, you can go to the previous image by clicking on the left side of the image or by pressing p.",
      "meant",
    ],
    [
      "beside its like, with words cut out",
      `${BOATS} It is run by the council of Aldham, which owns the quay.\n\n${BOATS} It is run by the council.`,
      "",
    ],
    [
      "a word put for another once",
      `${BOATS} Take the red boat to the pier.\n\n${FOG}\n\n${BOATS} Take the blue boat to the pier.`,
      "",
    ],

    [
      "after the same words",
      inBetween(
        `**How to go**: by boat, if it is warm and dry.\n\n${BOATS}`,
        `**How to go**: on foot unless the tide has come.\n\n${BOATS}\n\n${FOG}`,
      ),
      "meant",
    ],
    [
      "before the same words",
      inBetween(
        `${RAIN}\n\n${BOATS} In the winter it is closed for good, as a sign says.`,
        `${BOATS} In the winter you walk, or drive by way of the town.`,
      ),
      "meant",
    ],
    [
      "in sentences between the same words",
      inBetween(
        `In the spring they came by the road from Oslo. ${BOATS} In May they left.`,
        `In the spring they went home without a word. ${BOATS} In June it rained.`,
      ),
      "meant",
    ],

    [
      "a note under two headings",
      inBetween(`> [!NOTE]\n> ${BOATS}`, `${RAIN}\n\n> [!NOTE]\n> ${BOATS}`),
      "meant",
    ],
    [
      "an aside under two headings",
      inBetween(`:::tip\n\n${BOATS}\n\n:::`, `${RAIN}\n\n:::tip\n\n${BOATS}\n\n:::`),
      "meant",
    ],
    [
      "under two captions",
      `<figure>\n<figcaption>Bad</figcaption>\n<p>${BOATS}</p>\n</figure>\n<figure>\n<figcaption>Good</figcaption>\n<p>${BOATS}</p>\n</figure>\n`,
      "meant",
    ],
    ["with a label of its own", `**Day:** ${BOATS}\n\n${RAIN}\n\n**Night:** ${BOATS}`, "meant"],
    ["under two labels", `**By day**\n\n${BOATS}\n\n**By night**\n\n${BOATS}`, "meant"],

    ["struck out", `~~${BOATS}~~\n\nUpdate: ${BOATS}`, "meant"],
    ["partly struck out", `~~No.~~ ${BOATS}\n\nUpdate: ${BOATS}`, ""],

    [
      "leads to other code",
      `${BOATS}\n\n\`\`\`\nrow one\n\`\`\`\n\n${RAIN}\n\n${BOATS}\n\n\`\`\`\nsail two\n\`\`\``,
      "meant",
    ],
    [
      "leads to code of one kind",
      `${BOATS}\n\n\`\`\`\nrow one\n\`\`\`\n\n${RAIN}\n\n${BOATS}\n\n\`\`\`\nrow two\n\`\`\``,
      "",
    ],
    [
      "steps that are code",
      `1. \`row(the, boat, to, the, quay, at, noon)\`: the boat is at the quay now.\n2. \`row(the, boat, to, the, quay, at, noon)\`: the boat is at the quay now.`,
      "meant",
    ],

    [
      "under one heading of two things",
      `# Bus\n\n## Fares\n\n${BOATS}\n\n# Boat\n\n## Fares\n\n${BOATS}`,
      "doubtful",
    ],
    [
      "in a list and in steps",
      `- ${BOATS}\n- ${RAIN}\n\n${FOG}\n\n1. ${BOATS}\n2. ${FOG}`,
      "doubtful",
    ],
    [
      "the next item, with other words",
      `- ${BOATS} It is red.\n- ${BOATS} It is blue, and slow.\n- ${RAIN}`,
      "doubtful",
    ],
    [
      "a step of one pattern",
      `1. ${BOATS} Take it.\n2. ${RAIN}\n3. ${BOATS} Leave it again.`,
      "doubtful",
    ],
    [
      "an item further down, with other words",
      `- ${BOATS} It is red.\n- ${RAIN}\n- ${BOATS} It is blue, and slow.`,
      "",
    ],
    ["under two items", `- Day\n  - ${RAIN}\n  - ${BOATS}\n- Night\n  - ${BOATS}`, "doubtful"],
    ["under two equal items", `- Day\n  - ${RAIN}\n  - ${BOATS}\n- Day\n  - ${BOATS}`, ""],
    [
      "after the same words in one section",
      `**How to go**: by boat, if it is warm and dry.\n\n${BOATS}\n\n**How to go**: on foot unless the tide has come.\n\n${BOATS}`,
      "meant",
    ],
    [
      "before the same words in one section",
      `${RAIN}\n\n${BOATS}\n\n**How to go**: by boat, if it is warm and dry.\n\n${FOG}\n\n${BOATS}\n\n**How to go**: on foot unless the tide has come.`,
      "",
    ],
    ["in two lists", `- ${BOATS}\n- ${RAIN}\n\n${FOG}\n\n- ${BOATS}`, ""],
    ["at the end of two items", `- ${RAIN}\n  ${BOATS}\n- ${FOG}\n  ${BOATS}`, "doubtful"],
    ["at the end of an item, twice", `- ${RAIN}\n  ${BOATS}\n  ${BOATS}`, ""],
    ["after another name", `*Ann Lee, Bergen*\n${BOATS}\n\n*Ben Aas, Oslo*\n${BOATS}`, "doubtful"],
    [
      "after another name, with the first",
      `*Ann Lee, Bergen*\nAnn sails. ${BOATS}\n\n*Ben Aas, Oslo*\nAnn sails. ${BOATS}`,
      "",
    ],
  ])("%s", (_why, text, purpose) => {
    expect(purposeOf(`${text}\n`)).toBe(purpose);
  });
});
