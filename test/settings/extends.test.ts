import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatePaths } from "../../server/src/settings/config/extends.ts";
import {
  type ConfigTree,
  newTree,
  resolveIn,
  getScope,
  withAdmissions,
  withTexts,
} from "../../server/src/settings/config/tree.ts";
import { say } from "../../server/src/text/wording.ts";
import { runs } from "../support/property.ts";

/* What a config file extends, without a disk: the facts about files are put into the tree. */

const ROOT = "/w/.galley.json";

type Files = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A tree in which everything requested is read, whatever the order. */
function treeOf(files: Files, root = ROOT): ConfigTree {
  let tree = withTexts(newTree({}), new Map([[root, textOf(files[root])]]));
  for (let paths = unread(tree, root); paths.length > 0; paths = unread(tree, root)) {
    const texts = paths.map((path) => [path, path in files ? textOf(files[path]) : undefined]);
    tree = withTexts(tree, new Map(texts as [string, string | undefined][]));
    tree = withAdmissions(tree, root, new Map(paths.map((path) => [path, "in"])));
  }
  return tree;
}

function unread(tree: ConfigTree, root: string): readonly string[] {
  return tree.nodes.get(root)?.unread ?? [];
}

function holdsFor(files: Files, draft = "/w/x.md") {
  return resolveIn(getScope(treeOf(files), draft, "/w", undefined), draft);
}

function told(files: Files): readonly string[] {
  return (
    treeOf(files)
      .nodes.get(ROOT)
      ?.problems.map(({ message }) => say(message)) ?? []
  );
}

describe("an extended file", () => {
  test("applies as if it came before: later wins, and lists add up", () => {
    const { settings, selection } = holdsFor({
      [ROOT]: {
        extends: ["./a.json", "./b.json"],
        placeholder: "own",
        accept: ["own"],
        exclude: ["own"],
      },
      "/w/a.json": { placeholder: "a", language: "de", accept: ["a"], exclude: ["a"] },
      "/w/b.json": { language: "fr", accept: ["b"], include: ["b/**"] },
    });
    expect(settings).toMatchObject({
      placeholder: "own",
      language: "fr",
      accept: ["a", "b", "own"],
    });
    expect(selection.groups).toEqual([{ folder: "/w", include: ["b/**"], exclude: ["a", "own"] }]);
  });

  test("sets rules individually, and for a rule its severity and each option individually", () => {
    const { settings } = holdsFor({
      [ROOT]: { extends: ["./a.json"], rules: { "repeated-block": "hint" } },
      "/w/a.json": {
        rules: {
          "repeated-word": "off",
          "repeated-block": { severity: "error", options: { minWords: 77 } },
        },
      },
    });
    expect(settings.rules.get("repeated-word")?.severity).toBe("off");
    expect(settings.rules.get("repeated-block")).toMatchObject({
      severity: "hint",
      options: { minWords: 77 },
    });
  });

  test("has its overrides applied before the extending file, whose own top wins over them", () => {
    const files = {
      [ROOT]: { extends: ["./in/a.json"], language: "fr" },
      "/w/in/a.json": {
        overrides: [{ files: ["x.md"], language: "de", placeholder: "x" }],
      },
    };
    expect(holdsFor(files).settings).toMatchObject({ language: "fr", placeholder: "x" });
    expect(holdsFor(files, "/w/y.md").settings).toMatchObject({ placeholder: "TK" });
  });

  test("is found in the nearest node_modules", () => {
    const name = "node_modules/@paper/style/.galley.json";
    const files = { [ROOT]: { extends: ["@paper/style"] }, [`/${name}`]: { placeholder: "far" } };
    expect(holdsFor(files).settings.placeholder).toBe("far");
    expect(
      holdsFor({ ...files, [`/w/${name}`]: { placeholder: "near" } }).settings.placeholder,
    ).toBe("near");
  });

  test("may be given without a list, and is reported at its place if it is missing", () => {
    const files = { [ROOT]: { extends: "./a.json" }, "/w/a.json": { placeholder: "a" } };
    expect(holdsFor(files).settings.placeholder).toBe("a");
    expect(told(files)).toEqual([]);
    expect(told({ [ROOT]: { extends: "a.json" } })).toEqual([
      expect.stringMatching(/If it is a file, write “\.\/a\.json”/),
    ]);
    expect(told({ [ROOT]: { extends: "/a.json" } })).toEqual([
      expect.stringMatching(/must be a JSON file of this repository/),
    ]);
    expect(told({ [ROOT]: { extends: 3 } })).toEqual([
      expect.stringMatching(/^“extends” must be a text in double quotes, or a list of them\./),
    ]);
    const problem = treeOf({ [ROOT]: '{ "extends": "./gone.json" }' }).nodes.get(ROOT)?.problems[0];
    expect(problem?.span).toEqual({ start: 13, end: 26 });
  });

  test("applies once if it is named twice", () => {
    const files = {
      [ROOT]: { extends: ["./a.json", "./b.json"] },
      "/w/a.json": { extends: ["./c.json"], placeholder: "a" },
      "/w/b.json": { extends: ["./c.json"] },
      "/w/c.json": { placeholder: "c", accept: ["c"] },
    };
    expect(holdsFor(files).settings).toMatchObject({ placeholder: "a", accept: ["c"] });
    expect(told(files)).toEqual([]);
  });
});

