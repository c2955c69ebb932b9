import { beforeEach, describe, expect, test } from "vitest";
import { DiagnosticSeverity } from "vscode-languageserver/node";
import { timers } from "../../server/src/host/timers.ts";
import { LONG_PATIENCE, PATIENCE } from "../../server/src/lsp/lost-words.ts";
import type { Clock } from "../../server/src/project/host.ts";
import {
  type CountedEdit,
  FILE_VERSION,
  LEFT,
  type LeftInDraft,
  RESTORE_ALL,
  SETTLED,
  VERSIONS_FOUND,
} from "../../server/src/protocol.ts";
import type { Folder } from "../support/folder.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import type { ClientOptions, TestClient } from "../support/lsp.ts";

const BEFORE = "Shops on the quay fear for their trade, and some have closed their doors already.";
const WHOLE =
  "The stalls open at nine on every market day, according to the harbour office, and close when the bell rings at four.";
const HOLED = WHOLE.replace("harbour office,", ",");

let folder: Folder;

beforeEach(() => {
  folder = newFolder();
});

/** A clock by which the server never gives up on its client, however slow the machine is. */
const PATIENT: Clock = {
  ...timers,
  after: (milliseconds, call) =>
    milliseconds === PATIENCE || milliseconds === LONG_PATIENCE
      ? { dispose: () => undefined }
      : timers.after(milliseconds, call),
};

function client(options: ClientOptions = {}): Promise<TestClient> {
  const rules = { "empty-attribution": {}, "repeated-elsewhere": {} };
  return connect({
    folders: [folder.uri],
    settings: { galley: { rules } },
    host: { clock: PATIENT },
    ...options,
  });
}

/** A client with these versions of each file. */
function withVersions(...texts: readonly string[]): ClientOptions & { asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    initializationOptions: { versions: true },
    answers: {
      [FILE_VERSION]: (params) => {
        const { index } = params as { index: number };
        asked.push(index);
        const text = texts[index];
        return text === undefined ? null : { name: `2026-01-0${9 - index}`, text };
      },
    },
  };
}

/** The titles of the fixes for the hole of an open draft with this text, and the draft after the first fix. */
async function offered(
  its: TestClient,
  text: string,
): Promise<{ titles: string[]; after: string }> {
  const uri = folder.uriOf("a.md");
  if (its.textOf(uri) !== text) await its.open(uri, text);
  const hole = (await its.diagnostics(uri)).find(({ code }) => code === "empty-attribution");
  if (hole === undefined) throw new Error("The hole was not found.");
  const actions = await its.actions(uri, hole.range);
  const [first] = actions;
  const resolved = first && (await its.resolve(first));
  for (const { title, isPreferred } of actions) {
    if (title.startsWith("Restore")) expect(isPreferred).not.toBe(true);
  }
  return { titles: actions.map(({ title }) => title), after: its.textAfter(resolved?.edit, uri) };
}

test("the newest version with the whole passage restores the words, and no older one is requested", async () => {
  const versions = withVersions(`${HOLED}\n`, `${BEFORE}\r\n\r\n${WHOLE}\r\n`, `${WHOLE}\n`);
  const its = await client(versions);
  const uri = folder.uriOf("a.md");
  const text = `${HOLED}\n\n${BEFORE}\n`;
  await its.open(uri, text);
  const { titles, after } = await offered(its, text);
  expect(titles[0]).toBe("Restore “harbour office” from the version of 2026-01-08");
  expect(titles.filter((title) => title.startsWith("Restore"))).toHaveLength(1);
  expect(after).toBe(`${WHOLE}\n\n${BEFORE}\n`);
  expect(versions.asked).toEqual([0, 1]);
});

