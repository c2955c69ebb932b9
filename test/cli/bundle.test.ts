import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import nodeModule from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  createMessageConnection,
  type InitializeResult,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { threads } from "../../server/src/host/node/threads.ts";
import { checkDraft } from "../../server/src/project/check-drafts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { VERSION } from "../../server/src/version.ts";
import { reportIn } from "../support/command.ts";
import { place, RIGHT, WRONG } from "./support.ts";

/** The command line as shipped: minified, with the language server beside it. */
const out = mkdtempSync(path.join(tmpdir(), "galley-bundle-"));
const cli = path.join(out, "cli.js");

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build.mjs", "--minify", "--out", out]);
});

afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

function galley(
  cwd: string,
  ...args: string[]
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  return { status, out: stdout, err: stderr };
}

function withoutSeconds(text: string): string {
  return text.replace(/"seconds":[\d.]+/, "");
}

test("it can be started by its name", () => {
  expect(readFileSync(cli, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
  expect(statSync(cli).mode & 0o111).toBe(0o111);
  expect(
    readdirSync(out, { recursive: true }).filter((name) => String(name).endsWith(".map")),
  ).toEqual([]);
});

test("the server’s worker threads find the same as a single thread", async () => {
  const settings = DEFAULT_SETTINGS;
  const drafts = [WRONG, RIGHT, "The mayor thanked the of the bridge.\n", "\0"].map((text, at) => ({
    path: `file:///${at}.md`,
    format: "markdown" as const,
    explicitlyIncluded: false,
    bytes: new TextEncoder().encode(text),
  }));
  const checker = threads(() => new Worker(path.join(out, "server/node.cjs")), 2);
  onTestFinished(() => {
    checker.dispose();
  });
  const batches = await Promise.all([1, 2, 3].map(() => checker.check({ settings, drafts })));
  const alone = drafts.map((draft) => checkDraft(draft, settings));
  expect(alone.map((facts) => facts?.findings.length)).toEqual([1, 0, 1, undefined]);
  for (const facts of batches) expect(facts).toEqual(alone);
});

test("it exits normally if the reader of its output stops reading", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`${index}.md`, `${WRONG}\n`.repeat(20)]),
  );
  const { folder } = place(files);
  const child = spawn(process.execPath, [cli, "check", "--format", "json"], { cwd: folder });
  let err = "";
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("exit", resolve));
  expect(err).toBe("");
  expect(code).toBe(0);
});

test.skipIf(process.platform === "win32")("a current folder that is gone is one line", () => {
  const { folder } = place({ "a.md": WRONG });
  const script = `rm -r "$PWD" && "${process.execPath}" "${cli}" check`;
  const { status, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  expect([status, stderr]).toEqual([2, "galley: The current folder is gone.\n"]);
});

test("the sample drafts have the findings they were written for", () => {
  const { status, out: text } = galley(".", "check", "samples", "--format", "compact");
  expect(status).toBe(1);
  const lines = text.matchAll(/^samples\/(\S+:\d+):\d+:.* \[([a-z-]+)\]$/gm);
  // The real editors' tests expect the same.
  expect(Array.from(lines, ([, place, rule]) => `${place} ${rule}`)).toEqual([
    "ferry-timetable.md:7 orphaned-fragment",
    "harbour-bridge.md:15 empty-attribution",
    "harbour-bridge.md:19 orphaned-fragment",
    "harbour-bridge.md:25 repeated-block",
    "harbour-bridge.md:29 repeated-elsewhere",
    "library-hours.txt:3 unclosed-quote",
    "library-hours.txt:4 repeated-word",
    "library-hours.txt:5 empty-attribution",
  ]);
});

test("without a usable model, every other rule still runs", () => {
  const model = path.join(out, "gaps.bin");
  const whole = readFileSync(model);
  const { folder } = place({ "a.md": `${WRONG}\n\nThe mayor thanked the of the bridge.\n` });
  const found = (): string[] => {
    const { out: text, err } = galley(folder, "check", "--format", "json");
    expect(err).toBe("");
    return reportIn(text).files.flatMap(({ findings }) =>
      findings.map(({ rule, message }) => (/ damaged, /.test(message) ? `no ${rule}` : rule)),
    );
  };
  const without = [
    "no empty-attribution",
    "no leftover-word",
    "no orphaned-fragment",
    "repeated-word",
  ];
  try {
    expect(found().sort()).toEqual(["orphaned-fragment", "repeated-word"]);
    writeFileSync(model, whole.subarray(0, -1));
    expect(found().sort()).toEqual(without);
    rmSync(model);
    expect(found().sort()).toEqual(without);
  } finally {
    writeFileSync(model, whole);
  }
});

/** Starts the server as VS Code does, and returns its answer, or nothing if the server exits. */
async function started(
  cwd: string,
  args: readonly string[],
): Promise<InitializeResult | undefined> {
  const server = spawn(process.execPath, [path.join(out, "server/start.cjs"), ...args], { cwd });
  const ended = once(server, "exit").then(() => undefined);
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  try {
    const params = { processId: null, rootUri: null, capabilities: {} };
    const request = connection.sendRequest<InitializeResult>("initialize", params);
    const result = await Promise.race([request, ended]);
    if (result === undefined) return undefined;
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    await ended;
    return result;
  } finally {
    connection.dispose();
    server.kill();
  }
}

test("the server starts with the compiled code of an earlier start, and answers the same", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "galley-code-"));
  try {
    const plain = await started(".", ["--stdio"]);
    expect(plain?.capabilities.hoverProvider).toBe(true);
    for (let start = 0; start < 2; start++) {
      expect(await started(".", [folder, "--stdio"])).toEqual(plain);
      const stored = readdirSync(folder, { recursive: true, withFileTypes: true });
      const files = stored.filter((entry) => entry.isFile());
      // From Node 22.1 on.
      expect(files).toHaveLength("enableCompileCache" in nodeModule ? 1 : 0);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A client of `galley mcp` in a folder, as assistants have one. */
async function assistantIn(cwd: string): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const args = [cli, "mcp"];
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, cwd, stderr: "pipe" }),
  );
  onTestFinished(() => client.close());
  return client;
}

