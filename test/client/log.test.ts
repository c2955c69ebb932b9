import { expect, test } from "vitest";
import { logWords } from "../../client/src/log.ts";
import type { ServerReport } from "../../server/src/protocol.ts";

const REPORT: ServerReport = {
  version: "1.2.3",
  drafts: 0,
  open: 0,
  checked: 0,
  milliseconds: 0,
  config: { settings: { placeholder: "TK" } },
};

test("the log has the version, the counts of drafts, and the seconds", () => {
  for (let count = 0; count <= 70; count++) {
    const report = {
      ...REPORT,
      drafts: count,
      open: count,
      checked: count,
      milliseconds: 100 * count,
    };
    const [, second = "", last = ""] = logWords(report, "VS Code 9.9");
    expect(last).toBe("Galley 1.2.3, VS Code 9.9");
    const s = count === 1 ? "" : "s";
    expect(second).toBe(
      `${count} draft${s} in the workspace, ${count} document${s} open; ${count} draft${s} checked in ${(count / 10).toFixed(1)} seconds since the start`,
    );
  }
});

test("the settings in force are valid JSON, below the document and the file they are from", () => {
  const settings = { accept: ["La La Land"], holes: { sensitivity: "eager" } };
  const config = { uri: "file:///news/a.md", file: "file:///news/.galley.json", settings };
  const [settingsInForce = ""] = logWords({ ...REPORT, config }, "VS Code 9.9");
  const [head = "", ...rest] = settingsInForce.split("\n");
  expect(head).toBe("Settings in force (for file:///news/a.md), with file:///news/.galley.json:");
  expect(JSON.parse(rest.join("\n"))).toEqual(settings);
  expect(logWords(REPORT, "VS Code 9.9")[0]).toContain("no folder is open");
});

test("a server that does not answer is mentioned", () => {
  expect(logWords(undefined, "VS Code 9.9")).toEqual(["The server does not answer (VS Code 9.9)."]);
});
