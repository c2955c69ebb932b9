import { Tree } from "@lezer/common";
import type { Draft } from "../../draft/draft.ts";
import type { Container } from "../../draft/markup.ts";
import type { Span } from "../../text/span.ts";
import { rereadNodes } from "./markdown.ts";

const KINDS: Readonly<Record<string, string>> = {
  BulletList: "list",
  OrderedList: "list",
  ListItem: "item",
  Definition: "definition",
  Blockquote: "quote",
  Admonition: "admonition",
  Table: "table",
};

/** The containers of a draft, outer before inner. */
export function markdownContainers(draft: Draft): readonly Container[] {
  const containers: Container[] = [];
  const stack: { readonly tree: Tree; readonly at: number }[] = [];
  const push = (children: readonly unknown[], positions: readonly number[], at: number): void => {
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child instanceof Tree) stack.push({ tree: child, at: at + (positions[index] ?? 0) });
    }
  };
  const nodes = [...rereadNodes(draft)];
  push(
    nodes.map(({ tree }) => tree),
    nodes.map(({ start }) => start),
    0,
  );
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { tree, at } = node;
    const { name } = tree.type;
    const kind = KINDS[name];
    if (kind === undefined && name !== "" && name !== "FootnoteDefinition") continue;
    if (kind !== undefined) {
      const span = { start: at, end: at + tree.length };
      containers.push(kind === "list" ? toList(draft.text, tree, span) : { ...span, kind });
    }
    if (kind !== "table") push(tree.children, tree.positions, at);
  }
  return containers;
}

/** A list: the marks of its items, and how they are numbered. */
function toList(text: string, tree: Tree, span: Span): Container {
  const mark = /^(?:(\d{1,9})([.)])|[-*+])/.exec(text.slice(span.start, span.start + 11));
  const number = mark?.[1] === undefined ? undefined : Number(mark[1]);
  if (number === undefined) return { ...span, kind: `list ${mark?.[0] ?? ""}` };
  let items = 0;
  const count = (of: Tree): void => {
    for (const child of of.children) {
      if (!(child instanceof Tree)) continue;
      if (child.type.name === "") count(child);
      else if (child.type.name === "ListItem") items++;
    }
  };
  count(tree);
  return { ...span, kind: `list ${mark?.[2] ?? ""}`, number, next: number + items };
}
