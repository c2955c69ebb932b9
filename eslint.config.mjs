import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

/** The most lines of a function that does not begin by saying why it is long. */
const MOST_LINES = 60;

/** A longer function begins with a comment: “Long, as …”. Those within that are longer themselves do not count. */
const longFunctions = {
  meta: {
    messages: { long: "It has {{lines}} lines: part it, or begin it with “// Long, as …”." },
  },
  create: ({ report, sourceCode }) => {
    const inner = [0];
    const enter = () => inner.push(0);
    const leave = (node) => {
      const all = node.loc.end.line - node.loc.start.line + 1;
      const within = inner.pop();
      const lines = all - within;
      inner.push(inner.pop() + (lines > MOST_LINES ? all : within));
      const [first] = node.body.type === "BlockStatement" ? node.body.body : [];
      const [reason] = first === undefined ? [] : sourceCode.getCommentsBefore(first);
      if (lines <= MOST_LINES || reason?.value.startsWith(" Long, as ")) return;
      report({ node, messageId: "long", data: { lines } });
    };
    const kinds = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
    return Object.fromEntries(
      kinds.flatMap((kind) => [
        [kind, enter],
        [`${kind}:exit`, leave],
      ]),
    );
  },
};

/** What VS Code shows, by the names of its API. */
const SHOWN = new Set(
  "title label detail description tooltip text placeHolder prompt why message".split(" "),
);

/** What the client shows is said by `l10n.t`, with the English text in its place: `l10n/` has it in other languages. */
const localizedTexts = {
  meta: {
    messages: {
      bare: "“{{text}}” is not translated: say it by l10n.t, and add it to each file of l10n/.",
      computed: "l10n.t takes one English text, and what differs as arguments: {0}.",
    },
  },
  create: ({ report }) => {
    const isT = ({ type, callee }) =>
      type === "CallExpression" && /(?:^|\.)l10n\.t$/.test(nameOf(callee));
    const nameOf = (node) =>
      node.type === "MemberExpression"
        ? `${nameOf(node.object)}.${node.property.name}`
        : (node.name ?? "");
    const isName = ({ type }) => type.startsWith("TS") || type.startsWith("Import");
    const judge = (node, text) => {
      const place = node.type === "TemplateElement" ? node.parent : node;
      const { parent } = place;
      // What is compared is a name, and so is what is thrown away with it.
      if (isT(parent) || isName(parent) || /^(?:SwitchCase|BinaryExpression)$/.test(parent.type))
        return;
      const isShown =
        (parent.type === "Property" && parent.value === place && SHOWN.has(parent.key.name)) ||
        (parent.type === "CallExpression" && /Message$/.test(nameOf(parent.callee)));
      const isWhole = node === place || place.quasis.length === 1;
      const said = text.replace(/\$\([\w-]+\)|^Galley$/g, "");
      const isWords =
        /\p{L},? \p{L}/u.test(said) ||
        (isWhole && /^\p{Lu}\p{Ll}+…?$/u.test(said)) ||
        (isShown && /\p{L}/u.test(said));
      if (isWords) report({ node, messageId: "bare", data: { text } });
    };
    return {
      Literal: (node) => {
        if (typeof node.value === "string") judge(node, node.value);
      },
      TemplateElement: (node) => judge(node, node.value.cooked),
      CallExpression: (node) => {
        const [text] = node.arguments;
        if (isT(node) && typeof text?.value !== "string") report({ node, messageId: "computed" });
      },
    };
  },
};

export default tseslint.config(
  { ignores: ["dist", "coverage", "test/e2e/out", "test/e2e/.cache", "samples"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-control-regex": "off",
    },
  },
  {
    // What is pure runs anywhere, so it knows neither Node nor the browser.
    files: "text draft language formats deletion repeats missing rules settings engine project"
      .split(" ")
      .map((folder) => `server/src/${folder}/**/*.ts`),
    rules: {
      "no-restricted-globals": [
        "error",
        ..."process Buffer global require setTimeout setInterval setImmediate queueMicrotask performance console fetch".split(
          " ",
        ),
        ..."window document self navigator location postMessage Worker WebSocket XMLHttpRequest localStorage indexedDB".split(
          " ",
        ),
      ],
    },
  },
  {
    // What is stored between calls is stored through draft/incremental/, where ARCHITECTURE.md says so.
    files: "text draft language formats deletion repeats missing rules settings engine"
      .split(" ")
      .map((folder) => `server/src/${folder}/**/*.ts`),
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind='let']",
          message: "A module holds no state: see computeOnce, memoizeOn and incremental.",
        },
        {
          selector:
            ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration NewExpression[callee.name=/^Weak(Map|Set)$/]",
          message: "Values are stored on objects by memoizeOn and objectCache.",
        },
      ],
    },
  },
  {
    // Files on disk are read in one place, which has bounds; beside it stand those that read themselves,
    // or their own cache.
    files: ["server/src/**/*.ts"],
    ignores: ["read-file", "replace-file", "cache", "git"]
      .map((name) => `server/src/host/node/${name}.ts`)
      .concat("server/src/node.ts"),
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            ...["node:fs", "fs", "node:fs/promises", "fs/promises"].map((name) => ({
              name,
              importNames:
                "open openSync openAsBlob read readSync readv readvSync readFile readFileSync createReadStream".split(
                  " ",
                ),
              message: "Files are read by host/node/read-file.ts.",
            })),
            ...["node:child_process", "child_process"].map((name) => ({
              name,
              message: "Programs are started by host/node/git.ts, which starts git alone.",
            })),
          ],
        },
      ],
    },
  },
  {
    files: ["server/src/lsp/**/*.ts"],
    ignores: ["server/src/lsp/messages.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          name: "vscode-languageserver",
          allowTypeImports: true,
          message: "Its values are imported from lsp/messages.ts, which says why.",
        },
      ],
    },
  },
  {
    // No expression may take more than its text's length in steps, whatever the text.
    files: ["client/**", "server/**", "scripts/**"].map((folder) => `${folder}/*.{ts,mjs}`),
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential", ignorePartial: false }],
    },
  },
  {
    files: ["client/**", "server/**", "scripts/**"].map((folder) => `${folder}/*.{ts,mjs}`),
    plugins: { house: { rules: { "long-functions": longFunctions } } },
    rules: { "house/long-functions": "error" },
  },
  {
    // Whoever helps reads the log, and a model what its tool answers: both are English.
    files: ["client/src/*.ts"],
    ignores: ["client/src/{assistants,log,log-words}.ts", "**/*.generated.ts"],
    plugins: { client: { rules: { localized: localizedTexts } } },
    rules: { "client/localized": "error" },
  },
  { files: ["**/*.mjs", "**/*.js"], ...tseslint.configs.disableTypeChecked },
);
