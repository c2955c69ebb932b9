import { type Schema as JsonSchema, Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Config, parseConfig } from "../../server/src/settings/config/config.ts";
import {
  acceptPhrase,
  addStet,
  stetsInConfig,
  turnOff,
} from "../../server/src/settings/config/edits.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { decodeConfig, UNDECODABLE } from "../../server/src/settings/config/read.ts";
import { configSchema } from "../../server/src/settings/schema.ts";
import { say } from "../../server/src/text/wording.ts";
import { resolveSettings } from "../support/settings.ts";
import { runs } from "../support/property.ts";

const ENTRY = { rule: "broken-off", text: "Some words", hash: "0a0b0c0d" };

function messagesOf(text: string): string[] {
  return parseConfig(text).problems.map(({ message }) => say(message));
}

/** All settings that a file may have, with valid values. */
const WHOLE = {
  rules: {
    "broken-off": "off",
    "repeated-block": { severity: "error", options: { minWords: 20 } },
  },
  accept: ["La La Land", "Duran Duran"],
  placeholder: "XX",
  language: "de",
  holes: { sensitivity: "quiet" },
  include: ["content/**", "(a)/*.md"],
  exclude: ["archive"],
  overrides: [
    { files: ["de/**", "a.txt"], language: "de", rules: { "empty-link": "off" } },
    { files: ["*.mdx"], accept: ["Walla Walla"] },
  ],
  stet: [
    { rule: "broken-off", text: "Some words", hash: "0a0b0c0d" },
    { rule: "empty-link", text: "Other words", hash: "00000000" },
  ],
};

type Path = readonly (string | number)[];

/** The places of all values within a value, starting with itself. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((one, index) => pathsIn(one, [...path, index]))
    : Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]));
  return [path, ...inner];
}

/** JSON with another value at a place, and the span of that value; undefined removes it. */
function replaced(path: Path, text: string | undefined): { text: string; span: [number, number] } {
  const MARK = "\u0001";
  const put = (value: unknown, at: Path): unknown => {
    const [first, ...rest] = at;
    if (first === undefined) return MARK;
    if (Array.isArray(value)) {
      if (rest.length === 0 && text === undefined) return value.toSpliced(Number(first), 1);
      return value.with(Number(first), put(value[Number(first)], rest));
    }
    const entries = Object.entries(value as object).flatMap(([name, one]) =>
      name !== first
        ? [[name, one]]
        : rest.length === 0 && text === undefined
          ? []
          : [[name, put(one, rest)]],
    );
    return Object.fromEntries(entries) as unknown;
  };
  const json = JSON.stringify(put(WHOLE, path), undefined, 1);
  const start = json.indexOf(JSON.stringify(MARK));
  const whole = json.replace(JSON.stringify(MARK), () => text ?? "");
  return { text: whole, span: [start, start + (text ?? "").length] };
}

describe("one wrong value", () => {
  const paths = pathsIn(WHOLE).filter((path) => path.length > 0);
  const any = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.constantFrom("null", "[]", "{}", '""', "0", "-1", "1.5", "true", '"loud"', '["!a", "../x"]'),
    fc.constantFrom('"(a+)+b"', '"[z-a]"', '"the"', '{"rules": {"zebra": 1}}', '[{"files": 3}]'),
  );
  const validator = new Validator(configSchema() as JsonSchema, "7", false);

  test("is removed alone, and reported at its place", () => {
    let mistaken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), any, (path, value) => {
        const { text, span } = replaced(path, value);
        const { config, problems } = parseConfig(text);
        const errors = problems.filter(({ message }) => !/hides no gap/.test(say(message)));
        for (const problem of problems) {
          expect(problem.span.start).toBeGreaterThanOrEqual(span[0]);
          expect(problem.span.end).toBeLessThanOrEqual(span[1]);
        }
        if (!validator.validate(JSON.parse(text) as unknown).valid) {
          expect(errors.length).toBeGreaterThan(0);
          mistaken++;
        }
        const without = parseConfig(replaced(path, undefined).text).config;
        const scalar = !/^\s*[[{]/.test(value);
        if (errors.length > 0 && scalar) {
          // A list that loses all its items and a missing list set the same.
          expect(settled(config)).toEqual(settled(without));
          return;
        }
        const [top] = path;
        for (const name of Object.keys({ ...config, ...without }) as (keyof Config)[]) {
          if (name === top || (top === "holes" && name === "sensitivity")) continue;
          expect(config[name]).toEqual(without[name]);
        }
      }),
      runs(2000),
    );
    expect(mistaken).toBeGreaterThan(300);
  });

  test("a valid file has no mistake, and one that the schema rejects has one", () => {
    expect(parseConfig(JSON.stringify(WHOLE)).problems).toEqual([]);
    expect(validator.validate(WHOLE).valid).toBe(true);
    fc.assert(
      fc.property(fc.constantFrom(...paths), any, (path, value) => {
        const { text } = replaced(path, value);
        const errors = parseConfig(text).problems.filter(
          ({ message }) =>
            !/group|range|leads out|names no file|begin with|hides no gap/.test(say(message)),
        );
        expect(errors.length === 0).toBe(
          validator.validate(JSON.parse(text) as unknown).valid ||
            (errors.length === 0 && /!a|\.\.\/x/.test(value)),
        );
      }),
      runs(500),
    );
  });
});

