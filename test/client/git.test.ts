import { expect, test } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { announceGit } from "../../client/src/git.ts";
import { desk, Disposable, EventEmitter, newDesk } from "../support/vscode.ts";

/** VS Code's git extension, in a window with nothing else. */
function newGit(enabled = true): {
  enabled: boolean;
  turn(isOn: boolean): void;
  readonly activated: () => number;
  readonly listening: () => number;
} {
  const enablement = new EventEmitter<boolean>();
  let [activated, listening] = [0, 0];
  const git = {
    enabled,
    onDidChangeEnablement: (listener: () => unknown) => {
      listening++;
      const ended = enablement.event(listener);
      return Disposable.from(ended, new Disposable(() => listening--));
    },
    getAPI: () => {
      if (!git.enabled) throw new Error("Git model not found");
      return { git: { path: "/usr/bin/git" } };
    },
    turn: (isOn: boolean) => {
      git.enabled = isOn;
      enablement.fire(isOn);
    },
    activated: () => activated,
    listening: () => listening,
  };
  const activate = (): Promise<unknown> => {
    activated++;
    return Promise.resolve(git);
  };
  newDesk().extensions.set("vscode.git", { activate });
  return git;
}

/** A client, with the programs that its server was sent since it last started. */
function newClient(): { readonly named: unknown[]; start(): void; crash(): void } {
  const states = new EventEmitter<unknown>();
  const named: unknown[] = [];
  let isRunning = false;
  const client = {
    onDidChangeState: states.event,
    isRunning: () => isRunning,
    sendNotification: (_: string, { program }: { readonly program: unknown }) =>
      Promise.resolve(named.push(program)),
  };
  announceGit(client as unknown as BaseLanguageClient);
  const become = (running: boolean) => (): void => {
    isRunning = running;
    named.length = 0;
    states.fire(undefined);
  };
  return { named, start: become(true), crash: become(false) };
}

test("a server is sent git’s program when it starts, and again after a crash", async () => {
  newGit();
  const client = newClient();
  for (let restarts = 0; restarts < 3; restarts++) {
    client.start();
    await expect.poll(() => client.named).toEqual(["/usr/bin/git"]);
    client.crash();
  }
});

test("it is sent the program once, as soon as git is turned on, and null once it is off", async () => {
  const git = newGit(false);
  const client = newClient();
  for (let restarts = 0; restarts < 3; restarts++) {
    client.start();
    await expect.poll(git.listening).toBe(1);
    client.crash();
    expect(git.listening()).toBe(0);
  }
  client.start();
  await expect.poll(git.listening).toBe(1);
  expect(client.named).toEqual([null]);
  git.turn(true);
  await expect.poll(() => client.named).toEqual([null, "/usr/bin/git"]);
  git.turn(false);
  await expect.poll(() => client.named).toEqual([null, "/usr/bin/git", null]);
});

test("in a workspace that is not trusted it is not sent, and git is not even activated", () => {
  const git = newGit();
  desk.isTrusted = false;
  newClient().start();
  expect(git.activated()).toBe(0);
});
