import { expect, test } from "vitest";
import { currentVersion } from "../../server/src/lsp/current-version.ts";
import { newStore } from "../../server/src/lsp/store.ts";
import type { Clock } from "../../server/src/project/host.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const PATH = "file:///a.md";

function started() {
  const store = newStore(() => undefined);
  const open = (version: number): void => {
    const base = { type: "opened", path: PATH, uri: PATH, languageId: "markdown", at: 0 } as const;
    store.dispatch({ ...base, version, text: `v${version}` });
  };
  const loaded = (): void => {
    for (const [path, opening] of store.state.loading) {
      store.dispatch({ type: "configs-loaded", path, opening });
    }
  };
  return { store, open, loaded };
}

test("a request waits until the settings are known and the document is loaded", async () => {
  const { store, open, loaded } = started();
  open(1);
  let isAnswered = false;
  const answer = currentVersion(store, virtualClock(), PATH).then(() => {
    isAnswered = true;
  });
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  await turns();
  expect(isAnswered).toBe(false);
  store.dispatch({ type: "started" });
  await turns();
  expect(isAnswered).toBe(store.state.loading.size === 0);
  loaded();
  await answer;
  expect(isAnswered).toBe(true);
});

test("edits that wait behind it are read first", async () => {
  const { store, open, loaded } = started();
  store.dispatch({ type: "started" });
  open(1);
  loaded();
  let turns = 0;
  const real = virtualClock();
  const clock: Clock = {
    ...real,
    turn: async () => {
      await real.turn();
      if (++turns > 3) return;
      const changes = [{ text: `text ${turns}` }];
      store.dispatch({ type: "edited", path: PATH, version: 1 + turns, changes, at: 0, shown: [] });
    },
  };
  await currentVersion(store, clock, PATH);
  expect(store.state.workspace.open.get(PATH)?.version).toBe(4);
  expect(turns).toBe(4);
});
