import { expect, test } from "vitest";
import { parseConfig } from "../../../server/src/settings/config/config.ts";
import { linkedNode, newNode } from "../../../server/src/settings/config/node.ts";
import type { Extended } from "../../../server/src/settings/config/extends.ts";

const look =
  (files: Readonly<Record<string, string>>) =>
  (path: string): Extended =>
    files[path] === undefined ? "absent" : parseConfig(files[path]);

test("a new node has the settings of its text, without what it extends", () => {
  const node = newNode("/a/.galley.json", '{ "extends": ["../b.json"], "accept": ["c"] }');
  expect(node.parsed.config.accept).toEqual(["c"]);
  expect(node).toMatchObject({ files: [], extended: [], unread: [], problems: [] });
  expect(node.layers).toEqual([node.parsed.config]);
});

test("a node with what it extends: the extended file applies first, and a missing one is a problem, in order", () => {
  const text = '{ "extends": ["../b.json", "../none.json"], "accept": ["c"], "sensitivity": 3 }';
  const node = linkedNode(
    newNode("/a/.galley.json", text),
    look({ "/b.json": '{ "accept": ["b"] }' }),
    true,
  );
  expect(node.layers.map(({ accept }) => accept)).toEqual([["b"], ["c"]]);
  expect(node.files).toEqual(["/b.json"]);
  expect(node.extended).toEqual(["/b.json", "/none.json"]);
  const places = node.problems.map(({ span }) => text.slice(span.start, span.end));
  expect(places).toEqual(['"../none.json"', '"sensitivity"']);
});

test("a node that applies to no draft, has no path or extends nothing reads no file", () => {
  const never = (): Extended => {
    throw new Error("looked");
  };
  const extending = '{ "extends": ["../b.json"] }';
  for (const node of [
    linkedNode(newNode("/a/.galley.json", extending), never, false),
    linkedNode(newNode(undefined, extending), never, true),
    linkedNode(newNode("/a/.galley.json", "{}"), never, true),
  ]) {
    expect(node.extended).toEqual([]);
  }
});
