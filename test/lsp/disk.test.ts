import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { filesChanged, onFileEvents, scan } from "../../server/src/lsp/disk.ts";
import { runs } from "../support/property.ts";
import { newServices, scannedServices, type TestServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

/** The known drafts, each with its number of findings. */
function stored({ session, folder }: TestServices): Record<string, number> {
  return Object.fromEntries(
    [...session.workspace.stored].map(([path, { facts }]) => [
      path.slice(folder.uri.length + 1),
      facts.findings.length,
    ]),
  );
}

describe("walking a folder", () => {
  test("a second time reads only new files, and drops deleted ones", async () => {
    const services = await scannedServices({ "a.md": WRONG, "b.md": WRONG });
    services.folder.write("a.md", RIGHT);
    services.folder.write("c.md", WRONG);
    services.folder.remove("b.md");
    scan(services.session, [services.folder.uri], false);
    await services.settle();
    expect(stored(services)).toEqual({ "a.md": 1, "c.md": 1 });
    // Unless all are to be read again.
    scan(services.session, [services.folder.uri], true);
    await services.settle();
    expect(stored(services)).toEqual({ "a.md": 0, "c.md": 1 });
  });
});

test("notifications about files are collected, however they arrive, and handled together", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom("a.md", "b.md", "in", ""), { maxLength: 4 })),
      async (news) => {
        const services = newServices({ "a.md": WRONG });
        const { session } = services;
        for (const names of news) filesChanged(session, names.map(services.folder.uriOf));
        const paths = new Set(news.flat().map(services.pathTo));
        expect([...session.disk.changedFiles]).toEqual([...paths]);
        await services.settle();
        expect(session.disk.changedFiles.size).toBe(0);
        const isRead = ["a.md", ""].some((name) => paths.has(services.pathTo(name)));
        expect(stored(services)).toEqual(isRead ? { "a.md": 1 } : {});
      },
    ),
    runs(30),
  );
});

test("a file that can't be read is logged, and every other draft is linted, in this job or the next", async () => {
  for (const count of [0, 1, 16, 17, 40]) {
    const texts = Array.from({ length: count }, (_, at) => [`d${at}.md`, WRONG] as const);
    const logged: string[] = [];
    const services = newServices(Object.fromEntries(texts), { log: (line) => logged.push(line) });
    const { session } = services;
    const { files } = session.host;
    const reads = vi.spyOn(files, "read");
    reads.mockRejectedValueOnce(new Error("unreadable"));
    scan(session, [services.folder.uri], false);
    await services.settle();
    // A batch has sixteen.
    expect(session.workspace.stored.size).toBe(count - Math.min(count, 16));
    expect(logged).toEqual(count === 0 ? [] : ["Error: unreadable"]);
    scan(session, [services.folder.uri], false);
    await services.settle();
    expect(session.workspace.stored.size).toBe(count);
    reads.mockRestore();
  }
});

describe("notifications about files", () => {
  test.each<[string, { folders?: string[] }]>([
    ["a.md", {}],
    ["b/.galley.json", { folders: ["b"] }],
    ["b/.galley-baseline.json", { folders: ["b"] }],
    ["b/.gitignore", { folders: ["b"] }],
    [".git/info/exclude", { folders: [""] }],
  ])("%s: what must be read again", async (name, { folders = [] }) => {
    const services = await scannedServices({ "a.md": WRONG });
    const rules = onFileEvents(services.session, new Set([services.pathTo(name)]));
    const pathsOf = (names: readonly string[]): string[] =>
      names.map((one) => (one === "" ? services.folder.uri : services.pathTo(one)));
    expect([...rules.folders]).toEqual(pathsOf(folders));
    expect([...rules.extended]).toEqual([]);
    await services.settle();
  });

  test("config files below a folder are listed by it", async () => {
    const services = await scannedServices({ "b/.galley.json": "{}", "b/a.md": WRONG });
    const { folders } = onFileEvents(services.session, new Set([services.pathTo("b")]));
    expect([...folders]).toEqual([services.pathTo("b")]);
    await services.settle();
  });
});
