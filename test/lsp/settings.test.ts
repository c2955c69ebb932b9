import { describe, expect, test } from "vitest";
import { forgetIgnoreFiles, loadConfigsFor, loadSettings } from "../../server/src/lsp/settings.ts";
import { withRules } from "../../server/src/project/workspace.ts";
import { newServices } from "../support/services.ts";

describe("config files", () => {
  test("of a document that was closed meanwhile are not read", async () => {
    const { session, pathTo } = newServices({ ".galley.json": "{}" });
    await loadConfigsFor(session, pathTo("a.md"));
    expect(session.workspace.configs.size).toBe(0);
  });

  test("ignore files of folders outside the workspace are forgotten", () => {
    const services = newServices({});
    const { rules } = services.session;
    const ignores = new Map(["file:///above", services.folder.uri].map((one) => [one, "a"]));
    rules.workspace = withRules(rules.workspace, new Map(), ignores);
    forgetIgnoreFiles(services.session);
    expect([...services.session.workspace.ignores.keys()]).toEqual([services.folder.uri]);
  });
});

describe("the editor's settings", () => {
  test("are requested for each folder, and an answer to an earlier request does not count", async () => {
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
    const first = loadSettings(services.session);
    const second = loadSettings(services.session);
    for (const answer of waiting) answer();
    expect([await first, await second]).toEqual([false, true]);
  });
});