/** A config without the entries that have no effect. */
function settled(config: Config): unknown {
  return resolveSettings("/w/a.txt", "/w", {}, () => JSON.stringify(fileOf(config)));
}

function fileOf({ sensitivity, overrides, ...rest }: Config): unknown {
  return {
    ...rest,
    ...(sensitivity === undefined ? {} : { holes: { sensitivity } }),
    ...(overrides === undefined ? {} : { overrides }),
  };
}

describe("any text at all", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...'{ } [ ] , : " \\ // /* */ \n null 1e999 - 0x \uFEFF \u0000 \uFFFD'.split(" "),
          ...Object.keys(WHOLE).map((name) => `"${name}":`),
          '"__proto__":',
          '"constructor":',
          JSON.stringify(WHOLE),
        ),
        { maxLength: 40 },
      )
      .map((pieces) => pieces.join(" ")),
    fc
      .tuple(
        fc.constantFrom("[", '{"rules":', '{"a":[', "{", '[{"overrides":'),
        fc.integer({ max: 6_000, min: 1 }),
      )
      .map(([piece, times]) => piece.repeat(times)),
    fc.json({ maxDepth: 6 }),
  );

  test("is read, with a limited number of mistakes within it, and an edit does what was asked for or is refused", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { problems, isBroken } = parseConfig(text);
        expect(problems.length).toBeLessThanOrEqual(31);
        let last = 0;
        for (const { span, message } of problems) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeLessThanOrEqual(Math.max(1, text.length));
          expect(say(message).length).toBeLessThan(500);
          last = span.start;
        }
        expect(stetsInConfig(text).filter(({ entry }) => entry !== undefined).length).toBe(
          parseConfig(text).config.stet?.length ?? 0,
        );
        const changes = [
          acceptPhrase(text, "La La"),
          addStet(text, { ...ENTRY, hash: "11111111" }),
          turnOff(text, "b.txt", "broken-off"),
        ];
        for (const edits of changes) {
          if (edits.length === 0) continue;
          expect(isBroken).toBe(false);
          const after = applyEdits(text, edits);
          expect(parseConfig(after).isBroken).toBe(false);
          // What it set before, it still sets.
          expect(parseConfig(after).problems.length).toBe(problems.length);
        }
      }),
      runs(1500),
    );
  });

  test("bytes in no encoding are one mistake, and are never edited", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const text = decodeConfig(bytes);
        expect(parseConfig(text).problems.length).toBeLessThanOrEqual(31);
        if (text === UNDECODABLE) expect(acceptPhrase(text, "La La")).toEqual([]);
      }),
      runs(500),
    );
    const invalid = decodeConfig(Uint8Array.of(0x7b, 0xff, 0x7d));
    expect(parseConfig(invalid).problems).toMatchObject([{ wholeFile: true, span: { start: 0 } }]);
    expect(addStet(invalid, ENTRY)).toEqual([]);
    expect(turnOff(invalid, "a.txt", "broken-off")).toEqual([]);
  });

  test("UTF-16 with a byte order mark is read", () => {
    const text = '{"accept": ["Łódź Łódź"]}';
    const bytes = Uint8Array.from(Buffer.from(`\uFEFF${text}`, "utf16le"));
    expect(decodeConfig(bytes)).toBe(text);
    expect(parseConfig(decodeConfig(bytes.toReversed())).problems.length).toBeGreaterThan(0);
  });

  test("nested 5,000 deep it is one mistake", () => {
    for (const text of ["[".repeat(5_000), `${'{"rules":'.repeat(5_000)}1${"}".repeat(5_000)}`]) {
      expect(parseConfig(text).isBroken).toBe(true);
      expect(messagesOf(text)).toEqual(["Braces and brackets are nested more than 64 deep here."]);
    }
    expect(messagesOf(`${"[".repeat(64)}${"]".repeat(64)}`)).toEqual([
      "The file must be an object in braces: { … }.",
    ]);
  });

  test("of 100,000 mistakes some are reported, with the number of the others; the rest applies", () => {
    const names = Array.from({ length: 60_000 }, (_, at) => `"r${at}":0`);
    const text = `{"rules":{${names.join()}},"accept":["x"]}`;
    const messages = messagesOf(text);
    expect(messages).toHaveLength(31);
    expect(messages.at(-1)).toBe("59,970 more mistakes follow, from here on.");
    expect(parseConfig(text).config.accept).toEqual(["x"]);
    const large = `{"accept": ["${"x".repeat(1_000_000)}"]}`;
    expect(parseConfig(large).problems).toMatchObject([{ wholeFile: true }]);
    expect(acceptPhrase(large, "La La")).toEqual([]);
  });

  test("quoted names and values are short", () => {
    const long = "zebra\n".repeat(5_000);
    for (const value of [
      { [long]: 1 },
      { rules: { [long]: 1, "broken-off": long } },
      { language: long },
    ]) {
      const messages = messagesOf(JSON.stringify(value));
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) {
        const quoted = [...message.matchAll(/“([^”]*)”/g)].map(([, words = ""]) => words.length);
        expect(Math.max(...quoted)).toBeLessThanOrEqual(60);
        expect(message).not.toContain("\n");
      }
    }
    const messages = messagesOf('{"rules": {"ä ö/ü~%": "off"}}');
    expect(messages).toEqual(["There is no rule “ä ö/ü~%”."]);
  });
});

