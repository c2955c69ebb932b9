// Bundles Galley: node scripts/build.mjs [--minify] [--watch] [--out FOLDER], into dist/ unless said
// With --minify, as packaged, nothing is left for debugging; without it every bundle has a source map.
import { build, context } from "esbuild";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import path from "node:path";
import { notices } from "./notices.mjs";
import { writeSchemas } from "./schema-languages.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const minify = process.argv.includes("--minify");
const watch = process.argv.includes("--watch");
const outArgument = process.argv.indexOf("--out");
const out = path.resolve(root, outArgument < 0 ? "dist" : process.argv[outArgument + 1]);

/** Libraries written for CommonJS ask for `require`, which an ES module does not have. */
const REQUIRE =
  'import { createRequire as galleyRequire } from "node:module"; const require = galleyRequire(import.meta.url);';

/** In CommonJS a file has no `import.meta`; the entry points use its URL to start themselves as workers. */
const KNOWS_ITSELF = {
  define: { "import.meta.url": "galleyFileUrl" },
  banner: { js: 'const galleyFileUrl = require("node:url").pathToFileURL(__filename).href;' },
};

/** The name by which Node's bundles read each. */
const MODELS = { modelBytes: "gaps", readerBytes: "reader" };

/** Node's bundles share one copy of the models' files, which `writeModelFiles` unpacks. */
const sharedModels = (outfile) => ({
  name: "shared models",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]missing[\\/]model-bytes\.ts$/ }, async ({ path: file }) => {
      const up = path.posix.relative(path.posix.dirname(outfile), "dist") || ".";
      const exported = Object.entries(MODELS).map(
        ([name, model]) =>
          `export const ${name} = computeOnce(() => bytesOf("${up}/${model}.bin"));`,
      );
      return {
        contents: `
          import { readFileSync } from "node:fs";
          import { computeOnce } from "../draft/incremental/memoize.ts";
          const bytesOf = (file) => {
            try {
              return readFileSync(new URL(file, import.meta.url));
            } catch {
              return new Uint8Array(); // Which is refused as a damaged one is.
            }
          };
          ${exported.join("\n")}
          export const modelsMark = "${(await packedModels()).map((gzip) => gzip.slice(-12)).join("")}";`,
        loader: "js",
        resolveDir: path.dirname(file),
      };
    });
  },
});

/** Their files, as gzip in base 64. */
const packedModels = () =>
  Promise.all(
    Object.values(MODELS).map(async (model) => {
      const file = path.join(root, `server/model/${model}.json`);
      return JSON.parse(await readFile(file, "utf8")).gzip;
    }),
  );

async function writeModelFiles() {
  const packed = await packedModels();
  for (const [index, model] of Object.values(MODELS).entries())
    await writeFile(
      path.join(out, `${model}.bin`),
      gunzipSync(Buffer.from(packed[index], "base64")),
    );
}

/** What the command line loads from the same folder, on demand. */
const LATER = { "./mcp.ts": "./mcp.js", "./node.ts": "./server/node.cjs" };
const LOADED_LATER = {
  name: "loaded later",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/(?:mcp|node)\.ts$/ }, ({ path: file, kind }) =>
      kind === "dynamic-import" ? { path: LATER[file], external: true } : undefined,
    );
  },
};

/** VS Code loads its extensions as CommonJS; the package itself is of ES modules, hence `.cjs`. */
const BUNDLES = [
  {
    entry: "client/src/node.ts",
    outfile: "dist/client/node.cjs",
    platform: "node",
    format: "cjs",
    external: ["vscode"],
  },
  {
    entry: "client/src/browser.ts",
    // The manifest says browser.cjs: a web host appends .js to any name without a known extension,
    // and takes browser.js, in a package of ES modules, for one.
    outfile: "dist/client/browser.cjs.js",
    platform: "browser",
    format: "cjs",
    external: ["vscode"],
  },
  {
    entry: "server/src/node.ts",
    outfile: "dist/server/node.cjs",
    platform: "node",
    format: "cjs",
  },
  {
    entry: "server/src/start.ts",
    outfile: "dist/server/start.cjs",
    platform: "node",
    format: "cjs",
  },
  {
    entry: "server/src/browser.ts",
    outfile: "dist/server/browser.js",
    platform: "browser",
    format: "iife",
  },
  {
    entry: "server/src/cli.ts",
    outfile: "dist/cli.js",
    platform: "node",
    format: "esm",
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    plugins: [LOADED_LATER],
  },
  {
    entry: "server/src/mcp.ts",
    outfile: "dist/mcp.js",
    platform: "node",
    format: "esm",
    banner: { js: REQUIRE },
  },
];

if (!watch) await rm(out, { recursive: true, force: true });

const options = [];
for (const { entry, ...bundle } of BUNDLES) {
  if (!existsSync(path.join(root, entry))) {
    console.log(`skipped ${bundle.outfile}: there is no ${entry} yet`);
    continue;
  }
  options.push({
    ...bundle,
    outfile: path.join(out, path.posix.relative("dist", bundle.outfile)),
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    target: bundle.platform === "node" ? "node20" : "es2022",
    // Prefers a library's ES modules, which can be tree-shaken; some have only CommonJS.
    mainFields: bundle.platform === "node" ? ["module", "main"] : ["browser", "module", "main"],
    ...(bundle.format === "cjs" && bundle.platform === "node" ? KNOWS_ITSELF : {}),
    minify,
    keepNames: false,
    sourcemap: minify ? false : "linked",
    // `notices` has them all.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [
      ...(bundle.plugins ?? []),
      ...(bundle.platform === "node" ? [sharedModels(bundle.outfile)] : []),
    ],
  });
}

if (watch) {
  for (const one of options) await (await context(one)).watch();
  console.log("watching; a change is bundled as it is saved");
} else {
  try {
    const built = await Promise.all(options.map((one) => build(one)));
    // A warning, for example about a case that never runs, is an error here. esbuild has printed it.
    if (built.some(({ warnings }) => warnings.length > 0)) process.exit(1);
    const metafiles = built.map(({ metafile }) => metafile);
    await writeFile(path.join(out, "THIRD-PARTY-NOTICES.txt"), notices(root, metafiles));
  } catch (error) {
    // esbuild has printed what is wrong in the code.
    if (!("errors" in error)) console.error(error.message);
    process.exit(1);
  }
  await writeModelFiles();
  await writeSchemas(root, out);
  if (existsSync(path.join(out, "cli.js"))) await chmod(path.join(out, "cli.js"), 0o755);
}
