import fc from "fast-check";
import { expect, test } from "vitest";
import { circumstances, endings, type Event, events, TEXTS } from "../support/any-order.ts";
import { runs } from "../support/property.ts";

/*
 * Whatever happens to files and editors, in whatever order, the diagnostics that a client ends up with
 * are those that a fresh start on the same files and editors gives.
 */

/** Orders that once ended otherwise. */
const FOUND_BEFORE: readonly Event[][] = [
  [
    { kind: "pause" },
    { kind: "write", name: ".galley.json", text: '{"rules": {"repeated-word": "off"}}' },
    { kind: "open", name: "a.md", text: TEXTS[2] },
    { kind: "write", name: "in/deep/d.md", text: TEXTS[2] },
  ],
  [
    { kind: "open", name: "a.md", text: TEXTS[2] },
    { kind: "pause" },
    { kind: "write", name: ".galley.json", text: '{"rules": {"repeated-elsewhere": "off"}}' },
  ],
  // A config file in a folder that is passed over holds for the drafts in it that are open.
  [
    { kind: "open", name: "in/deep/d.md", text: TEXTS[0] },
    { kind: "pause" },
    { kind: "write", name: ".gitignore", text: "in/\n" },
    { kind: "write", name: "in/.galley.json", text: '{"rules": {"repeated-word": "off"}}' },
  ],
  // One in a folder that is moved here whole, too; and the editor has to be told.
  [
    { kind: "write", name: "in/.galley.json", text: '{"rules": {"repeated-word": "off"}}' },
    { kind: "open", name: "moved/c.md", text: TEXTS[0] },
    { kind: "pause" },
    { kind: "move", from: "in", to: "moved" },
  ],
  // Drafts are compared with each other from the moment the rule is on again.
  [
    { kind: "write", name: "b.md", text: TEXTS[3] },
    { kind: "write", name: ".galley.json", text: '{"rules": {"repeated-elsewhere": "off"}}' },
    { kind: "pause" },
    { kind: "remove", name: ".galley.json" },
  ],
  // Opened and closed as it stands on disk, while the other copy comes.
  [
    { kind: "pause" },
    { kind: "open", name: "in/c.md", text: TEXTS[2] },
    { kind: "open", name: "b.md", text: TEXTS[3] },
    { kind: "pause" },
    { kind: "close", name: "in/c.md" },
  ],
  // A folder that is none of the workspace's any more takes its problems, and its rules, with it.
  [
    { kind: "folder", name: "" },
    { kind: "write", name: ".galley.json", text: '{"rules": ' },
  ],
  [
    { kind: "wait", turns: 7 },
    { kind: "folder", name: "in" },
    { kind: "folder", name: "" },
    { kind: "write", name: ".gitignore", text: "*.md\n!b.md\n" },
    { kind: "write", name: "in/deep/d.md", text: TEXTS[0] },
  ],
  [
    { kind: "write", name: "in/.gitignore", text: "*.md\n!b.md\n" },
    { kind: "folder", name: "in" },
    { kind: "write", name: "in/deep/d.md", text: TEXTS[0] },
    { kind: "open", name: "a.md", text: TEXTS[0] },
  ],
  // What an open config file may extend depends on the folders.
  [
    {
      kind: "open",
      name: "in/.galley.json",
      text: '{"extends": ["../house.json", "./in/house.json"]}',
    },
    { kind: "pause" },
    { kind: "folder", name: "" },
  ],
  // What an open config file extends comes later.
  [
    {
      kind: "open",
      name: "in/.galley.json",
      text: '{"extends": ["./house.json"], "accept": ["x"]}',
    },
    { kind: "pause" },
    { kind: "write", name: "in/house.json", text: '{"rules": {"repeated-word": "off"}}' },
  ],
  // A draft that is still being read when the folder it is in goes.
  [
    { kind: "write", name: "in/deep/d.md", text: TEXTS[0] },
    { kind: "wait", turns: 25 },
    { kind: "remove", name: "in/deep" },
  ],
  // With open drafts only, what changes on disk is nobody's business.
  [
    { kind: "pause" },
    { kind: "settings", to: "open drafts only" },
    { kind: "write", name: "a.md", text: TEXTS[0] },
  ],
];

test("any order of events ends as a fresh start does", async () => {
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

test("the same events under the same circumstances happen the same way each time", async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(events, circumstances, async (happened, where) => {
      const first = await endings(happened, where);
      expect(await endings(happened, where)).toEqual(first);
      count += first.messages.length;
    }),
    runs(20),
  );
  expect(count).toBeGreaterThan(100);
});
