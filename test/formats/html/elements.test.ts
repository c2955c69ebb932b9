import { describe, expect, test } from "vitest";
import {
  closed,
  kindWithin,
  opened,
  type Context,
} from "../../../server/src/formats/html/elements.ts";

/** The elements that are open after tags, such as `ul` or `/ul`. */
function after(tags: string): Context | undefined {
  let context: Context | undefined;
  for (const tag of tags.split(" ").filter((one) => one !== "")) {
    context = tag.startsWith("/") ? closed(context, tag.slice(1)) : opened(context, tag);
  }
  return context;
}

/** The names of the open elements, the outermost first. */
function open(context: Context | undefined): string[] {
  return context === undefined ? [] : [...open(context.outer), context.name];
}

describe("open elements", () => {
  test.each([
    ["", ""],
    ["ul li", "ul li"],
    ["ul li /li", "ul"],
    // An end tag may be left out.
    ["ul li li", "ul li"],
    ["ul li ul li", "ul li ul li"],
    ["ul li ul li /ul li", "ul li"],
    ["dl dt dd dt", "dl dt"],
    ["table td th", "table th"],
    ["table td tr", "table"],
    ["table td table td td", "table td table td"],
    ["table caption tr td", "table td"],
    ["h1 h2", "h2"],
    ["h1 p", ""],
    ["blockquote h1 p", "blockquote"],
    ["ul /li", "ul"],
    ["/ul", ""],
    ["ul li /ul", ""],
    // Elements that don't affect blocks are not tracked.
    ["div section p", ""],
    ["ul /div", "ul"],
  ])("%s", (tags, expected) => {
    expect(open(after(tags)).join(" ")).toBe(expected);
  });

  test("its depths are those of all enclosing elements", () => {
    expect(after("ul li blockquote ol li")).toMatchObject({
      depth: 5,
      listDepth: 2,
      quoteDepth: 1,
    });
    expect(after("menu li")).toMatchObject({ listDepth: 1, quoteDepth: 0 });
  });

  test("an end tag far from its start tag is ignored, so that each costs little", () => {
    const deep = `table ${"blockquote ".repeat(64)}`;
    expect(after(`${deep} /table`)?.depth).toBe(65);
    expect(after(`table ${"blockquote ".repeat(63)} /table`)).toBeUndefined();
  });
});

describe("the kind of a text", () => {
  test.each([
    ["", "paragraph", 0],
    ["h3", "heading", 3],
    ["ul li", "paragraph", 0],
    ["table td", "cell", 0],
    ["table th blockquote", "cell", 0],
    ["table caption", "caption", 0],
    ["figcaption", "caption", 0],
    // A list in a cell has items of its own.
    ["table td ul li", "paragraph", 0],
    ["table td table", "paragraph", 0],
  ])("in %s", (tags, kind, level) => {
    expect(kindWithin(undefined, after(tags))).toEqual({ kind, level });
  });

  test("text in a heading belongs to the heading, whatever elements are around", () => {
    expect(kindWithin("h2", after("table td"))).toEqual({ kind: "heading", level: 2 });
  });
});
