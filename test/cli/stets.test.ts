import { describe, expect, test } from "vitest";
import { passageHash } from "../../server/src/engine/suppression/suppress.ts";
import { place, RIGHT, WRONG } from "./support.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

const OTHER = "The stalls open at the the market square at nine.\n";

interface Listed {
  readonly path: string;
  readonly kind: string;
  readonly text: string;
  readonly unused: string | null;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

function listed(out: string): Listed[] {
  return (JSON.parse(out) as { readonly stets: Listed[] }).stets;
}

const entry = (text: string, rule = "repeated-word"): object => ({
  rule,
  text: text.split(" ").slice(0, 8).join(" "),
  hash: passageHash(text.trim()),
});

test("every stet and accepted phrase is listed with its place", async () => {
  const { galley } = place({
    "a.md": `<!-- stet repeated-word -->\n\n${WRONG}`,
    "b.txt": OTHER,
    ".galley.json": JSON.stringify({ accept: ["the the"], stet: [entry(OTHER)] }, undefined, 2),
  });
  const ran = await galley("stets");
  expect(ran).toMatchObject({ code: 0, err: "" });
  expect(ran.out).toBe(
    [
      ".galley.json",
      "  3:5     accept “the the”",
      "  6:5     stet repeated-word “The stalls open at the the market square”",
      "",
      "a.md",
      "  1:1     <!-- stet repeated-word -->",
      "",
      "3 stets.",
      "",
    ].join("\n"),
  );
  const json = await galley("stets", "--format", "json");
  expect(json.code).toBe(0);
  expect(listed(json.out).map(({ path, kind, unused }) => [path, kind, unused])).toEqual([
    [".galley.json", "phrase", null],
    [".galley.json", "entry", null],
    ["a.md", "comment", null],
  ]);
  expect((await galley("check")).code).toBe(0);
});

test("one that no longer suppresses anything is reported with the reason, with exit code 1", async () => {
  const { galley } = place({
    "a.md": `<!-- stet -->\n\n${RIGHT}\n<!-- stet no-such-rule -->\n\n${RIGHT.replace("Monday", "Tuesday")}`,
    "b.md": `${WRONG}\n<!-- stet-file -->\n`,
    "c.md": OTHER.replace("the the", "the"),
    ".galley.json": JSON.stringify({
      accept: ["La La Land"],
      overrides: [{ files: ["b.md"], accept: ["the the", "So So"] }],
      stet: [entry(OTHER), entry(OTHER.replace("the the", "the")), entry(RIGHT, "no-such-rule")],
    }),
  });
  const { code, out } = await galley("stets", "--format", "json");
  expect(code).toBe(1);
  const said = listed(out).map(({ path, text, unused }) => `${path} ${text}: ${unused ?? "-"}`);
  expect(said).toEqual([
    ".galley.json La La Land: It accepts nothing that would be reported.",
    ".galley.json the the: -",
    ".galley.json So So: It accepts nothing that would be reported.",
    ".galley.json The stalls open at the the market square: Its passage is clean now, or in no draft any more.",
    ".galley.json The stalls open at the market square at: Its passage is clean now, or in no draft any more.",
    ".galley.json The council met on Monday and approved the: “no-such-rule” is no rule.",
    "a.md <!-- stet -->: This stet is not needed: its passage is clean. Delete it.",
    "a.md <!-- stet no-such-rule -->: This stet names “no-such-rule”, which is not a rule.",
    "b.md <!-- stet-file -->: This stet-file is not at the top of the draft, so it has no effect. Delete it here.",
  ]);
  const pretty = await galley("stets");
  expect(pretty.code).toBe(1);
  expect(pretty.out).toMatch(/\n {2}1:12 {4}accept “La La Land”\n {10}It accepts nothing/);
  expect(pretty.out).toMatch(/\n9 stets, and 8 of them are not needed\.\n$/);
});

describe("nothing is said about use if it can't be known", () => {
  const files = {
    "a.md": RIGHT,
    "in/b.md": RIGHT,
    ".galley.json": JSON.stringify({ accept: ["La La Land"], stet: [entry(OTHER)] }),
  };

  test("of a part of a folder", async () => {
    const { galley } = place(files);
    expect((await galley("stets")).code).toBe(1);
    expect((await galley("stets", "in")).code).toBe(0);
    expect((await galley("stets", "a.md")).code).toBe(0);
    expect(listed((await galley("stets", "a.md", "--format", "json")).out)).toHaveLength(2);
  });

  test("where a draft can't be read", async () => {
    const { galley, write } = place(files);
    write("c.md", new Uint8Array([0xc3, 0x28]));
    const ran = await galley("stets");
    expect(ran.code).toBe(0);
    expect(ran.err).toBe("galley: c.md: It is not text in UTF-8 or UTF-16.\n");
    expect((await galley("stets", "c.md")).code).toBe(2);
    expect((await galley("stets", "none.md")).code).toBe(2);
  });

  test("of a rule that is off", async () => {
    const { galley } = place({
      "a.md": `<!-- stet repeated-word -->\n\n${RIGHT}`,
      ".galley.json": JSON.stringify({
        rules: { "repeated-word": "off" },
        stet: [entry(OTHER)],
      }),
    });
    expect(await galley("stets")).toMatchObject({ code: 0, err: "" });
  });
});

test("findings from comparing drafts count as well", async () => {
  const shared = `${LONG_BRIDGE}\n`;
  const { galley, write } = place({
    "a.md": `The mayor spoke of the budget on Monday.\n\n${shared}`,
    "b.md": `A choir sang in the old library.\n\n<!-- stet repeated-elsewhere -->\n\n${shared}\nMore is planned.\n`,
  });
  expect(await galley("stets")).toMatchObject({ code: 0, err: "" });
  write("a.md", RIGHT);
  const { code, out } = await galley("stets", "--format", "json");
  expect(code).toBe(1);
  expect(listed(out)[0]?.unused).toMatch(/is not needed/);
  expect((await galley("stets")).out).toContain("1 of them is not needed");
});

test("if there are no stets, that is said", async () => {
  const { galley } = place({ "a.md": WRONG });
  expect(await galley("stets")).toEqual({ code: 0, out: "There are no stets.\n", err: "" });
  expect((await galley("stets", "--format", "sarif")).code).toBe(2);
});

test("a mistake in the settings is reported, with exit code 2", async () => {
  const { galley } = place({ "a.md": WRONG, ".galley.json": '{"accept": ["La La Land"], "x": 1}' });
  const { code, err, out } = await galley("stets");
  expect(code).toBe(2);
  expect(err).toContain(".galley.json");
  expect(out).toContain("La La Land");
});

test("no name and no comment is a command to a terminal", async () => {
  const { galley } = place({
    "::error a\u001B[31m.md": `<!-- stet repeated-word: \u001B[2J ##[error] -->\n\n${WRONG}`,
    ".galley.json": JSON.stringify({ accept: ["a\u001B[2J\nb"] }),
  });
  for (const format of ["pretty", "json"]) {
    const { out } = await galley("stets", "--format", format);
    expect(out).toContain("error a");
    expect(out).not.toMatch(/[\u001B]|^\s*::|##\[/m);
  }
});

test("entries of an extended file are listed once, and never called unused", async () => {
  const { galley } = place({
    "a.md": OTHER,
    "b/c.md": OTHER.replace("nine", "ten"),
    "house.json": JSON.stringify({ accept: ["La La Land"], stet: [entry(OTHER)] }),
    "more.json": JSON.stringify({ extends: ["./house.json"] }),
    ".galley.json": JSON.stringify({ extends: ["./house.json"] }),
    "b/.galley.json": JSON.stringify({ extends: ["../more.json"], accept: ["the the"] }),
  });
  const { code, out } = await galley("stets", "--format", "json");
  expect(listed(out).map(({ path, kind, unused }) => [path, kind, unused])).toEqual([
    ["b/.galley.json", "phrase", null],
    ["house.json", "phrase", null],
    ["house.json", "entry", null],
  ]);
  expect(code).toBe(0);
  expect((await galley("check")).code).toBe(0);
});