test("assistants have three tools that write nothing, and every call gets an answer or a reason", async () => {
  const { folder } = place({ "a.md": WRONG, "in/b.md": RIGHT });
  const client = await assistantIn(folder);
  expect(client.getServerVersion()).toEqual({ name: "galley", version: VERSION });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["check", "explain_rule", "what_was_lost"]);
  for (const { annotations } of tools) expect(annotations).toEqual({ readOnlyHint: true });
  const call = (name: string, input: Record<string, unknown>) =>
    client.callTool({ name, arguments: input });
  const answers = await Promise.all([
    call("check", {}),
    call("check", { path: ".." }),
    call("explain_rule", { rule: "repeated-word" }),
    call("what_was_lost", { before: RIGHT, after: "" }),
    call("gone", {}),
  ]);
  expect(answers.map(({ isError }) => isError)).toEqual([
    undefined,
    true,
    undefined,
    undefined,
    true,
  ]);
  const texts = answers.map(({ content }) => (content as { text: string }[])[0]?.text ?? "");
  const { out: report } = galley(folder, "check", "--format", "json");
  expect(withoutSeconds(texts[0] ?? "")).toBe(withoutSeconds(report));
  expect(texts[2]).toMatch(/^# repeated-word/);
  expect(texts[3]).toContain(RIGHT.trim().slice(0, -1));
  expect(texts[4]).toBe("There is no such tool.");
});

const HELLO = {
  ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "a", version: "" },
  },
};

/** Messages that are neither requests nor answers. */
const LINES = [
  ...["", "{", "null", "[]", "\0", "\uFEFF{}", '{"jsonrpc":"2.0","id":"a"}', "[".repeat(100_000)],
  ...['{"jsonrpc":"2.0","id":{},"method":"tools/list"}'],
  ...['{"jsonrpc":"2.0","id":"b","method":"tools/call","params":7}'],
];

test("no line of input affects the next answer, and all output is protocol", async () => {
  const { folder } = place({ "a.md": WRONG, ".galley.json": "{", "b.md": "\u0000" });
  const check = { ...HELLO, method: "tools/call", params: { name: "check", arguments: {} } };
  /** The ids answered after a beginning, a line and a check each, as long as every one is. */
  const answered = async (lines: readonly string[]): Promise<number[]> => {
    const server = spawn(process.execPath, [cli, "mcp"], { cwd: folder, stdio: "pipe" });
    server.stdin.on("error", () => undefined);
    const checks = lines.flatMap((line, at) => [line, JSON.stringify({ ...check, id: at + 2 })]);
    server.stdin.write(`${[JSON.stringify(HELLO), ...checks].join("\n")}\n`);
    let said = "";
    for await (const data of server.stdout) {
      said += String(data);
      if (said.includes(`"id":${lines.length + 1}`)) server.stdin.end();
    }
    const messages = said
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one) as { id: unknown });
    expect(messages.every((one) => "id" in one)).toBe(true);
    return messages.flatMap(({ id }) => (typeof id === "number" ? [id] : [])).sort((a, b) => a - b);
  };
  // The first one missing is the check after a line that ended the session.
  expect(await answered(LINES)).toEqual([1, ...LINES.map((_, at) => at + 2)]);
  // A message beyond all bounds ends the session.
  expect(await answered(["x".repeat(11_000_000)])).toEqual([1]);
});

