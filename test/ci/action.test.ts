import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { RIGHT, WRONG } from "../cli/support.ts";
import { homepage } from "../../package.json";
import { newFolder } from "../support/folder.ts";
import { writeMirror } from "../support/mirror.ts";
import { githubPush, NOTHING_BEFORE, pushed } from "../support/pushes.ts";

/* The Action: the steps of action.yml, run by bash with the files that GitHub gives to steps. */

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync("action.yml", "utf8")) as Action;
const folder = newFolder();
let mirror = "";

beforeAll(() => {
  mirror = writeMirror(folder.path);
});

afterAll(() => {
  folder.dispose();
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly summary: string;
  readonly report: string;
  /** The folder in which it runs. */
  readonly content: string;
}

interface Setting {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** The name of the action's repository. */
  readonly repository?: string;
  /** The action's folder; by default the mirror. */
  readonly action?: string;
  /** The folder to check, instead of one with `files`. */
  readonly content?: string;
  /** GitHub's description of the event. */
  readonly env?: Readonly<Record<string, string>>;
  /** Programs that come before all others in PATH. */
  readonly path?: string;
}

let runs = 0;

/** Runs the steps in order, until one fails. */
function run({ inputs = {}, files = {}, ...given }: Setting): Run {
  const place = path.join(folder.path, `run-${++runs}`);
  const content = given.content ?? path.join(place, "content");
  mkdirSync(place);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(content, name)), { recursive: true });
    writeFileSync(path.join(content, name), text);
  }
  for (const name of ["output", "summary"]) writeFileSync(path.join(place, name), "");
  const outputs = new Map<string, string>();
  const valueOf = (expression: string): string => {
    const [area = "", ...names] = expression.split(".");
    if (area === "inputs")
      return inputs[names.join(".")] ?? action.inputs[names.join(".")]?.default ?? "";
    if (area === "steps") return outputs.get(`${names[0] ?? ""}.${names[2] ?? ""}`) ?? "";
    const github: Record<string, string> = {
      action_path: given.action ?? mirror,
      action_repository: given.repository ?? "paper/galley",
      server_url: "https://github.com",
    };
    return github[names.join(".")] ?? "";
  };
  const filled = (text: string): string =>
    text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_all, expression: string) => valueOf(expression));
  let out = "";
  let code = 0;
  for (const step of action.runs.steps) {
    writeFileSync(path.join(place, "output"), "");
    const ran = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: content,
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: [given.path, process.env["PATH"]].filter(Boolean).join(path.delimiter),
        npm_config_offline: "true",
        GITHUB_ACTIONS: "true",
        GITHUB_BASE_REF: "",
        GITHUB_EVENT_PATH: "",
        GITHUB_OUTPUT: path.join(place, "output"),
        GITHUB_STEP_SUMMARY: path.join(place, "summary"),
        RUNNER_TEMP: place,
        ...given.env,
        ...Object.fromEntries(
          Object.entries(step.env).map(([name, value]) => [name, filled(value)]),
        ),
      },
    });
    out += ran.stdout + ran.stderr;
    for (const line of readFileSync(path.join(place, "output"), "utf8").split("\n")) {
      const at = line.indexOf("=");
      if (at > 0) outputs.set(`${step.id}.${line.slice(0, at)}`, line.slice(at + 1));
    }
    code = ran.status ?? -1;
    if (code !== 0) break;
  }
  return {
    code,
    out,
    summary: readFileSync(path.join(place, "summary"), "utf8"),
    report: filled(action.outputs["report"]?.value ?? ""),
    content,
  };
}

/** A program that writes its arguments, one per line, to where a test can read them. */
function recorder(file: string, also = ""): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" >> "$RUNNER_TEMP/arguments"\n${also}`);
  chmodSync(file, 0o755);
}

const FILES = { "a.md": WRONG, "in/b.md": RIGHT };

