import fc from "fast-check";
import { expect } from "vitest";
import type { ClientCapabilities, Diagnostic } from "vscode-languageserver/node";
import type { Files } from "../../server/src/project/host.ts";
import { passageHash } from "../../server/src/engine/suppression/suppress.ts";
import { baselineText } from "../../server/src/settings/baseline-file.ts";
import { type Pair, saidOfLeft } from "./left.ts";
import { connect, LIKE_VSCODE, oneRule, type TestClient } from "./lsp.ts";
import { memoryFolder, type MemoryFolder } from "./memory-folder.ts";
import { ofKind } from "./property.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";
import { LONG_BRIDGE } from "./passages.ts";

/*
 * Whatever can happen to files and editors, in any order and at any moment of the server's work, and what a user sees
 * in the end. Files are in memory and time is virtual, so the same events under the same circumstances always have the
 * same effect.
 */

/** Long enough that a nearly equal draft is not a short one. */
const WHOLE = `# Bridge\n\n${LONG_BRIDGE}\n\nShop owners on the quay fear that customers from the valley will stay away for months.\n\nA small ferry that carries cyclists and walkers will run twice an hour instead, but for Sundays.\n\nThe mayor says that the money for a new one has been set aside since the last election.\n`;

export const TEXTS = [
  "The stalls open at the the market square at nine.\n",
  "All is well in this town, and has been for long.\n",
  `# Bridge\n\n${LONG_BRIDGE}\n`,
  `# Ferry\n\nThe ferry came to to the quay.\n\n${LONG_BRIDGE}\n\nIt left again.\n`,
  "",
  `---\nlang: de\n---\n\nThe barges pass under the the bridge at noon.\n\n${LONG_BRIDGE}\n`,
  `${LONG_BRIDGE}\n\nAll was well until noon.\n\n${LONG_BRIDGE}\n\nIt is open to to all.\n`,
  "## Notes\n\n## Sources\n\nThe minutes tell [more][more] of [it][it].\n\n[it]: /it\n",
  `${LONG_BRIDGE}\n\nIt was told by the .\n\n${LONG_BRIDGE}\n\nIt was told by the .\n`,
  WHOLE,
  `---\ndate: 2024-05-01\n---\n\n${WHOLE.replace("months", "years")}`,
  `${WHOLE}\nThe ferry came to to the quay.\n\n${"It left again, and nobody saw it. ".repeat(20)}\n`,
] as const;
const NAMES = "a.md b.md in/c.md in/deep/d.md other/e.txt".split(" ");
const FOLDERS = ["in", "in/deep", "other"];
const CONFIG_FILES = ["", "in/"]
  .flatMap((at) => [".galley.json", ".galley-baseline.json", "house.json"].map((one) => at + one))
  .concat(".gitignore");
const CONFIGS = [
  '{"rules": {"repeated-word": "off"}}',
  '{"exclude": ["deep"]}',
  '{"include": ["b.md"]}',
  '{"rules": {"repeated-elsewhere": "off"}}',
  '{"overrides": [{"files": ["a.md", "deep"], "rules": {"repeated-word": "off"}}]}',
  '{"overrides": [{"files": ["b.md", "in"], "rules": {"repeated-elsewhere": "off"}}]}',
  '{"language": "de", "overrides": [{"files": ["*.md"], "language": "en"}]}',
  '{"extends": ["./house.json"], "accept": ["x"]}',
  '{"extends": ["../house.json", "./in/house.json"]}',
  '{"rules": ',
];
const THE_THE = `repeated-word/${passageHash(TEXTS[0].trim())}`;
const BASELINES = [
  baselineText(new Map(["a.md", "c.md", "gone.md"].map((one) => [`${one} ${THE_THE}`, 1]))),
  JSON.stringify({
    version: 1,
    findings: [LONG_BRIDGE, "The barges pass under the the bridge at noon."].flatMap((words) =>
      ["repeated-word", "repeated-elsewhere"].map((rule) => `${rule}/${passageHash(words)}/1`),
    ),
  }),
  '<<<<<<< ours\n{"version": 1, "findings": []}\n',
];
const IGNORES = ["a.md\n", "in/\n", "*.md\n!b.md\n", "deep\n"];
const ON = {
  "repeated-elsewhere": {},
  "repeated-block": {},
  "empty-section": {},
  "empty-link": {},
};
const SETTINGS = {
  usual: { galley: { rules: ON } },
  "no words": { galley: { rules: { ...ON, "repeated-word": { severity: "off" } } } },
  hiding: { galley: { rules: ON, baseline: "hide" } },
  "without baseline": { galley: { rules: ON, baseline: "off" } },
  excluding: { galley: { rules: ON }, "files.exclude": { in: true } },
  paused: { galley: { rules: ON }, "galley.paused": true },
  "open drafts only": { galley: { rules: ON, workspace: { check: "open drafts only" } } },
};

