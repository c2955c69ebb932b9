import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { builtinModules } from "node:module";
import { expect, test } from "vitest";

/** What each folder of the server may import, besides itself: folders of the server, and libraries. */
const MAY_IMPORT: Readonly<Record<string, { folders: string[]; libraries: string[] }>> = {
  core: {
    folders: ["formats", "gaps", "language", "repeats", "rules"],
    libraries: ["jsonc-parser", "ignore", "vscode-uri"],
  },
  formats: {
    folders: ["core", "language"],
    libraries: ["@lezer/common", "@lezer/markdown", "entities", "htmlparser2"],
  },
  language: { folders: ["core"], libraries: [] },
  repeats: { folders: ["core", "language"], libraries: [] },
  gaps: { folders: ["core", "language", "model"], libraries: [] },
  rules: { folders: ["core", "gaps", "language", "repeats"], libraries: [] },
};

interface Import {
  readonly file: string;
  readonly from: string;
}

function importsIn(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const file = path.posix.join(folder, name.replaceAll(path.sep, "/"));
      const source = readFileSync(file, "utf8");
      const imports = source.matchAll(
        /^\s*(?:import|export)\b[^;"']*?\bfrom\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm,
      );
      return [...imports].map((match) => ({ file, from: match[1] ?? match[2] ?? match[3] ?? "" }));
    });
}

/** The server's folder that an import leads to; undefined: it leads out of the server's sources. */
function folderOf({ file, from }: Import): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), from);
  const parts = target.split("/");
  if (parts[0] !== "server") return undefined;
  return parts[1] === "src" ? parts[2] : parts[1];
}

test.each(Object.keys(MAY_IMPORT))("%s imports neither protocol, Node nor browser", (folder) => {
  const { folders = [], libraries = [] } = MAY_IMPORT[folder] ?? {};
  const wrong = importsIn(`server/src/${folder}`).filter((one) => {
    if (!one.from.startsWith(".")) return !libraries.includes(one.from);
    const to = folderOf(one) ?? "";
    return to !== folder && !folders.includes(to);
  });
  expect(wrong).toEqual([]);
});

test("only lsp and the entry points speak the protocol", () => {
  const wrong = importsIn("server/src").filter(
    ({ file, from }) =>
      from.startsWith("vscode-languageserver") &&
      !/^server\/src\/(?:lsp\/|node\.ts$|browser\.ts$)/.test(file),
  );
  expect(wrong).toEqual([]);
});

test("what the browser runs imports nothing of Node", () => {
  const seen = new Set<string>();
  const wrong: Import[] = [];
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const one of importsIn(path.posix.dirname(file)).filter((each) => each.file === file)) {
      const name = one.from.replace(/^node:/, "");
      if (one.from.startsWith("node:") || builtinModules.includes(name)) wrong.push(one);
      if (!one.from.startsWith(".") || !one.from.endsWith(".ts")) continue;
      follow(path.posix.join(path.posix.dirname(file), one.from));
    }
  };
  follow("server/src/browser.ts");
  follow("client/src/browser.ts");
  expect(wrong).toEqual([]);
});

test("files on disk are read in one place, which has bounds", () => {
  const reads =
    /\b(?:readFile|readFileSync|createReadStream|openSync|readSync|readvSync|openAsBlob|open)\b/;
  /** What reads the program itself, and what writes the cache. */
  const may: Readonly<Record<string, string>> = {
    "server/src/node.ts": "readFileSync",
    "server/src/lsp/node-cache.ts": "open",
  };
  const wrong = readdirSync("server/src", { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join("server/src", name.replaceAll(path.sep, "/")))
    .filter((file) => file.endsWith(".ts") && !file.startsWith("server/src/files/"))
    .flatMap((file) => {
      const imports = readFileSync(file, "utf8").matchAll(
        /^import\s+([^;]*?)\s+from\s+["'](?:node:)?fs(?:\/promises)?["']/gm,
      );
      return [...imports].flatMap(([, names = ""]) =>
        names.startsWith("{")
          ? names
              .replace(/[{}\s]|type /g, "")
              .split(",")
              .filter((name) => reads.test(name) && may[file] !== name)
              .map((name) => `${file}: ${name}`)
          : [`${file}: all of fs`],
      );
    });
  expect(wrong).toEqual([]);
});

test("the client knows no rule and nothing of the server", () => {
  const wrong = importsIn("client/src").filter(
    (one) => one.from.startsWith(".") && !one.from.startsWith("./"),
  );
  expect(wrong).toEqual([]);
  const ids = readdirSync("server/src/rules")
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.replace(/\.ts$/, ""));
  expect(ids.length).toBeGreaterThan(5);
  for (const name of readdirSync("client/src")) {
    const source = readFileSync(`client/src/${name}`, "utf8");
    for (const id of ids) expect(source, `client/src/${name}`).not.toContain(id);
  }
});

test("a rule is known to its own file and to rules/index.ts alone", () => {
  const wrong = importsIn("server/src").filter((one) => {
    const target = path.posix.join(path.posix.dirname(one.file), one.from);
    return (
      /^server\/src\/rules\/[^/]+\.ts$/.test(target) &&
      target !== "server/src/rules/index.ts" &&
      one.file !== "server/src/rules/index.ts"
    );
  });
  expect(wrong).toEqual([]);
});