test("the list of findings says from where words can be restored, also for hints", async () => {
  const versions = withVersions(`${HOLED}\n`, `${WHOLE}\n`);
  const its = await client({
    ...versions,
    settings: { galley: { rules: { "empty-attribution": { severity: "hint" } } } },
  });
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\nThe ferry came to to the quay.\n`);
  const { groups, counts } = await its.request<LeftInDraft>(LEFT, { uri });
  expect(counts).toMatchObject({ warning: 1, hint: 1 });
  expect(groups).toMatchObject([
    {
      kind: "Lost words",
      findings: [
        {
          severity: "hint",
          range: { start: { line: 0 } },
          restores: ["Restore “harbour office” from the version of 2026-01-08"],
        },
      ],
    },
    { kind: "Doubled words", findings: [{ range: { start: { line: 2 } }, restores: [] }] },
  ]);
  const asked = versions.asked.length;
  const quick = await its.request<LeftInDraft>(LEFT, { uri, restores: false });
  expect(quick.groups.map(({ kind }) => kind)).toEqual(groups.map(({ kind }) => kind));
  expect(quick.groups.flatMap(({ findings }) => findings.flatMap((one) => one.restores))).toEqual(
    [],
  );
  expect(versions.asked).toHaveLength(asked);
  const none = { uri: folder.uriOf("no.csv") };
  expect(await its.request<LeftInDraft>(LEFT, none)).toMatchObject({
    state: "no draft",
    groups: [],
  });
});

test("versions are requested only for lost words, and not for “fix all”", async () => {
  const versions = withVersions(`${WHOLE}\n`);
  const its = await client(versions);
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\n${BEFORE}\n`);
  await its.diagnostics(uri);
  const place = { line: 2, character: 4 };
  await its.actions(uri, { start: place, end: place });
  const [hole] = await its.diagnostics(uri);
  if (hole === undefined) throw new Error("The hole was not found.");
  await its.actions(uri, hole.range, ["source.fixAll.galley"]);
  expect(versions.asked).toEqual([]);
  await its.actions(uri, hole.range, ["quickfix"]);
  expect(versions.asked).toEqual([0]);
});

