/*
 * Which site generator a folder is for, by the names of its files, and where that keeps its drafts. What
 * is read from disk is handed in.
 */

/** What stands in a folder, by its path from the one that is looked at, "" for that itself. */
export interface Listing {
  /** The names in it; those of folders end in "/". Undefined: there is no such folder. */
  readonly names: (folder: string) => ReadonlySet<string> | undefined;
  /** The text of a small file; undefined where it can't be read. */
  readonly text: (file: string) => string | undefined;
}

/** A site, and where its drafts are. */
export interface Site {
  readonly generator: string;
  /** The folders with its drafts, by their paths; "" for everything. */
  readonly content: readonly string[];
  /** Folders that hold what is made from the drafts, or older versions of them; only those that are there. */
  readonly derived: readonly string[];
}

interface Generator {
  readonly name: string;
  readonly marks: (names: ReadonlySet<string>) => boolean;
  /** From the folder that the marks are in; of several those that are there. None: all of it. */
  readonly content?: readonly string[] | ((text: (file: string) => string | undefined) => string[]);
  readonly derived?: readonly string[];
}

function some(names: ReadonlySet<string>, pattern: RegExp): boolean {
  return [...names].some((name) => pattern.test(name));
}

/** The value of a top-level key in YAML or TOML, where it is a plain text. */
function findValue(text: string | undefined, key: RegExp): string | undefined {
  const value = key.exec(text ?? "")?.[1]?.trim();
  const steps = value?.split("/").filter((step) => step !== "" && step !== ".") ?? [];
  return steps.length === 0 || steps.includes("..") ? undefined : steps.join("/");
}

/** In the order in which they are looked for: some have the marks of another as well. */
const GENERATORS: readonly Generator[] = [
  {
    name: "Hugo",
    marks: (names) =>
      some(names, /^hugo\.(?:toml|ya?ml|json)$/) ||
      (some(names, /^config\.(?:toml|ya?ml|json)$|^config\/$/) &&
        names.has("content/") &&
        (names.has("archetypes/") || names.has("themes/") || names.has("layouts/"))),
    content: ["content"],
  },
  {
    name: "Docusaurus",
    marks: (names) => some(names, /^docusaurus\.config\.[cm]?[jt]s$/),
    content: ["docs", "blog", "src/pages", "i18n"],
    derived: ["versioned_docs"],
  },
  {
    name: "MkDocs",
    marks: (names) => names.has("mkdocs.yml") || names.has("mkdocs.yaml"),
    content: (text) => [
      findValue(text("mkdocs.yml") ?? text("mkdocs.yaml"), /^docs_dir:[ \t]*["']?([^"'#\r\n]+)/m) ??
        "docs",
    ],
  },
  {
    name: "mdBook",
    marks: (names) => names.has("book.toml"),
    content: (text) => [
      findValue(text("book.toml"), /^[ \t]*src[ \t]*=[ \t]*["']([^"'\r\n]+)/m) ?? "src",
    ],
  },
  { name: "VitePress", marks: (names) => names.has(".vitepress/"), content: [] },
  {
    name: "Astro",
    marks: (names) => some(names, /^astro\.config\.[cm]?[jt]s$/),
    content: ["src/content", "src/pages"],
  },
  {
    name: "Eleventy",
    marks: (names) => some(names, /^(?:\.eleventy\.c?js|eleventy\.config\.[cm]?[jt]s)$/),
    derived: ["_site"],
  },
  {
    name: "Jupyter Book",
    marks: (names) => names.has("_toc.yml") && names.has("_config.yml"),
    derived: ["_build"],
  },
  {
    name: "MyST",
    marks: (names) => names.has("myst.yml"),
    derived: ["_build"],
  },
  {
    name: "Jekyll",
    marks: (names) => names.has("_config.yml") || names.has("_config.yaml") || names.has("_posts/"),
    derived: ["_site"],
  },
  {
    name: "Sphinx",
    marks: (names) =>
      names.has("conf.py") && some(names, /^(?:index\.(?:rst|md|txt)|_static\/|_templates\/)$/),
    derived: ["_build"],
  },
];

/** Where a site's folder is looked for besides the folder itself and those in it. */
const FURTHER = ["docs/source", "doc/source"];

/** The sites of a folder: its own, else those of the folders in it. */
export function sitesIn(listing: Listing): readonly Site[] {
  const site = siteAt("", listing);
  if (site !== undefined) return [site];
  const inner = [...(listing.names("") ?? [])]
    .filter((name) => name.endsWith("/") && !/^(?:\.|node_modules\/|vendor\/)/.test(name))
    .map((name) => name.slice(0, -1))
    .sort();
  return [...inner, ...FURTHER].flatMap((folder) => siteAt(folder, listing) ?? []);
}

function siteAt(folder: string, listing: Listing): Site | undefined {
  const names = listing.names(folder);
  const generator = names && GENERATORS.find(({ marks }) => marks(names));
  if (generator === undefined) return undefined;
  const within = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const isThere = (path: string): boolean => listing.names(path) !== undefined;
  const content =
    typeof generator.content === "function"
      ? generator.content((file) => listing.text(within(file)))
      : (generator.content ?? []);
  const there = content.map(within).filter(isThere);
  return {
    generator: generator.name,
    content: there.length === 0 ? [folder] : there,
    derived: (generator.derived ?? []).map(within).filter(isThere),
  };
}