export type Event =
  | { readonly kind: "write"; readonly name: string; readonly text: string }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  | { readonly kind: "open"; readonly name: string; readonly text: string }
  | { readonly kind: "type"; readonly name: string; readonly at: number; readonly text: string }
  | { readonly kind: "save"; readonly name: string }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "settings"; readonly to: keyof typeof SETTINGS }
  /** A folder is added to the workspace or removed; "" is the one that contains all. */
  | { readonly kind: "folder"; readonly name: string }
  /** The server proceeds this far with its work, or to the end of it. */
  | { readonly kind: "wait"; readonly turns: number }
  | { readonly kind: "pause" };

/** Mostly the same few, so that events affect the same file. */
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a.md", "in/c.md") },
  { weight: 4, arbitrary: fc.constantFrom(...NAMES) },
);
const text = fc.constantFrom(...TEXTS);
const file = (names: readonly string[], texts: readonly string[]) =>
  fc.record({ name: fc.constantFrom(...names), text: fc.constantFrom(...texts) });
const config = file([".galley.json", "in/.galley.json"], CONFIGS);
const rules = fc.oneof(
  config,
  file(["house.json", "in/house.json"], CONFIGS),
  file([".gitignore", "in/.gitignore"], IGNORES),
  file([".galley-baseline.json", "in/.galley-baseline.json"], BASELINES),
);

/** A draft, or a config file. */
const draftOrConfig = fc.oneof(
  name,
  config.map((one) => one.name),
);

const event: fc.Arbitrary<Event> = fc.oneof(
  ofKind(4, "write", { name, text }),
  { weight: 3, arbitrary: rules.map((one) => ({ kind: "write" as const, ...one })) },
  ofKind(3, "remove", { name: fc.oneof(name, fc.constantFrom(...FOLDERS, ...CONFIG_FILES)) }),
  ofKind(1, "move", {
    from: fc.constantFrom(...FOLDERS, "moved"),
    to: fc.constantFrom("moved", "other/moved", "in"),
  }),
  ofKind(3, "open", {
    name: fc.oneof({ weight: 6, arbitrary: name }, fc.constant("moved/c.md")),
    text,
  }),
  // Drafts obey the text in the editor.
  { weight: 1, arbitrary: config.map((one) => ({ kind: "open" as const, ...one })) },
  ofKind(2, "type", {
    name: fc.oneof(
      { weight: 4, arbitrary: name },
      config.map((one) => one.name),
    ),
    at: fc.oneof(fc.constant(0), fc.nat(200)),
    text: fc.constantFrom("x", " the the ", "\n\n", "---\nlang: de\n---\n\n", LONG_BRIDGE),
  }),
  ofKind(1, "save", { name: draftOrConfig }),
  ofKind(2, "close", { name: draftOrConfig }),
  ofKind(1, "settings", {
    to: fc.constantFrom(...(Object.keys(SETTINGS) as (keyof typeof SETTINGS)[])),
  }),
  ofKind(1, "folder", { name: fc.constantFrom("", "in", "other") }),
  ofKind(2, "wait", { turns: fc.nat(300) }),
  ofKind(2, "pause", {}),
);

