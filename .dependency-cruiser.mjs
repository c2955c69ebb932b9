/*
 * What may import what. `npm run lint` runs it: dependency-cruiser reads the imports, types included,
 * and refuses circles, imports from a lower layer to a higher one, and what a layer must not know.
 */

/** The folders of the server's sources, from the ground up: each may import those before it. */
const LAYERS = [
  "text",
  "draft",
  "language",
  "formats",
  "deletion",
  "repeats",
  "missing",
  "rules",
  "settings",
  "engine",
  "project",
  "host",
  "lsp",
  "cli",
];

/** Layers that run anywhere, with the libraries that each may use: no protocol, no Node, no browser. */
const PURE = {
  text: ["fastest-levenshtein"],
  draft: [],
  language: [],
  formats: ["@lezer/common", "@lezer/markdown", "entities", "htmlparser2"],
  deletion: [],
  repeats: [],
  missing: ["fflate"],
  rules: [],
  settings: ["jsonc-parser"],
  engine: [],
  project: ["ignore", "vscode-uri"],
};

const inLayer = (layer) => `^server/src/${layer}/`;
const library = (name) => `(^|/)node_modules/${name}/`;

export default {
  forbidden: [
    {
      name: "no-circle",
      comment: "Files that import each other can't be read one after the other.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circle-of-folders",
      comment: "Neither can folders.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    ...LAYERS.map((layer, at) => ({
      name: `${layer}-imports-downward`,
      comment: `${layer}/ may import ${LAYERS.slice(0, at).join(", ") || "nothing"}.`,
      severity: "error",
      from: { path: inLayer(layer) },
      to: {
        path: "^(server/src|client|scripts|test|server/training)/",
        pathNot: [
          inLayer(layer),
          ...LAYERS.slice(0, at).map(inLayer),
          "^server/src/(protocol|version)\\.ts$",
        ],
      },
    })),
    ...Object.entries(PURE).map(([layer, libraries]) => ({
      name: `${layer}-is-pure`,
      comment: `${layer}/ knows no platform, and no library but ${libraries.join(", ") || "none"}.`,
      severity: "error",
      from: { path: inLayer(layer) },
      to: {
        dependencyTypesNot: ["local", "type-only"],
        pathNot: ["^server/", ...libraries.map(library)],
      },
    })),
    {
      name: "a-rule-is-known-to-index",
      comment: "A rule is its file, its test and one line in rules/index.ts.",
      severity: "error",
      from: { path: "^server/src/", pathNot: "^server/src/rules/index\\.ts$" },
      to: {
        path: "^server/src/rules/[^/]+\\.ts$",
        pathNot: "^server/src/rules/(index|rule)\\.ts$",
      },
    },
    {
      name: "a-reporter-is-known-to-index",
      comment: "A reporter is its file and one line in cli/reporters/index.ts.",
      severity: "error",
      from: { path: "^server/src/", pathNot: "^server/src/cli/reporters/index\\.ts$" },
      to: {
        path: "^server/src/cli/reporters/[^/]+\\.ts$",
        pathNot: "^server/src/cli/reporters/(index|reporter)\\.ts$",
      },
    },
    {
      name: "protocol-in-lsp",
      comment: "Only lsp/, hosts and the entry points speak the protocol.",
      severity: "error",
      from: { path: "^server/src/", pathNot: "^server/src/(lsp/|[^/]+\\.ts$)" },
      to: { path: library("vscode-languageserver") },
    },
    {
      name: "a-handler-knows-no-other",
      comment:
        "A handler makes an event of a message or asks the state; what follows is in transition.ts.",
      severity: "error",
      from: { path: "^server/src/lsp/handlers/" },
      to: { path: "^server/src/lsp/handlers/" },
    },
    {
      name: "state-knows-no-connection",
      comment:
        "The state, its events and what follows from them are pure, and know nobody to speak to.",
      severity: "error",
      from: { path: "^server/src/lsp/(state|transition)\\.ts$" },
      to: {
        path: [
          library("vscode-languageserver"),
          "^server/src/lsp/(queue|session|server|disk|comparison|open-drafts|reports)\\.ts$",
        ],
      },
    },
    {
      name: "lsp-runs-anywhere",
      comment: "The language server runs in a browser too; what is Node's is handed in.",
      severity: "error",
      from: { path: "^server/src/(lsp|host/browser)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "browser-without-node",
      comment: "What the browser's bundles reach imports nothing of Node.",
      severity: "error",
      from: { path: "^(server|client)/src/browser\\.ts$" },
      to: { reachable: true, path: "^(node:.*|server/src/host/node/.*)$" },
    },
    {
      name: "client-knows-no-rule",
      comment: "The client knows the protocol and plain text, and nothing else of the server.",
      severity: "error",
      from: { path: "^client/" },
      to: { path: "^server/", pathNot: "^server/src/(protocol\\.ts$|text/)" },
    },
    {
      name: "server-without-client",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^client/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types"],
    },
    skipAnalysisNotInRules: true,
  },
};
