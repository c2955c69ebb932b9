import { expect, test } from "vitest";
import { recentDrafts } from "../../server/src/project/recent-drafts.ts";
import { draftOf } from "../support/rules.ts";

test("the cache has the last requested drafts, for every limit", () => {
  const draft = draftOf("Text.\n");
  for (let most = 1; most <= 20; most++) {
    const recent = recentDrafts(most);
    for (let number = 0; number < 40; number++) {
      // The first is requested all the time.
      if (number > 0) recent.get("0");
      recent.set(String(number), draft);
    }
    const kept = Array.from({ length: 40 }, (_, number) => String(number)).filter(
      (name) => recent.get(name) !== undefined,
    );
    const last = Array.from({ length: 40 }, (_, number) => String(number)).slice(40 - most);
    expect(kept).toEqual(most === 1 ? ["39"] : ["0", ...last.slice(1)]);
  }
});

test("an unreadable draft is cached as such, and a deleted one is not cached", () => {
  const recent = recentDrafts(3);
  recent.set("a", undefined);
  expect(recent.get("a")).toEqual({ draft: undefined });
  recent.delete("a");
  expect(recent.get("a")).toBeUndefined();
});
