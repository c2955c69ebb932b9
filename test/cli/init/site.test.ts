import { expect, test } from "vitest";
import { sitesIn, type Listing } from "../../../server/src/cli/init/site.ts";

/** A listing of these files; a text follows “=”. */
function listing(files: readonly string[]): Listing {
  const names = new Map<string, Set<string>>([["", new Set()]]);
  const texts = new Map<string, string>();
  for (const file of files) {
    const [name = "", text] = file.split("=>");
    if (text !== undefined) texts.set(name, text);
    const steps = name.split("/");
    steps.forEach((step, at) => {
      const above = steps.slice(0, at).join("/");
      const isFolder = at < steps.length - 1;
      const known = names.get(above) ?? new Set<string>();
      names.set(above, known.add(isFolder ? `${step}/` : step));
    });
  }
  return { names: (folder) => names.get(folder), text: (file) => texts.get(file) };
}

const told = (...files: string[]): string[] =>
  sitesIn(listing(files)).map(
    ({ generator, content, derived }) =>
      `${generator}: ${content.join(",")}${derived.length === 0 ? "" : ` not ${derived.join(",")}`}`,
  );

test.each<[string[], string[]]>([
  [[], []],
  [["a.md"], []],
  [["hugo.toml", "content/a.md"], ["Hugo: content"]],
  [["config.toml", "content/a.md", "themes/b/c"], ["Hugo: content"]],
  [["config.toml", "content/a.md"], []],
  [["hugo.yaml", "a.md"], ["Hugo: "]],
  [
    ["docusaurus.config.ts", "docs/a.md", "blog/b.md", "versioned_docs/c.md"],
    ["Docusaurus: docs,blog not versioned_docs"],
  ],
  [["mkdocs.yml", "docs/a.md"], ["MkDocs: docs"]],
  [["mkdocs.yml=>docs_dir: 'text/en' # here", "text/en/a.md"], ["MkDocs: text/en"]],
  [["mkdocs.yml=>site_name: x\ndocs_dir: './text/en/'", "text/en/a.md"], ["MkDocs: text/en"]],
  // A folder that is not there, or above.
  [["mkdocs.yml=>docs_dir: none", "docs/a.md"], ["MkDocs: "]],
  [["mkdocs.yml=>docs_dir: ../x", "docs/a.md"], ["MkDocs: docs"]],
  [['book.toml=>[book]\nsrc = "./pages/"', "pages/a.md"], ["mdBook: pages"]],
  [["book.toml", "src/a.md"], ["mdBook: src"]],
  [[".vitepress/config.ts", "a.md"], ["VitePress: "]],
  [["astro.config.mjs", "src/content/a.md", "src/pages/b.md"], ["Astro: src/content,src/pages"]],
  [["eleventy.config.js", "_site/a.html"], ["Eleventy:  not _site"]],
  [[".eleventy.js", "posts/a.md"], ["Eleventy: "]],
  [["_toc.yml", "_config.yml", "_build/a"], ["Jupyter Book:  not _build"]],
  [["myst.yml"], ["MyST: "]],
  [["_config.yml", "_posts/a.md"], ["Jekyll: "]],
  [["conf.py", "index.rst"], ["Sphinx: "]],
  [["conf.py", "a.rst"], []],
  // In the folders of the folder, but for what is hidden or of others.
  [
    ["site/hugo.toml", "site/content/a.md", "book/book.toml", "book/src/b.md"],
    ["mdBook: book/src", "Hugo: site/content"],
  ],
  [['book/book.toml=>[book]\nsrc = "text"', "book/text/a.md"], ["mdBook: book/text"]],
  [["website/docusaurus.config.js", "website/docs/a.mdx"], ["Docusaurus: website/docs"]],
  [["docs/.vitepress/config.mts", "docs/a.md"], ["VitePress: docs"]],
  [["docs/conf.py", "docs/index.md"], ["Sphinx: docs"]],
  [["docs/source/conf.py", "docs/source/index.md"], ["Sphinx: docs/source"]],
  [["node_modules/mkdocs.yml", "vendor/mkdocs.yml", ".a/mkdocs.yml"], []],
  // Its own comes before those of folders in it.
  [["mkdocs.yml", "docs/a.md", "site/hugo.toml"], ["MkDocs: docs"]],
])("%j", (files, expected) => {
  expect(told(...files)).toEqual(expected);
});
