import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toClient } from "../../server/src/lsp/client.ts";
import { editorConfig } from "../../server/src/lsp/editor-config.ts";
import { INITIAL_STATE, type ServerState } from "../../server/src/lsp/state.ts";
import { type Effect, type Event, transition as step } from "../../server/src/lsp/transition.ts";
import { withExtended, withRules } from "../../server/src/project/workspace.ts";
import { LIKE_VSCODE } from "../support/lsp.ts";
import { runs } from "../support/property.ts";

/* The server as a function from one state to the next, with the effects of each event. */

const FOLDER = "file:///work";
const DRAFT = `${FOLDER}/a.md`;
const CONFIG = `${FOLDER}/.galley.json`;
const TEXT = "The stalls open at the the market square.\n";

function connected(capabilities = LIKE_VSCODE, folders = [FOLDER]): Event {
  const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
  return { type: "connected", client: toClient({ capabilities, workspaceFolders }) };
}

function opened(path: string, text = TEXT, languageId = "markdown"): Event {
  return { type: "opened", path, uri: path, languageId, version: 1, text };
}

/** The text of the config file, as it is read from disk. */
function configRead(state: ServerState, text: string | undefined): Event {
  const workspace = withRules(state.workspace, new Map([[CONFIG, text]]), new Map());
  return { type: "rules-read", workspace };
}

const STARTED: readonly Event[] = [connected(), { type: "initialized" }, { type: "started" }];

function transition(state: ServerState, event: Event): ServerState {
  return step(state, event).state;
}

function after(events: readonly Event[], state = INITIAL_STATE): ServerState {
  return events.reduce(transition, state);
}

function edited(changes: Extract<Event, { type: "edited" }>["changes"], path = DRAFT): Event {
  return { type: "edited", path, version: 2, changes, at: 7 };
}

function foldersChanged(added: readonly string[], removed: readonly string[]): Event {
  return { type: "folders-changed", added, removed };
}

/** The effects of an event. */
function allEffects(state: ServerState, event: Event): readonly Effect[] {
  return step(state, event).effects;
}

/** The kinds of these effects. */
function effectsAt(state: ServerState, event: Event): Effect["type"][] {
  return allEffects(state, event).map(({ type }) => type);
}

/** The state with an open draft whose config files have been read. */
function withDraft(state = after(STARTED)): ServerState {
  const next = transition(state, opened(DRAFT));
  return transition(next, { type: "configs-loaded", path: DRAFT, opening: next.openings });
}

describe("the start", () => {
  test("it registers and starts once, however often the client is initialized", () => {
    const state = after([connected()]);
    expect(effectsAt(state, { type: "initialized" })).toEqual(["start"]);
    const next = transition(state, { type: "initialized" });
    expect(effectsAt(next, { type: "initialized" })).toEqual([]);
    expect(after([...STARTED, { type: "initialized" }]).phase).toBe("running");
  });

  test("a stopped session stays stopped", () => {
    const state = after([...STARTED.slice(0, 2), { type: "stopped" }, { type: "started" }]);
    expect(state.phase).toBe("stopped");
  });
});

describe("documents", () => {
  test("an opened one waits for its config files, and each opening for its own", () => {
    const state = after([opened(DRAFT), opened(DRAFT)], after(STARTED));
    expect([...state.loading]).toEqual([[DRAFT, 2]]);
    const first = transition(state, { type: "configs-loaded", path: DRAFT, opening: 1 });
    expect(first).toBe(state);
    const second = transition(state, { type: "configs-loaded", path: DRAFT, opening: 2 });
    expect(second.loading.size).toBe(0);
  });

  test("a closed one leaves nothing behind", () => {
    const state = after(STARTED);
    const closed = after([{ type: "closed", path: DRAFT }], withDraft(state));
    expect(closed).toEqual({ ...state, openings: 1 });
  });

  test("a client with pull diagnostics is sent none; another is, at once", () => {
    const pulls = after(STARTED);
    expect(effectsAt(pulls, opened(DRAFT))).toEqual(["load-configs", "follow-edit"]);
    const pushes = after([connected({}), ...STARTED.slice(1)]);
    expect(effectsAt(pushes, opened(DRAFT))).toEqual(["load-configs", "report", "follow-edit"]);
  });
});