test("a broken text applies as far as it can be read, and is never edited", () => {
  const text = '{"accept": ["La La Land" "x"], "stet": [], "placeholder": "XX",';
  const { config, isBroken } = parseConfig(text);
  expect(config).toMatchObject({ accept: ["La La Land", "x"], placeholder: "XX" });
  expect(isBroken).toBe(true);
  expect(messagesOf(text)[0]).toBe("A comma is missing before this.");
  expect(addStet(text, ENTRY)).toEqual([]);
});

test("a text that is being written has one problem: where it breaks off", () => {
  const whole = `{
  // Why.
  "include": ["docs/**", "b"],
  "rules": { "repeated-word": "off", "unused-stet": { "severity": "warning" } },
  "accept": ["a b"]
}`;
  expect(messagesOf(whole)).toEqual([]);
  for (let length = 1; length < whole.length; length++) {
    expect(messagesOf(whole.slice(0, length))).toHaveLength(1);
  }
  expect(messagesOf('{ "rules": ')).toEqual(["A value belongs here."]);
  expect(messagesOf("{ include: ['docs'] }")).toEqual(["This is not JSON."]);
});

test("a value in place of a list is not overwritten", () => {
  expect(acceptPhrase('{"accept": "La La"}', "x")).toEqual([]);
  expect(addStet('{"stet": {}}', ENTRY)).toEqual([]);
  expect(turnOff('{"overrides": 1}', "a.txt", "broken-off")).toEqual([]);
  const rules = '{"overrides": [{"files": ["/a.txt"], "rules": 1}]}';
  expect(turnOff(rules, "a.txt", "broken-off")).toEqual([]);
});

test("a duplicate name is a mistake, and no edit is made where it would have no effect", () => {
  const text = '{"accept": ["x"], "accept": ["y"]}';
  expect(parseConfig(text)).toMatchObject({
    config: { accept: ["y"] },
    problems: [{ severity: "error", span: { start: 1, end: 9 } }],
  });
  expect(acceptPhrase(text, "La La")).toEqual([]);
});

test("a phrase of marks and small words is a mistake at its place", () => {
  const text = '{"accept": ["the", "to .", "(", "The Who", "the the", "TK Maxx", "<<<<<<<"]}';
  const { problems, config } = parseConfig(text);
  expect(
    problems.map(({ span, severity }) => [text.slice(span.start, span.end), severity]),
  ).toEqual(['"the"', '"to ."', '"("', '"<<<<<<<"'].map((phrase) => [phrase, "error"]));
  expect(config.accept).toHaveLength(7);
});

test("patterns of a file count together: an excess is reported once, and the rest applies", () => {
  const long = `**/${"*a".repeat(990)}`;
  const exclude = ["archive", ...Array.from({ length: 400 }, () => long), "old"];
  const include = Array.from({ length: 10_000 }, (_, number) => `news/${number}.md`);
  const text = JSON.stringify({ include, exclude });
  const { config } = parseConfig(text);
  expect(config.exclude?.filter((pattern) => pattern === long)).toHaveLength(10);
  expect(config.exclude).toContain("old");
  expect(config.include).toHaveLength(10_000);
  expect(messagesOf(text)).toEqual([
    expect.stringMatching(/^Entry 12 of “exclude” is too much: .* more than 20,000 characters/),
  ]);
});