const MOST_EVENTS = 14;

/** Any events, or a few again and again, so that one is repeated before the first is finished. */
export const events: fc.Arbitrary<Event[]> = fc.oneof(
  fc.array(event, { minLength: 1, maxLength: MOST_EVENTS }),
  fc
    .tuple(
      fc.array(event, { minLength: 2, maxLength: 5 }),
      fc.array(fc.nat(4), { minLength: 1, maxLength: MOST_EVENTS }),
    )
    .map(([few, picks]) => picks.flatMap((pick) => few[pick % few.length] ?? [])),
);

/** What the client does, and how long files take to read. */
export interface Circumstances {
  /** Whether the client asks for diagnostics, as VS Code does, or they are published. */
  readonly pulls: boolean;
  /** For each seed, files are read in another order. */
  readonly seed: number;
}

export const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  pulls: fc.boolean(),
  seed: fc.nat(),
});

/** Picks from a list of 16, by the seed. */
function picker(seed: number): (list: readonly number[]) => number {
  let state = seed | 0;
  return (list) => {
    // A linear congruential generator (Numerical Recipes): any would do.
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return list[(state >>> 16) & 15] ?? 0;
  };
}

/** Milliseconds that pass at a look at the clock: sometimes more than one of the server's time slices. */
const COSTS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 8];
/** Turns of the event loop before a file is read, and again after. */
const READING = [0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 6, 9, 15, 25, 40];
/** Turns of the event loop before the next event. */
const BETWEEN = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 30, 80];
/** Milliseconds that pass in a turn: a delay may end while files are read, or before. */
const STEPS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 4, 10, 25, 60];

/** Waits some turns or none, by the seed. */
function waits(seed: number, clock: VirtualClock): () => Promise<void> {
  const pick = picker(seed);
  return async () => {
    for (let turns = pick(READING); turns > 0; turns--) await clock.turn();
  };
}

/** Files that are sometimes slow, so that the first requested need not arrive first. */
function slowFiles({ files }: MemoryFolder, turns: () => Promise<void>): Files {
  const slowly = async <T>(ask: () => Promise<T>): Promise<T> => {
    await turns();
    const answer = await ask();
    await turns();
    return answer;
  };
  return {
    ...files,
    entries: (folder) => slowly(() => files.entries(folder)),
    read: (uri) => slowly(() => files.read(uri)),
  };
}

/** Everything a user has: files, editors, settings and the folders of the workspace. */
interface Desk {
  readonly folder: MemoryFolder;
  /** The text in each editor, by the file's name. */
  readonly editors: Map<string, string>;
  settings: keyof typeof SETTINGS;
  roots: string[];
}

/** A client, and the diagnostics that its editors show. */
class Screen {
  readonly #client: TestClient;
  readonly #session: Session;
  readonly #desk: Desk;
  readonly #pulls: boolean;
  readonly #held: ReturnType<TestClient["workspace"]> | undefined;
  readonly #editors = new Map<string, readonly Diagnostic[]>();
  readonly #asked = new Map<string, number>();
  #asking = 0;

  constructor(session: Session, desk: Desk, pulls: boolean) {
    const { client } = session;
    this.#client = client;
    this.#session = session;
    this.#desk = desk;
    this.#pulls = pulls;
    this.#held = pulls ? client.workspace() : undefined;
    let refreshes = 0;
    void client.until(() => {
      if (refreshes === client.refreshes) return false;
      refreshes = client.refreshes;
      for (const file of desk.editors.keys()) this.ask(file);
      return false;
    });
  }