test("at most ten versions are asked for", async () => {
  const versions = withVersions(...Array.from({ length: 30 }, () => `${HOLED}\n`));
  const its = await client(versions);
  const { titles } = await offered(its, `${HOLED}\n`);
  expect(titles.some((title) => title.startsWith("Restore"))).toBe(false);
  expect(versions.asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each([
  ["says nothing of versions", {}],
  ["answers nonsense", { versions: 7 }],
  ["answers with what is no version", { versions: true, answer: { name: 1, text: [] } }],
  ["fails", { versions: true, answer: undefined }],
])("a client that %s gets no offer, and everything else", async (_, { versions, answer }: Odd) => {
  const its = await client({
    initializationOptions: { versions },
    answers: {
      [FILE_VERSION]: () => {
        if (answer === undefined) throw new Error("It failed.");
        return answer;
      },
    },
  });
  const { titles } = await offered(its, `${HOLED}\n`);
  expect(titles[0]).toBe("Mark the loss with TK");
});

interface Odd {
  readonly versions?: unknown;
  readonly answer?: unknown;
}

test("the same passage in another draft restores the words, on disk or open; the draft's own history comes first", async () => {
  folder.write(
    "old/b.md",
    `${WHOLE}\n\nThe ferry has its own quay now, and the trains stop there.\n`,
  );
  const its = await client(withVersions(`${WHOLE.replace("harbour office", "mayor")}\n`));
  const uri = folder.uriOf("a.md");
  await its.open(uri, `${HOLED}\n\n${BEFORE}\n`);
  await its.request(SETTLED);
  const { titles } = await offered(its, `${HOLED}\n\n${BEFORE}\n`);
  expect(titles.slice(0, 2)).toEqual([
    "Restore “mayor” from the version of 2026-01-09",
    "Restore “harbour office” from old/b.md",
  ]);
  const other = folder.uriOf("old/b.md");
  await its.open(
    other,
    `${WHOLE.replace("office", "master")}\n\nThe ferry has its own quay now.\n`,
  );
  await its.request(SETTLED);
  const now = await offered(its, `${HOLED}\n\n${BEFORE}\n`);
  expect(now.titles[1]).toBe("Restore “harbour master” from old/b.md");
});

test("a version gives its markup, and a draft of another format its text, escaped", async () => {
  const written = "\\*x\\* of &lt;b&gt;";
  const its = await client(withVersions(`${WHOLE.replace("harbour office", written)}\n`));
  const versioned = await offered(its, `${HOLED}\n`);
  expect(versioned.after).toBe(`${WHOLE.replace("harbour office", written)}\n`);
  folder.write("b.txt", `${WHOLE.replace("harbour office", "<b>Ada</b> {{ x }}")}\n\n${BEFORE}\n`);
  const other = await client();
  await other.open(folder.uriOf("a.md"), `${HOLED}\n`);
  await other.request(SETTLED);
  const { after } = await offered(other, `${HOLED}\n`);
  const escaped = "\\<b\\>Ada\\</b\\> \\{\\{ x \\}\\}";
  expect(after).toBe(`${WHOLE.replace("harbour office", escaped)}\n`);
});

test("the menu doesn't wait for a slow client, and has everything else", async () => {
  let giveUp: (() => void) | undefined;
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const its = await client({
    initializationOptions: { versions: true },
    answers: {
      [FILE_VERSION]: () => {
        asked();
        return new Promise(() => undefined);
      },
    },
    host: {
      clock: {
        ...timers,
        after: (milliseconds, call) => {
          if (milliseconds !== PATIENCE) return timers.after(milliseconds, call);
          giveUp = call;
          return { dispose: () => undefined };
        },
      },
    },
  });
  const text = `${HOLED}\n\n${BEFORE}\n`;
  await its.open(folder.uriOf("a.md"), text);
  await its.open(folder.uriOf("b.md"), `${WHOLE}\n\nThe ferry has its own quay now.\n`);
  await its.request(SETTLED);
  const answer = offered(its, text);
  await isAsked;
  giveUp?.();
  expect((await answer).titles[0]).toBe("Restore “harbour office” from b.md");
});

describe("a hint of lost words", () => {
  const SEEMS =
    "The volunteers carried it up two flights of stairs, to the room that built for them.";
  const WAS = SEEMS.replace("that built", "that the librarians built");
  const OTHER = "The volunteers sat down in the sun, on the wall that built for them.";
  const RULES_ON = { galley: { rules: { "orphaned-fragment": {} } } };
  const HINT = DiagnosticSeverity.Hint;
  const WARNING = DiagnosticSeverity.Warning;

  /** The findings shown in the draft at rest. */
  const severities = async (its: TestClient, uri: string): Promise<unknown[]> => {
    await its.settled();
    return (await its.diagnostics(uri)).map(({ severity }) => severity);
  };

  test("is a warning if an earlier version has the words, after opening or saving, and no keystroke asks", async () => {
    const versions = withVersions(`${BEFORE}\n\n${WAS}\n`);
    const its = await client({ ...versions, settings: RULES_ON });
    const uri = folder.uriOf("a.md");
    const text = `${BEFORE}\n\n${SEEMS}\n`;
    await its.open(uri, text);
    const [first] = await its.diagnostics(uri);
    expect(await severities(its, uri)).toEqual([WARNING]);
    // An editor that was answered before git answered has been asked to refresh.
    expect(its.refreshes).toBe(first?.severity === WARNING ? 0 : 1);
    const action = await its.action(uri, "built", /./);
    expect(action.title).toBe("Restore “the librarians” from the version of 2026-01-09");
    expect(its.textAfter(action.edit, uri)).toBe(`${BEFORE}\n\n${WAS}\n`);
    const asked = versions.asked.length;
    const top = { line: 0, character: 0 };
    const edit = (words: string): Promise<void> =>
      its.change(uri, { range: { start: top, end: top }, text: words });
    await edit("It rained. ");
    expect(await severities(its, uri)).toEqual([WARNING]);
    // A sentence other than the one that was looked up is a hint again, until it is saved.
    await its.change(uri, { text: text.replace("the room", "the hall") });
    expect(await severities(its, uri)).toEqual([HINT]);
    expect(versions.asked).toHaveLength(asked);
    await its.save(uri);
    expect(await severities(its, uri)).toEqual([WARNING]);
    await its.change(uri, { text: `${BEFORE}\n\n${WAS}\n` });
    await its.save(uri);
    expect(await severities(its, uri)).not.toContain(WARNING);
  });

  test.each<[string, ClientOptions, readonly string[]]>([
    ["no earlier version has other words", {}, [`${BEFORE}\n\n${SEEMS}\n`]],
    ["there is no earlier version", {}, []],
    ["the passage was another one", {}, [`${BEFORE}\n\n${WHOLE}\n`]],
    [
      "the workspace is not trusted",
      { initializationOptions: { versions: true, isTrusted: false } },
      [`${WAS}\n`],
    ],
    [
      "somebody has made the rule's findings hints",
      { settings: { galley: { rules: { "orphaned-fragment": { severity: "hint" } } } } },
      [`${WAS}\n`],
    ],
  ])("stays a hint if %s", async (_, options, versions) => {
    const its = await client({ settings: RULES_ON, ...withVersions(...versions), ...options });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    await its.save(uri);
    expect(await severities(its, uri)).toEqual([HINT]);
    expect(its.refreshes).toBe(0);
  });

  test("becomes a warning once versions are available, even after the draft was opened", async () => {
    const versions: string[] = [];
    const its = await client({
      settings: RULES_ON,
      initializationOptions: { versions: true },
      answers: {
        [FILE_VERSION]: (params) => {
          const text = versions[(params as { index: number }).index];
          return text === undefined ? null : { name: "2026-01-09", text };
        },
      },
    });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
    versions.push(`${WAS}\n`);
    await its.connection.sendNotification(VERSIONS_FOUND);
    expect(await severities(its, uri)).toEqual([WARNING]);
  });

  test("becomes a warning only if the client gave the words in time", async () => {
    let giveUp: (() => void) | undefined;
    const clock: Clock = {
      ...timers,
      after: (time, call) => {
        if (time !== LONG_PATIENCE) return timers.after(time, call);
        giveUp = call;
        return { dispose: () => undefined };
      },
    };
    const its = await client({
      settings: RULES_ON,
      initializationOptions: { versions: true },
      answers: {
        [FILE_VERSION]: (params) => {
          if ((params as { index: number }).index === 0) {
            return { name: "2026-01-09", text: `${WAS}\n` };
          }
          giveUp?.();
          return new Promise(() => undefined);
        },
      },
      host: { clock },
    });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n\n${BEFORE}\n\n${OTHER}\n`);
    expect((await severities(its, uri)).sort()).toEqual([WARNING, HINT]);
  });

  test("stays a hint if the client does not answer, and nothing else waits for it", async () => {
    const clock: Clock = {
      ...timers,
      after: (time, call) => timers.after(time === LONG_PATIENCE ? 1 : time, call),
    };
    const its = await client({
      settings: RULES_ON,
      initializationOptions: { versions: true },
      answers: { [FILE_VERSION]: () => new Promise(() => undefined) },
      host: { clock },
    });
    const uri = folder.uriOf("a.md");
    await its.open(uri, `${SEEMS}\n`);
    expect(await severities(its, uri)).toEqual([HINT]);
  });
});

describe("restoring everything that git still has", () => {
  const ask = (its: TestClient, uri: string): Promise<CountedEdit | null> =>
    its.request(RESTORE_ALL, { uri });

  test("is one edit for the requested version, and nothing the second time", async () => {
    const text = `${HOLED}\n\n${BEFORE}\n\n- ${HOLED}\n`;
    const versions = withVersions(HOLED, WHOLE);
    const its = await client(versions);
    const uri = folder.uriOf("a.md");
    await its.open(uri, text);
    const found = await ask(its, uri);
    expect(found).toMatchObject({ version: 1, count: 2 });
    const after = its.textAfter(found?.edit, uri);
    expect(after).toBe(`${WHOLE}\n\n${BEFORE}\n\n- ${WHOLE}\n`);
    await its.change(uri, { text: after });
    expect(await ask(its, uri)).toBeNull();
  });

  test("skips suppressed losses, and does nothing without a history or in a file that is not a draft", async () => {
    const uri = folder.uriOf("a.md");
    const its = await client(withVersions(WHOLE));
    await its.open(uri, `<!-- stet -->\n\n${HOLED}\n`);
    expect(await ask(its, uri)).toBeNull();
    expect(await ask(its, folder.uriOf("none.md"))).toBeNull();
    for (const options of [withVersions(), {}]) {
      const other = await client(options);
      await other.open(uri, `${HOLED}\n`);
      expect(await ask(other, uri)).toBeNull();
    }
  });
});