describe("settings", () => {
  const off = editorConfig({ enable: false }, null, null);
  const answer: Event = {
    type: "settings-read",
    editor: new Map([["", off.config]]),
    options: off.options,
  };

  test("an answer counts, and an equal one changes nothing", () => {
    const state = after([answer]);
    expect(state.options).toBe(off.options);
    expect(transition(state, answer)).toBe(state);
  });

  test("pushed settings are used if the client answers no requests for them", () => {
    const event: Event = { type: "configuration-changed", settings: { galley: { enable: false } } };
    const asked = after(STARTED);
    expect(transition(asked, event)).toBe(asked);
    const other = after([connected({}), ...STARTED.slice(1)]);
    expect(transition(other, event).client.settings).toEqual({ enable: false });
    for (const settings of [null, undefined, 7, "x"]) {
      expect(transition(other, { ...event, settings })).toBe(other);
    }
    expect(effectsAt(other, event)).toEqual(["load-settings"]);
  });
});

describe("files and folders", () => {
  test("folders are added and removed, and keep the client's spelling", () => {
    const uri = "file:///c%3A/work";
    const state = after([connected(LIKE_VSCODE, [uri, `${FOLDER}/`])]);
    const next = transition(state, foldersChanged(["file:///more/"], [FOLDER]));
    expect([...next.workspace.spelled.values()]).toEqual([uri, "file:///more"]);
    const gone = transition(next, foldersChanged([], ["file:///C:/work"]));
    expect(gone.workspace.folders).toEqual(["file:///more"]);
    // Spelled as it was added, with a slash.
    const none = transition(gone, foldersChanged([], ["file:///more/"]));
    expect(none.workspace.folders).toEqual([]);
  });

  test("after a change of folders or settings everything is looked at again", () => {
    const state = withDraft(transition(after(STARTED), configRead(after(STARTED), "{}")));
    const ends = (["folders", "configuration"] as const).map((because) =>
      allEffects(state, { type: "settings-loaded", because }),
    );
    const paths = [DRAFT, CONFIG];
    const listed: Effect[] = [
      { type: "report", paths },
      { type: "compare", paths },
    ];
    expect(ends).toEqual([
      [{ type: "scan" }, { type: "compare-all" }, ...listed],
      [{ type: "scan" }, ...listed],
    ]);
  });

  test("an open config file is requested again if what it extends changes, but not while it is being opened", () => {
    const opening = transition(after(STARTED), opened(CONFIG, '{"extends": ["./b.json"]}', "json"));
    const loaded = { type: "configs-loaded", path: CONFIG, opening: 1 } as const;
    const settled = transition(opening, loaded);
    const texts = new Map([[`${FOLDER}/b.json`, "{}"]]);
    const allowed = new Map([[`${FOLDER}/b.json`, "in" as const]]);
    const read = ({ workspace }: ServerState): Event => ({
      type: "rules-read",
      workspace: withRules(withExtended(workspace, CONFIG, allowed), texts, new Map()),
    });
    expect(allEffects(settled, read(settled)).at(-1)).toEqual({ type: "report", paths: [CONFIG] });
    expect(effectsAt(opening, read(opening))).not.toContain("report");
  });
});

test("whatever happens, no event spoils a state, and what is loading or deleted is open", () => {
  const path = fc.constantFrom(DRAFT, CONFIG, "untitled:one", "output:log");
  const text = fc.constantFrom("", TEXT, "{}", '{"rules": {"repeated-word": "off"}}', "{");
  const event = fc.oneof(
    fc.record({ path, text }).map(({ path: at, text: words }) => opened(at, words)),
    fc.record({ path, text }).map(({ path: at, text: words }) => edited([{ text: words }], at)),
    path.map((at): Event => ({ type: "closed", path: at })),
    path.map((at): Event => ({ type: "saved", path: at })),
    fc
      .dictionary(fc.oneof(path, fc.constant(FOLDER)), fc.boolean())
      .map((one): Event => ({ type: "files-changed", isDeleted: new Map(Object.entries(one)) })),
    fc
      .record({ path, opening: fc.integer({ min: 1, max: 9 }) })
      .map((loaded): Event => ({ type: "configs-loaded", ...loaded })),
    fc.constantFrom<Event>(
      { type: "drafts-changed", paths: [] },
      foldersChanged([FOLDER], []),
      foldersChanged([], [FOLDER]),
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state = after(STARTED);
      for (const one of events) {
        const before = Object.values(state);
        const frozen = Object.freeze(state);
        const { state: next, effects } = step(frozen, one);
        expect(Object.values(frozen)).toEqual(before);
        // The same event on the same state gives the same effects.
        expect(step(frozen, one).effects).toEqual(effects);
        for (const known of [...next.loading.keys(), ...next.workspace.deleted]) {
          expect(next.workspace.open.has(known)).toBe(true);
        }
        state = next;
      }
    }),
    runs(200),
  );
});
