import { expect, test } from "vitest";
import { place, RIGHT, WRONG } from "./support.ts";

const TRAILING = "The mayor said that the harbour would open in in spring.\n";

/** A folder with this many drafts, each with the text and a line of its own. */
function drafts(folder: string, count: number, text: string): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  return Object.fromEntries(
    numbers.map((number) => [`${folder}/${number}.md`, `Draft ${folder} ${number}.\n\n${text}`]),
  );
}

const MANY = {
  ...drafts("archive/old", 12, WRONG),
  ...drafts("posts", 14, TRAILING),
  ...drafts("clean", 10, RIGHT),
};

const ONLY_WORDS = ["--rule", "repeated-elsewhere=off"];

test("from 20 findings on there is a table, with a hint at the baseline", async () => {
  const { out } = await place(MANY).galley("check", ...ONLY_WORDS);
  const lines = out.split("\n");
  const overview = lines.slice(lines.indexOf("By rule and folder"), -4);
  expect(overview).toEqual([
    "By rule and folder",
    "     14  repeated-word  posts",
    "     12  repeated-word  archive/old",
    "",
    "The same words",
    "  “in in”: 14 places  repeated-word",
    "  “the the”: 12 places  repeated-word",
    "",
    "To see only what is new",
    "  galley baseline",
  ]);
});

test("a new mistake next to a baseline is not hidden in it", async () => {
  const { galley, write } = place({ "a.md": WRONG });
  await galley("baseline");
  write("a.md", RIGHT);
  for (const [name, text] of Object.entries(drafts("posts", 20, TRAILING))) write(name, text);
  const { out } = await galley("check", ...ONLY_WORDS);
  expect(out).toContain("20 warnings in 21 drafts");
  expect(out).toContain("By rule and folder");
  expect(out).not.toContain("galley baseline");
});

test("below 20 findings there is no overview", async () => {
  const { out } = await place(drafts("posts", 19, TRAILING)).galley("check", ...ONLY_WORDS);
  expect(out).toContain("19 warnings in 19 drafts");
  expect(out).not.toContain("By rule and folder");
});

test("--summary prints only the summary, and --quiet only the findings", async () => {
  const { galley } = place(drafts("posts", 3, TRAILING));
  const summary = (await galley("check", "--summary", ...ONLY_WORDS)).out;
  expect(summary).toMatch(/^By rule and folder\n +3 {2}repeated-word {2}posts\n/);
  expect(summary).toContain("3 warnings in 3 drafts");
  expect(summary).not.toContain("posts/0.md");
  const quiet = await galley("check", "--quiet", ...ONLY_WORDS);
  expect(quiet.code).toBe(1);
  expect(quiet.out.match(/^posts\/\d\.md$/gm)).toHaveLength(3);
  expect(quiet.out).not.toContain("3 warnings");
  const clean = await place({ "a.md": RIGHT }).galley("check", "--quiet");
  expect(clean).toEqual({ code: 0, out: "", err: "" });
  expect((await place({}).galley("check", "--quiet")).out).toContain("nothing was checked");
  expect((await galley("check", "--quiet", "--summary")).code).toBe(2);
});
