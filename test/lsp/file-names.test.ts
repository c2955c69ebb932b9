import { renameSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Folder } from "../support/folder.ts";
import { connect, newFolder } from "../support/for-one-test.ts";
import { rulesOn, type TestClient, WRONG } from "../support/lsp.ts";
import { virtualClock } from "../support/virtual-clock.ts";
import { LONG_BRIDGE } from "../support/passages.ts";

/* A draft on disk with two names: it is reported by one of them, whatever happens to either. */

let folder: Folder;
let client: TestClient;
let pull: ReturnType<TestClient["workspace"]>;
const clock = virtualClock();

beforeEach(async () => {
  folder = newFolder({ "a.md": `${WRONG}\n${LONG_BRIDGE}\n` });
  folder.link("link.md", "a.md");
  folder.nameAgain("z.md", "a.md");
  client = await connect({
    ...{ folders: [folder.uri], host: { clock } },
    ...rulesOn("repeated-elsewhere"),
  });
  pull = client.workspace();
  await settled();
});

async function settled(): Promise<void> {
  await clock.until(client.settled());
}

async function tell(...names: string[]): Promise<void> {
  await client.filesChanged(...names.map(folder.uriOf));
  await settled();
}

/** The final number of findings of each name; names without any are left out. */
function shown(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const item of pull.items) {
    if (item.kind === "full") found[path.basename(item.uri)] = item.items.length;
  }
  return Object.fromEntries(Object.entries(found).filter(([, count]) => count > 0));
}

test("it is reported by the first of its own names", () => {
  expect(shown()).toEqual({ "a.md": 1 });
});

test("when that name is deleted, it is reported by the next", async () => {
  folder.remove("a.md");
  await tell("a.md");
  expect(shown()).toEqual({ "z.md": 1 });
  folder.nameAgain("b.md", "z.md");
  await tell("b.md");
  expect(shown()).toEqual({ "b.md": 1 });
});

test("after a file is renamed onto it, links lead to the new one", async () => {
  folder.write("new", "All is well.\n");
  renameSync(path.join(folder.path, "new"), path.join(folder.path, "a.md"));
  await tell("a.md");
  // The hard link is another file now.
  expect(shown()).toEqual({ "z.md": 1 });
  folder.remove("z.md");
  await tell("z.md");
  expect(shown()).toEqual({});
});

test("opened by another name it is compared with others under that one, and not with itself", async () => {
  await client.open(folder.uriOf("link.md"), `${WRONG}\n${LONG_BRIDGE}\n`);
  await settled();
  expect(await client.diagnostics(folder.uriOf("link.md"))).toHaveLength(1);
  expect(shown()).toEqual({ "link.md": 1 });
  await client.close(folder.uriOf("link.md"));
  await settled();
  expect(shown()).toEqual({ "a.md": 1 });
});
