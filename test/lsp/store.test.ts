import { expect, test } from "vitest";
import type { Effect } from "../../server/src/lsp/effects.ts";
import { INITIAL_STATE } from "../../server/src/lsp/state.ts";
import { newStore, type Store } from "../../server/src/lsp/session.ts";
import { toClient } from "../../server/src/lsp/client.ts";

/* Only one place knows the present state; an event announces a new one. */

const client = toClient({ capabilities: {}, workspaceFolders: [] });

test("an event makes the next state, and then its effects run in order", () => {
  const performed: [Effect["type"], string][] = [];
  const store: Store = newStore(({ type }) => {
    performed.push([type, store.state.phase]);
  });
  expect(store.state).toBe(INITIAL_STATE);
  for (const type of ["initialized", "started"] as const) {
    store.dispatch({ type: "connected", client });
    store.dispatch({ type });
  }
  expect(performed).toEqual([
    ["start", "starting"],
    ["watch-folders", "running"],
    ["scan", "running"],
    ["report", "running"],
    ["compare", "running"],
  ]);
});

test("an event caused by an effect is handled before the next effect", () => {
  const performed: Effect["type"][] = [];
  const store: Store = newStore((effect) => {
    performed.push(effect.type);
    if (effect.type === "scan") store.dispatch({ type: "drafts-compared", paths: [] });
  });
  store.dispatch({ type: "settings-changed" });
  expect(performed).toEqual(["scan", "report", "report", "compare"]);
});

test("waiting for a state ends once it is reached, now or after an event", async () => {
  const store = newStore(() => undefined);
  const seen: string[] = [];
  const wait = async (name: string, phase: string): Promise<void> => {
    await store.until((state) => state.phase === phase);
    seen.push(name);
  };
  const now = wait("now", "new");
  const later = wait("later", "stopped");
  await now;
  store.dispatch({ type: "connected", client });
  await Promise.resolve();
  expect(seen).toEqual(["now"]);
  store.dispatch({ type: "stopped" });
  await later;
  expect(seen).toEqual(["now", "later"]);
});