  /** An editor asks again when it is opened or typed in, and when it is asked to. */
  ask(file: string): void {
    if (!this.#pulls) return;
    const uri = this.#desk.folder.uriOf(file);
    const number = (this.#asked.get(uri) ?? 0) + 1;
    this.#asked.set(uri, number);
    this.#asking++;
    void this.#client.diagnostics(uri).then((found) => {
      this.#asking--;
      if (this.#asked.get(uri) === number) this.#editors.set(uri, found);
      this.#client.tell();
    });
  }

  /** What is shown in the end: in editors, and in the list of problems. */
  async shown(): Promise<object> {
    const settled = this.#client.settled();
    const answered = settled.then(() => this.#client.until(() => this.#asking === 0));
    await this.#session.passUntil(answered);
    const list = new Map<string, readonly Diagnostic[]>();
    for (const { uri, diagnostics } of this.#client.published) list.set(uri, diagnostics);
    for (const item of this.#held?.items ?? []) {
      if (item.kind === "full") list.set(item.uri, item.items);
    }
    const open = new Set(
      [...this.#desk.editors.keys()].map((file) => this.#desk.folder.uriOf(file)),
    );
    const inEditors = this.#pulls ? this.#editors : list;
    const said: Pair[] = [];
    for (const uri of open) {
      if (uri.endsWith(".json")) continue;
      const pair = saidOfLeft(this.#client, uri, inEditors.get(uri) ?? []);
      await this.#session.passUntil(pair);
      said.push(await pair);
    }
    expect(said.map(([one]) => one)).toEqual(said.map(([, other]) => other));
    return {
      list: withoutClean(list),
      editors: withoutClean(new Map([...this.#editors].filter(([uri]) => open.has(uri)))),
    };
  }
}

function withoutClean(found: ReadonlyMap<string, readonly unknown[]>): object {
  return Object.fromEntries([...found].filter(([, items]) => items.length > 0).sort());
}

/** A server and its client. */
interface Session {
  readonly client: TestClient;
  /** The server gets some turns or none while time passes. */
  readonly pass: (turns?: number) => Promise<void>;
  /** The same, until a promise settles. */
  readonly passUntil: (promise: Promise<unknown>) => Promise<void>;
}

async function start(desk: Desk, { pulls, seed }: Circumstances): Promise<Session> {
  const { diagnostic, ...rest } = LIKE_VSCODE.textDocument ?? {};
  const capabilities: ClientCapabilities = {
    ...LIKE_VSCODE,
    textDocument: pulls && diagnostic !== undefined ? { ...rest, diagnostic } : rest,
  };
  const pick = picker(seed + 1);
  const costs = picker(seed + 2);
  const clock = virtualClock(() => costs(COSTS));
  const turns = waits(seed, clock);
  const client = await connect({
    folders: desk.roots.map((root) => desk.folder.uriOf(root)),
    capabilities,
    host: { clock, files: slowFiles(desk.folder, turns) },
    answers: {
      "workspace/configuration": async (params) => {
        const { items } = params as { items: { section: string }[] };
        const settings: Readonly<Record<string, unknown>> = SETTINGS[desk.settings];
        for (let wait = 0; wait < 4; wait++) await turns();
        return items.map(({ section }) => {
          const value = settings[section] ?? null;
          return section === "galley" && value !== null ? oneRule(value) : value;
        });
      },
    },
  });
  const pass = async (turns = pick(BETWEEN)): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      await clock.turn();
      clock.tick(pick(STEPS));
    }
  };
  const passUntil = async (promise: Promise<unknown>): Promise<void> => {
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    promise.then(end, end);
    while (!state.isOver) await pass(1);
    await promise;
  };
  return { client, pass, passUntil };
}

async function happen(one: Event, desk: Desk, session: Session, screen: Screen): Promise<void> {
  const { folder, editors } = desk;
  const { client, pass, passUntil } = session;
  await pass();
  const tell = (...names: string[]): Promise<void> =>
    client.filesChanged(...names.map(folder.uriOf));
  switch (one.kind) {
    case "write": {
      const above = one.name.slice(0, Math.max(0, one.name.lastIndexOf("/")));
      const isFolderNew = above !== "" && !folder.has(above);
      folder.write(one.name, one.text);
      return tell(...(isFolderNew ? [above] : []), one.name);
    }
    case "remove":
      if (!folder.has(one.name)) return;
      folder.remove(one.name);
      return tell(one.name);
    case "move":
      if (!folder.has(one.from) || folder.has(one.to) || one.to.startsWith(`${one.from}/`)) return;
      folder.move(one.from, one.to);
      // As VS Code reports it: the folders only.
      return tell(one.from, one.to);
    case "open":
      if (editors.has(one.name)) return;
      editors.set(one.name, one.text);
      await client.open(folder.uriOf(one.name), one.text, languageOf(one.name));
      screen.ask(one.name);
      return;
    case "type": {
      const before = editors.get(one.name);
      if (before === undefined) return;
      const at = Math.min(one.at, before.length);
      editors.set(one.name, before.slice(0, at) + one.text + before.slice(at));
      const lines = before.slice(0, at).split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      await client.change(folder.uriOf(one.name), {
        range: { start: position, end: position },
        text: one.text,
      });
      screen.ask(one.name);
      return;
    }
    case "save": {
      const words = editors.get(one.name);
      if (words === undefined) return;
      await happen({ kind: "write", name: one.name, text: words }, desk, session, screen);
      return client.save(folder.uriOf(one.name));
    }
    case "close":
      if (!editors.delete(one.name)) return;
      return client.close(folder.uriOf(one.name));
    case "settings":
      desk.settings = one.to;
      return client.notify("workspace/didChangeConfiguration", { settings: null });
    case "folder": {
      const isGone = desk.roots.includes(one.name);
      desk.roots = isGone
        ? desk.roots.filter((root) => root !== one.name)
        : [...desk.roots, one.name];
      const uris = [folder.uriOf(one.name)];
      return client.foldersChanged(isGone ? [] : uris, isGone ? uris : []);
    }
    case "wait":
      return pass(one.turns);
    case "pause":
      await passUntil(client.settled());
  }
}

function languageOf(file: string): string {
  if (file.endsWith(".json")) return "json";
  return file.endsWith(".md") ? "markdown" : "plaintext";
}

/** What is shown after these events, and what a fresh start shows for the files and editors they leave. */
export interface Endings {
  readonly after: object;
  readonly fresh: object;
}

export async function endings(
  events: readonly Event[],
  circumstances: Circumstances,
): Promise<Endings> {
  const desk: Desk = {
    folder: memoryFolder({ "a.md": TEXTS[0], "in/c.md": TEXTS[2] }),
    editors: new Map(),
    settings: "usual",
    roots: [""],
  };
  const session = await start(desk, circumstances);
  const screen = new Screen(session, desk, circumstances.pulls);
  for (const one of events) await happen(one, desk, session, screen);
  // Whether a plain text is a draft is decided when it is opened or saved.
  for (const file of desk.editors.keys()) {
    if (languageOf(file) !== "plaintext") continue;
    await happen({ kind: "save", name: file }, desk, session, screen);
  }
  // Nor does a fresh start know whose files are gone until it hears of them.
  const missing = [...desk.editors.keys()].filter((file) => !desk.folder.has(file));
  const uris = missing.map(desk.folder.uriOf);
  await session.client.filesChanged(...uris);
  const after = await screen.shown();
  await session.client.stop();

  const other = await start(desk, circumstances);
  const otherScreen = new Screen(other, desk, circumstances.pulls);
  for (const [file, words] of desk.editors) {
    await other.client.open(desk.folder.uriOf(file), words, languageOf(file));
  }
  await other.client.filesChanged(...uris);
  await happen({ kind: "pause" }, desk, other, otherScreen);
  for (const file of desk.editors.keys()) otherScreen.ask(file);
  const fresh = await otherScreen.shown();
  await other.client.stop();
  return { after, fresh };
}
