import fc from "fast-check";
import { expect, test } from "vitest";
import {
  computeOnce,
  memoizeOn,
  objectCache,
  keepLast,
  RecentlyUsed,
  reuseLast,
} from "../../../server/src/draft/incremental/memoize.ts";
import { runs } from "../../support/property.ts";

test("keeps a value with an object, without affecting equality or copies", () => {
  const sizes = objectCache<object, number>();
  const names = objectCache<object, string>();
  const draft = { text: "One." };
  expect(sizes.get(draft)).toBeUndefined();
  sizes.set(draft, 1);
  names.set(draft, "one");
  sizes.set(draft, 2);
  expect([sizes.get(draft), names.get(draft)]).toEqual([2, "one"]);
  expect(draft).toStrictEqual({ text: "One." });
  expect(JSON.stringify(draft)).toBe('{"text":"One."}');
  expect(sizes.get({ ...draft })).toBeUndefined();
  expect(sizes.get(structuredClone(draft))).toBeUndefined();
});

const EMPTY: readonly string[] = [];

test("computes a value once for each object, and again for its copy", () => {
  const asked: object[] = [];
  const countOf = memoizeOn<readonly string[]>()((list) => {
    asked.push(list);
    return list.length;
  });
  const list = ["one", "two"];
  const copy = [...list];
  expect([countOf(list), countOf(list), countOf(copy), countOf(list)]).toEqual([2, 2, 2, 2]);
  expect(asked).toEqual([list, copy]);
  const first = memoizeOn<readonly string[]>()((all): string | undefined => {
    asked.push(all);
    return all[0];
  });
  expect([first(EMPTY), first(EMPTY), first(list)]).toEqual([undefined, undefined, "one"]);
  expect(asked).toEqual([list, copy, EMPTY, list]);
  expect(list).toStrictEqual(copy);
  expect(Object.keys(list)).toEqual(["0", "1"]);
});

test("computes a value once, on first request, even if it is undefined", () => {
  let computed = 0;
  const value = computeOnce((): string | undefined => {
    computed++;
    return undefined;
  });
  expect(computed).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(computed).toBe(1);
});

test("keeps the last requested values, up to the limit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(5)), (most, asked) => {
      let last: number[] = [];
      const computed: number[] = [];
      const compute = keepLast(most, String, (one: number) => {
        computed.push(one);
        return { one };
      });
      const expected = asked.filter((one) => {
        const isKept = last.includes(one);
        last = [...last.filter((other) => other !== one), one].slice(-most);
        return !isKept;
      });
      expect(asked.map((one) => compute(one).one)).toEqual(asked);
      expect(computed).toEqual(expected);
    }),
  );
});

test("a cache has the values that were last used, for every limit, and none that was deleted", () => {
  const keys = Array.from({ length: 40 }, (_, number) => String(number));
  for (let most = 1; most <= 20; most++) {
    const recent = new RecentlyUsed<string>(most);
    for (const key of keys) {
      // The first is asked for all the time.
      recent.get("0");
      recent.set(key, key);
    }
    expect([...recent.keys()].sort()).toEqual(
      (most === 1 ? ["39"] : ["0", ...keys.slice(41 - most)]).sort(),
    );
    recent.delete("39");
    expect(recent.get("39")).toBeUndefined();
  }
});

test("the last result is kept as long as each of its parts is the same", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(2), { maxLength: 3 }), { maxLength: 9 }), (all) => {
      const kept = reuseLast<readonly number[]>();
      let made = 0;
      let expected = 0;
      all.forEach((parts, at) => {
        const before = all[at - 1];
        if (before === undefined || before.join() !== parts.join()) expected++;
        const result = kept(parts, () => {
          made++;
          return parts;
        });
        expect(result).toEqual(parts);
        expect(made).toBe(expected);
      });
    }),
    runs(200),
  );
});
