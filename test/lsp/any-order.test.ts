import fc from "fast-check";
import { expect, test } from "vitest";
import { circumstances, endings, type Event, events, TEXTS } from "../support/any-order.ts";
import { runs } from "../support/property.ts";

/*
 * Whatever happens to files and editors, in whatever order: the client ends up with the same diagnostics as after a
 * fresh start with the same files and editors.
 */

const PAUSE: Event = { kind: "pause" };
const write = (name: string, text: string): Event => ({ kind: "write", name, text });
const open = (name: string, text: string): Event => ({ kind: "open", name, text });
const folder = (name: string): Event => ({ kind: "folder", name });
const wait = (turns: number): Event => ({ kind: "wait", turns });

const NO_WORDS = '{"rules": {"repeated-word": "off"}}';
const NO_COMPARING = '{"rules": {"repeated-elsewhere": "off"}}';
const MOST_IGNORED = "*.md\n!b.md\n";
const [WORDS, , BRIDGE, FERRY] = TEXTS;

/** Orders that once ended differently. */
const FOUND_BEFORE: readonly Event[][] = [
  [PAUSE, write(".galley.json", NO_WORDS), open("a.md", BRIDGE), write("in/deep/d.md", BRIDGE)],
  [open("a.md", BRIDGE), PAUSE, write(".galley.json", NO_COMPARING)],
  // A config file in a skipped folder applies to open drafts in it.
  [
    ...[open("in/deep/d.md", WORDS), PAUSE, write(".gitignore", "in/\n")],
    write("in/.galley.json", NO_WORDS),
  ],
  // So does one in a folder that is moved here whole, and the editor must be told.
  [
    ...[write("in/.galley.json", NO_WORDS), open("moved/c.md", WORDS), PAUSE],
    { kind: "move", from: "in", to: "moved" },
  ],
  // Drafts are compared with each other from the moment the rule is on again.
  [
    ...[write("b.md", FERRY), write(".galley.json", NO_COMPARING), PAUSE],
    { kind: "remove", name: ".galley.json" },
  ],
  // Opened and closed without a change, while the other copy is created.
  [
    ...[PAUSE, open("in/c.md", BRIDGE), open("b.md", FERRY), PAUSE],
    { kind: "close", name: "in/c.md" },
  ],
  // A folder that leaves the workspace takes its problems and its settings with it.
  [folder(""), write(".galley.json", '{"rules": ')],
  [
    ...[wait(7), folder("in"), folder(""), write(".gitignore", MOST_IGNORED)],
    write("in/deep/d.md", WORDS),
  ],
  [
    ...[write("in/.gitignore", MOST_IGNORED), folder("in"), write("in/deep/d.md", WORDS)],
    open("a.md", WORDS),
  ],
  // What an open config file may extend depends on the folders.
  [
    ...[open("in/.galley.json", '{"extends": ["../house.json", "./in/house.json"]}'), PAUSE],
    folder(""),
  ],
  // So it does for one that is just being read.
  [
    write("in/.galley.json", '{"extends": ["../house.json", "./in/house.json"]}'),
    ...[wait(1), folder("in")],
  ],
  // The file that an open config file extends is created later.
  [
    ...[open("in/.galley.json", '{"extends": ["./house.json"], "accept": ["x"]}'), PAUSE],
    write("in/house.json", NO_WORDS),
  ],
  // A draft is still being read when its folder is deleted.
  [write("in/deep/d.md", WORDS), wait(25), { kind: "remove", name: "in/deep" }],
  // If only open drafts are checked, changes on disk don't matter.
  [PAUSE, { kind: "settings", to: "open drafts only" }, write("a.md", WORDS)],
];

test("any order of events ends like a fresh start", async () => {
  await fc.assert(
    fc.asyncProperty(events, circumstances, async (happened, where) => {
      const { after, fresh } = await endings(happened, where);
      expect(after).toEqual(fresh);
    }),
    {
      ...runs(100),
      examples: FOUND_BEFORE.flatMap((some): [Event[], { pulls: boolean; seed: number }][] => [
        [some, { pulls: true, seed: 1 }],
        [some, { pulls: false, seed: 2 }],
      ]),
    },
  );
});
