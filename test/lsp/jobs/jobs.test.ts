import { describe, expect, test } from "vitest";
import { extendedToWatch, extending } from "../../../server/src/lsp/extended.ts";
import { takeChangedFiles } from "../../../server/src/lsp/jobs/changed-files.ts";
import {
  forgetIgnoreFiles,
  loadConfigsFor,
  reloadConfigs,
} from "../../../server/src/lsp/jobs/configs.ts";
import { loadSettings, start } from "../../../server/src/lsp/jobs/settings.ts";
import { performer } from "../../../server/src/lsp/perform.ts";
import { scan } from "../../../server/src/lsp/scans.ts";
import { resolve, withRules } from "../../../server/src/project/workspace.ts";
import { newServices, type TestServices } from "../../support/services.ts";

const WRONG = "The the council met on Monday.\n";

const placeholderOf = ({ session }: TestServices, path: string): string =>
  resolve(session.workspace, path).settings.placeholder;

describe("config files", () => {
  test("of an open document are read up to the top of its folder", async () => {
    const services = newServices({ ".galley.json": '{ "placeholder": "TOP" }', "a/b.md": WRONG });
    const path = services.pathTo("a/b.md");
    await loadConfigsFor(services.session, path);
    expect(placeholderOf(services, path)).not.toBe("TOP");
    services.open("a/b.md", WRONG);
    await loadConfigsFor(services.session, path);
    expect(placeholderOf(services, path)).toBe("TOP");
  });

  test("that changed are read again, with those that extend what changed", async () => {
    const services = newServices({
      ".galley.json": '{ "extends": ["./base.json"] }',
      "base.json": '{ "placeholder": "OLD" }',
      "a.md": WRONG,
    });
    const [path, base] = [services.pathTo("a.md"), services.pathTo("base.json")];
    services.open("a.md", WRONG);
    await loadConfigsFor(services.session, path);
    expect(placeholderOf(services, path)).toBe("OLD");
    expect(extending(services.session, (one) => one === base)).toEqual([
      services.pathTo(".galley.json"),
    ]);
    expect(extendedToWatch(services.session)).toEqual([]);
    services.folder.write("base.json", '{ "placeholder": "NEW" }');
    const told = await reloadConfigs(services.session, new Set(), new Set([base]));
    expect(told.sort()).toEqual([services.pathTo(".galley.json"), base].sort());
    expect(placeholderOf(services, path)).toBe("NEW");
    services.folder.remove(".galley.json");
    await reloadConfigs(services.session, new Set([services.folder.uri]));
    expect(placeholderOf(services, path)).not.toBe("NEW");
  });

  test("ignore files of folders outside the workspace are forgotten", () => {
    const services = newServices({});
    const { rules } = services.session;
    const texts = { ".gitignore": "a" };
    const ignores = new Map([
      ["file:///above", texts],
      [services.folder.uri, texts],
    ]);
    rules.workspace = withRules(rules.workspace, new Map(), ignores);
    forgetIgnoreFiles(services.session);
    expect([...services.session.workspace.ignores.keys()]).toEqual([services.folder.uri]);
  });
});

describe("the editor's settings", () => {
  test("are asked for each folder, and an answer to an earlier request does not count", async () => {
    const waiting: (() => void)[] = [];
    const services = newServices(
      {},
      {
        initialize: { capabilities: { workspace: { configuration: true } } },
        answers: (method) =>
          method === "workspace/configuration"
            ? new Promise((answer) =>
                waiting.push(() => {
                  answer([{ placeholder: "SET" }, null, null]);
                }),
              )
            : null,
      },
    );
    const first = loadSettings(services);
    const second = loadSettings(services);
    for (const answer of waiting) answer();
    expect([await first, await second]).toEqual([false, true]);
  });

  test("of a client that can't be asked are those that it sent", async () => {
    const initializationOptions = { settings: { placeholder: "SENT" } };
    const services = newServices({}, { initialize: { capabilities: {}, initializationOptions } });
    await start(services);
    expect(services.session.disk.complete).toBe(false);
    expect(placeholderOf(services, services.pathTo("a.md"))).toBe("SENT");
  });
});

test("file events are taken together: drafts are read, config files obeyed, folders walked", async () => {
  const services = newServices({ "a.md": WRONG });
  scan(services.session, [services.folder.uri], false, () => undefined);
  await services.settle();
  services.folder.write("b.md", WRONG);
  services.folder.write(".galley.json", '{ "rules": { "repeated-word": "off" } }');
  const paths = ["b.md", ".galley.json"].map(services.pathTo);
  services.store.dispatch({ type: "files-changed", paths });
  await takeChangedFiles(services);
  await services.settle();
  const counts = [...services.session.workspace.stored.values()].map(
    ({ facts }) => facts.findings.length,
  );
  expect(counts).toEqual([0, 0]);
  expect(services.store.state.changedFiles).toBeUndefined();
});

describe("effects", () => {
  test("that are short are carried out at once, the others as jobs", async () => {
    const services = newServices({ "a.md": WRONG });
    const perform = performer(services);
    perform({ type: "refresh" });
    perform({ type: "refresh-code-lenses" });
    expect(services.sent.map(([method]) => method)).toEqual([
      "workspace/diagnostic/refresh",
      "workspace/codeLens/refresh",
    ]);
    perform({ type: "scan", folders: [services.folder.uri] });
    expect(services.session.workspace.stored.size).toBe(0);
    await services.settle();
    expect(services.session.workspace.stored.size).toBe(1);
  });

  test("a document that is closed is forgotten, and at the end held requests are answered", async () => {
    const services = newServices({});
    const perform = performer(services);
    services.open("a.md", WRONG);
    services.judgements.shown(services.pathTo("a.md"));
    perform({ type: "forget-document", path: services.pathTo("a.md") });
    expect(services.judgements.shownBeforeEdit(services.pathTo("a.md"))).toEqual([]);
    const answers: unknown[] = [];
    services.reports.hold(undefined, new Map(), (report) => answers.push(report));
    perform({ type: "stop" });
    expect(answers).toEqual([{ items: [] }]);
    await services.settle();
  });
});

test("what jobs read is stored by an event, and is what they then see", () => {
  const { session, store } = newServices({});
  const next = withRules(session.workspace, new Map([["file:///x/.galley.json", "{}"]]), new Map());
  session.rules.workspace = next;
  expect(store.state.workspace.configs).toBe(next.configs);
  expect(session.rules.workspace).toBe(session.workspace);
});