test.each([1, 2, 3, 11])("a circle of %i files ends, and each applies once", (length) => {
  const names = Array.from({ length }, (_, number) => (number === 0 ? ROOT : `/w/f${number}.json`));
  const files = Object.fromEntries(
    names.map((name, number) => [
      name,
      number === length - 1
        ? { extends: ["./.galley.json"], placeholder: "last", accept: [`${number}`] }
        : { extends: [`./f${number + 1}.json`], accept: [`${number}`] },
    ]),
  );
  expect(told(files)).toEqual([]);
  expect(holdsFor(files).settings).toMatchObject({
    placeholder: "last",
    accept: names.map((_, number) => `${number}`).reverse(),
  });
});

describe("each failure to extend is one message, and everything else applies:", () => {
  test.each([
    ["./gone.json", /^“\.\/gone\.json” is not there\./],
    ["@paper/gone", /^“@paper\/gone” is not installed here/],
    ["house.json", /If it is a file, write “\.\/house\.json”\.$/],
    ["../../../../x.json", /^“\.\.\/\.\.\/\.\.\/\.\.\/x\.json” is outside this repository/],
  ])("%s", (name, message) => {
    const files = { [ROOT]: { extends: [name], placeholder: "own" } };
    expect(told(files)).toEqual([expect.stringMatching(message)]);
    expect(holdsFor(files).settings.placeholder).toBe("own");
  });

  test("a file that an extended file names", () => {
    const files = { [ROOT]: { extends: ["./a.json"] }, "/w/a.json": { extends: ["./b.json"] } };
    expect(told(files)).toEqual([
      "“./a.json” extends “./b.json”, which is not there. Nothing is taken from it.",
    ]);
  });

  test("is one of more files than anybody has", () => {
    const names = Array.from({ length: 5000 }, (_, number) => `./f${number}.json`);
    const files = {
      [ROOT]: { extends: names },
      ...Object.fromEntries(names.map((name) => [`/w/${name.slice(2)}`, { extends: names }])),
    };
    const messages = told(files);
    expect(messages.length).toBeLessThan(110);
    expect(messages.filter((one) => one.startsWith("More than 100 files"))).toHaveLength(1);
  });

  test.each([
    "https://example.org/a.json",
    "file:///etc/a.json",
    "/etc/a.json",
    "C:\\a.json",
    ".\\..\\a.json",
    "./a\\..\\..\\a.json",
    "./a.js",
    "./a.yaml",
    "~/a.json",
    "@paper/style/../../a",
    "@paper/style/strict.json",
    "../",
    "..",
    ".",
    "",
    "./\u0000.json",
    "node_modules/../x",
  ])("%j is no file of the repository and no package", (name) => {
    const files = { [ROOT]: { extends: [name, "./good.json"] }, "/w/good.json": { accept: ["x"] } };
    expect(told(files)).toEqual([expect.stringMatching(/must be a JSON file of this repository/)]);
    expect(holdsFor(files).settings.accept).toEqual(["x"]);
  });
});

test("a name is the same path, however it is written, in a path and in a URI", () => {
  expect(candidatePaths("./a/.././//b.json", "/w/in")).toEqual(["/w/in/b.json"]);
  expect(candidatePaths("../50% #1?.json", "file:///w/in")).toEqual([
    "file:///w/50%25 %231%3F.json",
  ]);
  expect(candidatePaths("../../x.json", "file:///w")).toEqual([]);
  expect(candidatePaths("style", "file:///w/node_modules")).toEqual([
    "file:///w/node_modules/style/.galley.json",
    "file:///node_modules/style/.galley.json",
  ]);
  expect(candidatePaths("style", "web://host/w")).toEqual([
    "web://host/w/node_modules/style/.galley.json",
    "web://host/node_modules/style/.galley.json",
  ]);
});

const PLACES = [ROOT, "/w/a.json", "/w/b.json", "/w/in/.galley.json", "/w/in/c.json"];
const NAMES = [
  "./a.json",
  "./b.json",
  "../a.json",
  "./c.json",
  "./in/.galley.json",
  "../.galley.json",
];
const content = fc
  .record({
    extends: fc.subarray(NAMES),
    accept: fc.subarray(["x", "y"]),
    placeholder: fc.constantFrom("A", "B"),
  })
  .map((value) => JSON.stringify(value));
const step = fc.tuple(
  fc.constantFrom(...PLACES),
  fc.oneof(content, fc.constant(undefined), fc.constant("[")),
);

test("after any changes a tree equals one made from the latest texts", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const roots = PLACES.filter((path) => path.endsWith("/.galley.json"));
      const everything = (tree: ConfigTree): ConfigTree =>
        roots.reduce((made, root) => {
          for (let paths = unread(made, root); paths.length > 0; paths = unread(made, root)) {
            const gone = paths.filter((one) => !made.nodes.has(one));
            const admitted = new Map(paths.map((one) => [one, "in"] as const));
            made = withAdmissions(
              withTexts(made, new Map(gone.map((one) => [one, undefined]))),
              root,
              admitted,
            );
          }
          return made;
        }, tree);
      let tree = newTree({});
      const texts = new Map<string, string | undefined>();
      for (const [path, text] of steps) {
        tree = everything(withTexts(tree, new Map([[path, text]])));
        texts.set(path, text);
        const fresh = everything(withTexts(newTree({}), texts));
        for (const root of roots) {
          expect(tree.nodes.get(root)?.layers).toEqual(fresh.nodes.get(root)?.layers);
          expect(tree.nodes.get(root)?.problems).toEqual(fresh.nodes.get(root)?.problems);
          const draft = root.replace(".galley.json", "x.md");
          const [one, other] = [tree, fresh].map((of) =>
            resolveIn(getScope(of, draft, "/w", undefined), draft),
          );
          expect(one).toEqual(other);
        }
      }
    }),
    runs(150),
  );
});
