import { describe, expect, test } from "vitest";
import { scannedServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

describe("judgements", () => {
  test("of an open document are of its text, and are the same until it changes", async () => {
    const services = await scannedServices({ "a.md": RIGHT });
    const { judgements, store } = services;
    const path = services.pathTo("a.md");
    expect(judgements.of(path)).toBeUndefined();
    expect(judgements.other("file:///none.md")).toBeUndefined();
    expect(judgements.ofStored(path)).toEqual([]);
    services.open("a.md", WRONG);
    const judged = judgements.of(path);
    expect(judged?.findings.map(({ rule }) => rule)).toEqual(["repeated-word"]);
    expect(judgements.of(path)).toBe(judged);
    expect(judgements.shown(path)).toBe(judged);
    const changes = [{ text: RIGHT }];
    store.dispatch({ type: "edited", path, version: 2, changes, at: 0, shown: [] });
    expect(judgements.of(path)?.findings).toEqual([]);
    store.dispatch({ type: "closed", path, at: 0 });
    expect(judgements.of(path)).toBeUndefined();
  });

  test("a report is out of date when what is shown has changed since", async () => {
    const services = await scannedServices({ "a.md": WRONG });
    const { judgements } = services;
    const path = services.pathTo("a.md");
    services.open("a.md", WRONG);
    expect(judgements.isOutdated(path)).toBe(false);
    judgements.report(path);
    expect(judgements.isOutdated(path)).toBe(false);
    const config = '{ "rules": { "repeated-word": "off" } }';
    services.open(".galley.json", config, "json");
    expect(judgements.isOutdated(path)).toBe(true);
    judgements.report(path);
    expect(judgements.isOutdated(path)).toBe(false);
  });

  test("before an edit: what was shown, nothing of what nobody has looked at", async () => {
    const services = await scannedServices({});
    const path = services.pathTo("a.md");
    services.open("a.md", WRONG);
    expect(services.judgements.shownBeforeEdit(path)).toEqual([]);
    services.judgements.shown(path);
    expect(services.judgements.shownBeforeEdit(path)).toHaveLength(1);
    services.judgements.forget(path);
    expect(services.judgements.shownBeforeEdit(path)).toEqual([]);
  });
});
