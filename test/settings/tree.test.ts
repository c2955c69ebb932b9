import fc from "fast-check";
import { expect, test } from "vitest";
import type { Config } from "../../server/src/settings/config/config.ts";
import { newTree, resolveIn, getScope, withTexts } from "../../server/src/settings/config/tree.ts";
import { runs } from "../support/property.ts";

/* A tree of config files is a value: settings follow from the texts, not from earlier ones. */

const PLACES = ["", "/a", "/a/b", "/c"].map((folder) => `/w${folder}/.galley.json`);
const DRAFTS = ["/w/x.md", "/w/a/x.md", "/w/a/b/x.md", "/w/a/b/y.md", "/w/c/x.md", "/v/x.md"];
const ROOTS = ["/w", "/w/a"];
const TEXTS = [
  undefined,
  "",
  "{}",
  '{"accept": ["x"]}',
  '{"accept": ["x"]} // Ours.',
  '{"accept": ["x"], "exclude": ["y.md"]}',
  '{"overrides": [{"files": ["x.md"], "placeholder": "A"}, {"files": ["b"], "placeholder": "B"}]}',
  '{"overrides": [{"files": ["y.md"], "accept": ["y"]}], "zebra": 1}',
  "[",
];
const EDITORS: readonly Config[] = [{}, { placeholder: "E" }, { exclude: ["c"] }];

const change = fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom(...TEXTS));

test("after any changes it equals one made from the latest texts, and equal sources give one object", () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }), (steps) => {
      let tree = newTree({});
      const texts = new Map<string, string | undefined>();
      for (const step of steps) {
        const before = tree;
        tree = withTexts(tree, new Map(step));
        for (const [path, text] of new Map(step)) texts.set(path, text);
        const fresh = withTexts(newTree({}), texts);
        const bySource = new Map<string, unknown>();
        for (const editor of EDITORS) {
          for (const root of ROOTS) {
            for (const draft of DRAFTS) {
              const scope = getScope(tree, draft, root, editor);
              const resolved = resolveIn(scope, draft);
              expect(resolved).toEqual(resolveIn(getScope(fresh, draft, root, editor), draft));
              expect(resolveIn(scope, draft)).toBe(resolved);
              // Equal settings are the same object, whichever file they are from.
              const named = scope.perFile ? [scope.folder, draft] : [];
              const source = JSON.stringify([editor, scope.node.parsed.config, named]);
              const known = bySource.get(source) ?? resolved.settings;
              bySource.set(source, known);
              expect(resolved.settings).toBe(known);
            }
          }
        }
        for (const [path, node] of tree.nodes) {
          if (before.nodes.get(path)?.text === node.text) {
            expect(before.nodes.get(path)).toBe(node);
          }
        }
      }
    }),
    runs(100),
  );
});