test("`galley mcp` answers all requests before the end of its input", () => {
  const { folder } = place({ "a.md": WRONG });
  const params = { name: "explain_rule", arguments: { rule: "repeated-word" } };
  const asked = [2, 3, 4].map((id) => ({ jsonrpc: "2.0", id, method: "tools/call", params }));
  const input = [HELLO, ...asked].map((line) => `${JSON.stringify(line)}\n`).join("");
  const { stdout, status } = spawnSync(process.execPath, [cli, "mcp"], { cwd: folder, input });
  const ids = String(stdout)
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { id: number }).id);
  expect(ids).toEqual([1, 2, 3, 4]);
  expect(status).toBe(0);
});

test("`galley mcp` exits with its client, whatever it is doing, and prints nothing before", async () => {
  const { folder } = place({ "a.md": WRONG.repeat(2000) });
  const check = { ...HELLO, id: 9, method: "tools/call", params: { name: "check", arguments: {} } };
  for (const input of [
    "",
    "{",
    JSON.stringify(HELLO),
    `${JSON.stringify(HELLO)}\n${JSON.stringify(check)}\n`,
  ]) {
    const server = spawn(process.execPath, [cli, "mcp"], { cwd: folder, stdio: "pipe" });
    server.stdin.on("error", () => undefined);
    server.stdin.end(input);
    const [code] = (await once(server, "exit")) as [number | null];
    expect(code).toBe(0);
  }
});

test("the package contains what it needs and nothing else, in under 8 MB", () => {
  const project = mkdtempSync(path.join(tmpdir(), "galley-package-"));
  try {
    for (const name of [
      "package.json",
      ".vscodeignore",
      ".npmignore",
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      "docs",
      "images",
      "client",
    ]) {
      cpSync(name, path.join(project, name), { recursive: true });
    }
    for (const name of ["server", "test", "scripts"]) {
      cpSync("scripts", path.join(project, name), { recursive: true });
    }
    cpSync(out, path.join(project, "dist"), { recursive: true });
    const vsce = (...args: string[]): string =>
      execFileSync(process.execPath, [path.resolve("node_modules/@vscode/vsce/vsce"), ...args], {
        cwd: project,
        encoding: "utf8",
      });
    const files = vsce("ls", "--no-dependencies").trim().split("\n");
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json"], {
      cwd: project,
      encoding: "utf8",
    });
    const paths = [...packed.matchAll(/"path": "([^"]+)"/g)].map((match) => match[1] ?? "");
    // npm's package has the command line's README with its pictures, no walkthrough, and the protocol for assistants.
    const shared = files.filter((file) => !/^(?:images\/walkthrough|client)\//.test(file));
    const own = ["images/light-bulb.png", "images/problems.png", "dist/mcp.js"];
    expect(paths.sort()).toEqual([...shared, ...own].sort());
    expect(statSync(path.join(out, "mcp.js")).size).toBeLessThan(300_000);
    const allowed =
      /^(?:dist\/(?:client|server)\/\w+\.c?js(?:\.js)?|dist\/cli\.js|dist\/(?:(?:gaps|reader)\.bin|schema\.[\w-]+\.json|THIRD-PARTY-NOTICES\.txt)|docs\/rules\/[\w.-]+|images\/(?:walkthrough\/)?[\w.-]+|client\/sample\.md|l10n\/[\w.-]+|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
    for (const file of [
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      "package.json",
      "images/icon.png",
      "dist/schema.en.json",
      "dist/schema.de.json",
    ]) {
      expect(files).toContain(file);
    }
    vsce(
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
    );
    const [vsix] = readdirSync(project).filter((name) => name.endsWith(".vsix"));
    expect(statSync(path.join(project, vsix ?? "")).size).toBeLessThan(8_000_000);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
});