describe("the Action", () => {
  test("is composite, and its steps take inputs only through the environment", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run: script, shell } of action.runs.steps) {
      expect(shell).toBe("bash");
      expect(script).not.toContain("${{");
    }
  });

  test("writes annotations and a summary, and fails for a warning", () => {
    const { code, out, summary, report } = run({ files: FILES });
    expect(code).toBe(1);
    expect(out).toMatch(/^::warning file=a\.md,line=1,/m);
    expect(summary).toContain("| repeated-word |");
    expect(report).toBe("");
  });

  test.each([
    [{ "fail-on": "never" }, 0],
    [{ "fail-on": "error" }, 0],
    [{ paths: "in" }, 0],
    [{ paths: "in\n\na.md\n" }, 1],
    [{ config: "quiet.json" }, 0],
    [{ config: "missing.json" }, 2],
    [{ paths: "nowhere" }, 2],
    [{ "report-type": "nonsense" }, 2],
  ] as const)("with %j ends with %i", (inputs, code) => {
    const files = { ...FILES, "quiet.json": '{ "exclude": ["a.md"] }' };
    expect(run({ inputs, files }).code).toBe(code);
  });

  test.each(["sarif", "gitlab", "junit", "json"])(
    "writes a report of the type %s besides the annotations, and says where",
    (type) => {
      const { code, out, report } = run({ inputs: { "report-type": type }, files: FILES });
      expect(code).toBe(1);
      expect(out).toContain("::warning file=a.md");
      expect(readFileSync(report, "utf8")).toContain("a.md");
    },
  );

  test("passes on paths without running anything in them or taking them for options", () => {
    const names = ["two words", "$(touch made)", "`touch made`; touch made", "--fix", "*"];
    const files = Object.fromEntries(names.map((name) => [`${name}/a.md`, WRONG]));
    const { code, out, content } = run({ inputs: { paths: names.join("\n") }, files });
    expect(code).toBe(1);
    expect(out.match(/^::warning file=/gm)).toHaveLength(names.length);
    expect(existsSync(path.join(content, "made"))).toBe(false);
    expect(readFileSync(path.join(content, "--fix/a.md"), "utf8")).toBe(WRONG);
  });

  test.each([
    ["false", []],
    ["", []],
    ["true", ["--changed"]],
    ["origin/main", ["--changed=origin/main"]],
  ])("passes changed: %j on", (changed, expected) => {
    const own = "node_modules/galley/dist/cli.js";
    const record =
      'require("node:fs").writeFileSync(process.env.RUNNER_TEMP + "/arguments", JSON.stringify(process.argv.slice(2)))';
    const { code, content } = run({ inputs: { changed }, files: { [own]: record } });
    expect(code).toBe(0);
    const given = JSON.parse(readFileSync(path.join(content, "../arguments"), "utf8")) as string[];
    expect(given).toEqual([
      "check",
      "--fail-on=warning",
      "--format=github",
      ...expected,
      "--",
      ".",
    ]);
  });

  test.each([
    ["main", "b", ["c"]],
    ["work", "nothing", ["d", "e"]],
    ["work", "gone", ["d", "e"]],
  ] as const)("after a push to %s, before which %s was there, reports %j", (branch, before, of) => {
    const repository = pushed(WRONG, path.join(folder.path, `pushed-${branch}-${before}`));
    const id = before === "nothing" ? NOTHING_BEFORE : repository.commits[before];
    const { out, code } = run({
      inputs: { changed: "true" },
      content: repository.cloned(branch),
      env: githubPush(branch, id),
    });
    expect(out.match(/^::warning file=\w+/gm)).toEqual(of.map((name) => `::warning file=${name}`));
    expect(code).toBe(1);
  });

  test("takes a packed file as its version, without the network", () => {
    // As npm packs it, which takes a while.
    cpSync(mirror, path.join(folder.path, "package"), { recursive: true });
    spawnSync("tar", ["-czf", "galley.tgz", "package"], { cwd: folder.path });
    const version = path.join(folder.path, "galley.tgz");
    const empty = path.join(folder.path, "empty");
    const { code, out } = run({ inputs: { version }, files: FILES, action: empty });
    expect(out).toContain("::warning file=a.md");
    expect(code).toBe(1);
  });

  test("takes a version from the releases beside the action, never a name from a registry", () => {
    const bin = path.join(folder.path, "bin");
    recorder(path.join(bin, "npm"), "exit 7\n");
    const inputs = { version: "0.1.0" };
    // Without a name of its own, for example used by path, it has that of the project.
    for (const [repository, home] of [
      ["paper/galley", "https://github.com/paper/galley"],
      ["", homepage],
    ] as const) {
      const { code, content } = run({ inputs, files: FILES, path: bin, repository });
      expect(code).toBe(7);
      const asked = readFileSync(path.join(content, "../arguments"), "utf8").trim().split("\n");
      expect(asked.at(-1)).toBe(`${home}/releases/download/v0.1.0/galley-0.1.0.tgz`);
    }
    for (const version of ["latest", "galley@1", "1; rm -rf x", "-g"]) {
      const refused = run({ inputs: { version }, files: FILES, path: bin });
      expect(refused.code).toBe(2);
      expect(refused.out).toContain("::error::version must be");
      expect(existsSync(path.join(refused.content, "../arguments"))).toBe(false);
    }
  });

  test("is built first in a checkout without dist", () => {
    const checkout = path.join(folder.path, "checkout");
    mkdirSync(checkout);
    const bin = path.join(folder.path, "builds");
    recorder(path.join(bin, "npm"), `mkdir -p dist\ncp ${mirror}/dist/*.js* dist/\n`);
    const { code, content } = run({ files: FILES, action: checkout, path: bin });
    expect(code).toBe(1);
    const given = readFileSync(path.join(content, "../arguments"), "utf8").split("\n");
    expect(given).toEqual(expect.arrayContaining(["ci", "run", "build"]));
  });
});
