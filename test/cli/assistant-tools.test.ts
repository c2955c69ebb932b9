import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assistantTools, MOST_FINDINGS, Refusal } from "../../server/src/cli/assistant-tools.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { rulePage } from "../../server/src/rules/support/rule-page.ts";
import type { Folder } from "../support/folder.ts";
import { newFolder } from "../support/for-one-test.ts";
import { runs } from "../support/property.ts";
import { ioIn, type JsonReport, reportIn } from "../support/command.ts";
import { RIGHT, WRONG } from "./support.ts";

/* What an assistant gets from `galley mcp`. The wire format is in bundle.test.ts. */

const SECRET = "It was the the vault of Zanzibar.\n";

function ask(folder: string, name: string, input: unknown): Promise<readonly string[]> {
  const tool = assistantTools(ioIn(folder)).find((one) => one.name === name);
  if (tool === undefined) throw new Error(`There is no ${name}.`);
  return Promise.resolve().then(() => tool.run(input));
}

async function checked(folder: string, input: unknown = {}): Promise<JsonReport> {
  const [text = ""] = await ask(folder, "check", input);
  return reportIn(text);
}

/** Drafts in `in`, others beside it, and links of all kinds between them. */
function nested(): Folder {
  const folder = newFolder({
    "secret.md": SECRET,
    "in secret/a.md": SECRET,
    "in/a.md": WRONG,
    "in/deep/b.md": WRONG,
    "in/deep/[c]*.md": WRONG,
    "in/.galley.json": '{"include": ["**"]}',
  });
  folder.link("in/out.md", "secret.md");
  folder.link("in/deep/out.md", "secret.md");
  folder.link("in/up", ".");
  folder.link("in/deep/side", "in secret");
  folder.link("in/inside.md", "in/deep/b.md");
  folder.link("in/loop", "in/loop");
  folder.link("in/nowhere.md", "gone.md");
  return folder;
}

describe("check", () => {
  test("reports on a file, a folder, or everything, following only links that stay within", async () => {
    const { path: top } = nested();
    const names = async (input: unknown): Promise<string[]> =>
      (await checked(`${top}/in`, input)).files.map(({ path }) => path);
    expect(await names({})).toEqual(["a.md", "deep/[c]*.md", "deep/b.md"]);
    expect(await names({ path: "deep" })).toEqual(["deep/[c]*.md", "deep/b.md"]);
    expect(await names({ path: `${top}/in/deep/` })).toEqual(["deep/[c]*.md", "deep/b.md"]);
    expect(await names({ path: "deep/[c]*.md" })).toEqual(["deep/[c]*.md"]);
    expect(await names({ path: "./inside.md" })).toEqual(["inside.md"]);
    const { problems } = await checked(`${top}/in`);
    // The other link is another name of the same file.
    expect(problems).toContainEqual({
      path: "deep/out.md",
      message: "It is a link that leads out of the folder, so it is not read.",
    });
  });

  test.each([
    ...["..", "../secret.md", "deep/../../secret.md", "deep/../a.md", "/etc/passwd", "/", "..\\a"],
    ...["out.md", "up", "up/secret.md", "deep/side", "deep/side/a.md", "../in secret/a.md"],
    ...["gone.md", "", "loop", "nowhere.md", "*.md", "**", "a.md/b", "a\0.md", "-", "--help"],
  ])("refuses %j", async (path) => {
    const folder = nested();
    await expect(checked(`${folder.path}/in`, { path })).rejects.toThrow(Refusal);
  });

  test("reveals nothing from outside the folder, whatever the path", async () => {
    const folder = nested();
    const parts = ["..", ".", "", "in", "up", "side", "deep", "out.md", "secret.md", "in secret"];
    const part = fc.oneof(fc.constantFrom(...parts), fc.string({ unit: "binary", maxLength: 70 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 6 }),
        fc.constantFrom("", "/", `${folder.path}/`, `${folder.path}/in/`),
        async (names, before) => {
          const path = before + names.join("/");
          const said = await ask(`${folder.path}/in`, "check", { path, hints: true }).catch(
            (error: unknown) =>
              error instanceof Refusal ? [error.message] : Promise.reject(error as Error),
          );
          expect(said.join("")).not.toMatch(/Zanzibar|secret/);
        },
      ),
      runs(300),
    );
  });

  test.each(Array.from({ length: 71 }, (_, length) => length))(
    "takes a name of %i letters",
    async (length) => {
      const name = "x".repeat(length);
      const folder = newFolder(length === 0 ? {} : { [name]: WRONG });
      const answer = checked(folder.path, { path: name });
      if (length === 0) await expect(answer).rejects.toThrow("There is no such file");
      else expect((await answer).files[0]?.findings).toHaveLength(1);
    },
  );

  test("has hints on request, heeds the baseline, and limits the number", async () => {
    const baseline = { version: 2, findings: [] };
    const folder = newFolder({
      "a.md": Array.from({ length: MOST_FINDINGS + 5 }, (_, at) => `${at} is the the one.\n`).join(
        "\n",
      ),
      "b.md": WRONG,
      ".galley.json": '{"overrides": [{"files": ["b.md"], "rules": {"repeated-word": "hint"}}]}',
      ".galley-baseline.json": JSON.stringify(baseline),
    });
    const count = async (input: unknown): Promise<number> =>
      (await checked(folder.path, input)).files.flatMap(({ findings }) => findings).length;
    expect(await count({ path: "b.md" })).toBe(0);
    expect(await count({ path: "b.md", hints: true })).toBe(1);
    const [text = "", note] = await ask(folder.path, "check", { path: "a.md" });
    expect(reportIn(text).files[0]?.findings).toHaveLength(MOST_FINDINGS);
    expect(note).toBe(
      `These are the first ${MOST_FINDINGS} of ${MOST_FINDINGS + 5} findings. Ask about fewer files for the others.`,
    );
    expect(await ask(newFolder({ "a.md": RIGHT }).path, "check", {})).toHaveLength(1);
  });
});

describe("the tools", () => {
  test("explain each rule, and no other", async () => {
    for (const rule of RULES) {
      expect(await ask(".", "explain_rule", { rule: rule.id })).toEqual([rulePage(rule)]);
    }
    await expect(ask(".", "explain_rule", { rule: "x" })).rejects.toThrow("There is no rule “x”.");
  });

  test("compare texts", async () => {
    const texts = { before: `${RIGHT}\nNobody was hurt.\n`, after: RIGHT };
    const [text = ""] = await ask(".", "what_was_lost", texts);
    expect(JSON.parse(text)).toMatchObject({ gone: [{ text: "Nobody was hurt" }] });
    const large = { before: "", after: "a\n".repeat(30_000) };
    await expect(ask(".", "what_was_lost", large)).rejects.toThrow("larger");
  });

  test("refuse arguments that don't match their schemas", async () => {
    for (const { name } of assistantTools(ioIn("."))) {
      for (const input of [
        [],
        "x",
        1,
        { path: 1, rule: 1, before: 1 },
        { hints: "yes", rule: null },
      ]) {
        await expect(ask(".", name, input), name).rejects.toThrow(Refusal);
      }
    }
    const odd = { before: "", after: "", format: "docx" };
    await expect(ask(".", "what_was_lost", odd)).rejects.toThrow(Refusal);
  });
});
