/**
 * Kinds of text, each a function of its length in UTF-16 units, that could make a reader or a rule look at the same
 * stretch again and again. Some are what people write, most are what a broken export or an attacker would.
 */
export const CONTENTS: Readonly<Record<string, (length: number) => string>> = {
  words: rows("The council approved the budget for the bridge on Monday, and "),
  sentences: rows("The council approved the budget. A new bridge was opened near Harford. "),
  paragraphs: numbered(
    (n) => `The council ${n} of Harford approved budget ${n}, a report said.\n\n`,
  ),
  "one long word": rows("a"),
  "one long word in capitals": rows("A"),
  digits: rows("1"),
  spaces: rows(" "),
  "spaces between words": between("a", " ", "b"),
  tabs: rows("\t"),
  "tabs between words": between("a", "\t", "b"),
  "line breaks": rows("\n"),
  "carriage returns": rows("\r"),
  "carriage returns and line feeds": rows("A line of words.\r\n"),
  "lone carriage returns": rows("A line of words.\r"),
  "lines of spaces": rows("    \n"),
  "other spaces": rows("a\u00a0\u2003 b"),
  "nul characters": rows("a\u0000"),
  "lone surrogates": rows("\ud83d \udc00"),
  emoji: rows("👩‍👩‍👧‍👦 "),
  "emoji without spaces": rows("😀"),
  "combining marks": rows("e\u0301"),
  "combining marks on one letter": between("e", "\u0301", "."),
  Chinese: rows("市议会批准了新的预算。"),
  Devanagari: rows("परिषद ने बजट को मंज़ूरी दी। "),
  "opened quotation marks": rows("“a "),
  "closed quotation marks": rows("“It is so,” "),
  "straight quotation marks": rows('" '),
  "straight quotation marks alone": rows('"'),
  "single quotation marks": rows("‘a "),
  apostrophes: rows("'"),
  guillemets: rows("« a "),
  "low quotation marks": rows("„a "),
  inches: rows('5" '),
  "quotations one after the other": rows("“A b c d e f g h, and so on and on.”\n\n"),
  "open brackets": rows("("),
  "open brackets and words": rows("(a "),
  "closing brackets": rows(") "),
  "nested brackets": nested("(", ")"),
  "square brackets": rows("["),
  "square brackets closed": rows("[]"),
  "nested square brackets": nested("[", "]"),
  "square brackets and words": rows("[a] "),
  "insertions to be made": rows("[insert a "),
  braces: rows("{"),
  "braces closed": rows("{a}"),
  "nested braces": nested("{", "}"),
  stars: rows("*"),
  "stars and words": rows("*a "),
  "stars closing": rows("a* "),
  "stars of two kinds": rows("*a **b "),
  "stars and underscores": rows("*_a"),
  underscores: rows("_"),
  "underscores and words": rows("_a "),
  "emphasis complete": rows("*a* "),
  "nested emphasis": nested("*a ", " b*"),
  tildes: rows("~~a "),
  backticks: rows("`"),
  "backticks and words": rows("`a "),
  "backticks of rising length": rising((n) => `${"`".repeat(n)} `),
  "backticks, line after line": rising((n) => `a${"`".repeat(n)}\n`),
  fences: rows("```\n\n"),
  "fences, line after line": rows("```\n"),
  "quotations and lists, with empty lines after": (length) =>
    `${rows("> ")(length / 2)}${rows("1. ")(length / 4)}${rows("\n")(length / 4)}`,
  "open fence": (length) => `\`\`\`\n${rows("a line\n")(length)}`,
  backslashes: rows("\\"),
  exclamations: rows("!["),
  "exclamation marks": rows("!"),
  "question marks": rows("? "),
  "question marks in many paragraphs": rows(`${"? ".repeat(40)}\n\n`),
  "opened quotation marks alone": rows("“"),
  "straight quotation marks and words": rows('" a'),
  "nested lists in one line": rows("- "),
  "nested numbers in one line": rows("1. "),
  "nested lists of stars": rows("* a "),
  "nested lists, line after line": rows("- - - - - - - - a\n"),
  "nested lists, ever deeper": rising((n) => `${"  ".repeat(n)}- a\n`),
  "nested quotations in one line": rows("> "),
  "nested quotations without spaces": rows(">"),
  "quotations, ever deeper": rising((n) => `${">".repeat(n)} a\n`),
  "quotations and lists in one line": rows("> - "),
  "quoted lines": rows("> A line of words\n"),
  "many bullets": rows("- a\n"),
  "many bullets alike": rows("- The council approved the budget for the bridge on Monday.\n"),
  "many empty bullets": rows("-\n"),
  "many tasks": rows("- [ ] a\n"),
  "many numbers": numbered((n) => `${n}. a\n`),
  "empty quotations": rows(">\n\n"),
  "empty headings": rows("#\n"),
  headings: rows("# A\n"),
  "heading marks": rows("#"),
  "headings, closed": between("# a ", "#", " b"),
  "setext underlines": rows("a\n=\n"),
  "a long line of equals signs": rows("="),
  "a long line of hyphens": rows("-"),
  "a title and a long underline": (length) => `a\n${rows("-")(length)}`,
  "hyphens and spaces": rows("- -"),
  "stars and spaces": (length) => `${rows("* ")(length)}a`,
  hyphens: rows("a-"),
  dashes: rows("— a "),
  ellipses: rows("… "),
  dots: rows("."),
  "dots and words": rows("etc. "),
  "dots without spaces": rows("a."),
  commas: rows(","),
  colons: rows("a: "),
  pipes: rows("|"),
  "pipes and words": rows("a | b "),
  "a table's delimiter with spaces": (length) => `a | b\n|${rows(" ")(length)}x`,
  "a table's delimiter with spaces and hyphens": (length) => `a | b\n-${rows(" ")(length)}x`,
  "a table's delimiter with pipes": (length) => `a | b\n-${rows(" | ")(length)}x`,
  "a table's delimiter, quoted": (length) => `> a | b\n${rows(" >")(length)}x`,
  "a table's delimiter of many columns": (length) => `a | b\n${rows("-|")(length)}\n`,
  "a wide table": (length) =>
    `${rows("a|")(length / 3)}\n${rows("-|")(length / 3)}\n${rows("b|")(length / 3)}\n`,
  "a long table": (length) => `a | b\n--|--\n${rows("The council | approved it\n")(length)}`,
  "a wide table of short rows": (length) =>
    `${rows("a|")(length / 3)}\n${rows("-|")(length / 3)}\n${rows("b\n")(length / 3)}`,
  tables: rows("a | b\n--|--\nc | d\n\n"),
  comments: rows("<!-- a -->\n\n"),
  "comments in one block": rows("a <!-- b --> "),
  "comments in one line": rows("<!-- a -->"),
  "comments that are open": rows("<!-- "),
  "comments open in a paragraph": rows("a <!--"),
  "stet comments": rows("<!-- stet -->\n\n"),
  "stet comments in one block": rows("a <!-- stet --> b "),
  "stet comments first in one block": rows("<!-- stet --> a "),
  "stet comments of a rule": rows("the the <!-- stet repeated-word --> report by . "),
  "stet comments for the file": rows("<!-- stet-file -->\n\n"),
  "stet comments of unknown rules": rows("<!-- stet nothing -->\n\nA line of words.\n\n"),
  "stet comments of many rules": (length) =>
    `<!-- stet ${rows("repeated-word, ")(length)} -->\n\nthe the`,
  "link definitions": numbered((n) => `[a${n}]: b\n`),
  "link definitions with paragraphs between": numbered((n) => `[a${n}]: b\n\nWords.\n\n`),
  "link definitions and uses": numbered((n) => `A [word][a${n}] more.\n\n[a${n}]: b\n\n`),
  "link definitions alike": rows("[a]: b\n"),
  "link definitions that are open": rows("[a]: <"),
  "link definitions with open titles": rows('[a]: b "\n'),
  "uses without definitions": numbered((n) => `[word][a${n}] `),
  links: rows("[a](b) "),
  "links without text": rows("[](b) "),
  "links without text or space": rows("[](b)"),
  "links without target": rows("[a]() "),
  "links that are open": rows("[a]("),
  "links with open angle brackets": rows("[a](<b"),
  "links with open titles": rows('[a](b "'),
  "links with nested brackets": (length) => `[a](${rows("(")(length)}`,
  "images without definitions": numbered((n) => `![word][a${n}] `),
  "a link without text to a long page": (length) => `[](${rows(".MD#a")(length)}x) word`,
  images: rows("![a](b) "),
  "images nested": nested("![", "](a)"),
  footnotes: numbered((n) => `A word.[^${n}]\n\n[^${n}]: Note ${n}.\n\n`),
  "footnotes without texts": numbered((n) => `A word.[^${n}] `),
  "footnote texts without uses": numbered((n) => `[^${n}]: Note ${n}.\n\n`),
  "footnote labels in one line": rows("[^1]: "),
  "tags open": rows("<b>"),
  "tags open and words": rows("<i>a "),
  "tags of many names": numbered((n) => `<a${n}>b `),
  "tags complete": rows("<b>a</b> "),
  "tags nested": nested("<div>", "</div>"),
  "tags nested, line after line": nested("<div>\n", "</div>\n"),
  "tags closing": rows("</b>"),
  "tags unfinished": rows("<b "),
  "angle brackets": rows("<"),
  "angle brackets and words": rows("a < b "),
  "angle brackets closing": rows("> a"),
  "anchors open": rows('<a href="b">c '),
  "anchors closing": rows("a</a>"),
  "code tags open": rows("<code>a "),
  "code tags complete": rows("<code>a</code> "),
  attributes: (length) => `<p ${rows("a=b ")(length)}>c`,
  "attributes of many names": (length) => `<p ${numbered((n) => `a${n}=b `)(length)}>c`,
  "attributes that are open": rows('<p a="'),
  "one attribute": (length) => `<p a="${rows("b")(length)}">c`,
  entities: rows("&amp;"),
  "entities unfinished": rows("&amp"),
  ampersands: rows("&"),
  "entities of digits": rows("&#1"),
  "paragraph tags": rows("<p>The council approved the budget.</p>\n"),
  "paragraph tags never closed": rows("<p>The council approved the budget.\n"),
  "empty elements": rows("<li></li>"),
  "list tags": rows("<ul><li>a"),
  "break tags": rows("a<br>"),
  "table tags": rows("<table><tr><td>a"),
  "processing instructions": rows("<?a "),
  declarations: rows("<!A "),
  "raw data": rows("<![CDATA["),
  scripts: rows("<script>a"),
  "headings of HTML": rows("<h1></h1>"),
  templates: rows("{{ a }} "),
  "templates that are open": rows("{{ a "),
  "templates of blocks": rows("{% if a %} "),
  "templates of blocks, open": rows("{% a "),
  "shortcodes, line after line": rows("{{< a >}}\n"),
  "shortcodes over lines": rows("{{< a\n"),
  "template comments": rows("{# a "),
  "front matter": (length) => `---\n${rows("a: b\n")(length)}---\n\nWords.\n`,
  "front matter that is open": (length) => `---\n${rows("a: b\n")(length)}`,
  "front matter of hyphens": rows("---\n"),
  "front matter with spaces": (length) => `---${rows(" ")(length)}x\n`,
  "closing line with spaces": (length) => `---\na: b\n---${rows(" ")(length)}x\n`,
  "abbreviations without names": rows(
    "an (WSJ) report said that the , and a (NHK) interview of . ",
  ),
  "holes in one paragraph": rows("He said in a on Monday that the was of . "),
  "holes in many paragraphs": rows("He said in a on Monday that the was of .\n\n"),
  "attributions without sources": rows("according to , "),
  "words that lead on": rows("the "),
  "and and and": rows("and , "),
  "doubled words": rows("the the "),
  "doubled words with more": rows("it it a "),
  "doubled words apart": rows("what it is is "),
  placeholders: rows("TK "),
  "placeholders without spaces": rows("TK"),
  "more placeholders": rows("XXX "),
  "to be done": rows("TODO: "),
  "dummy text": rows("lorem ipsum "),
  "merge conflicts": rows("<<<<<<< a\n=======\n>>>>>>> a\n"),
  "merge conflicts that are open": rows("<<<<<<< a\n"),
  credits: rows("Photo by "),
  "credits in brackets": rows("(photo by) "),
  "credits, line after line": rows("Photo by\n\n"),
  captions: numbered((n) => `![A bridge](b${n}.jpg)\n*Photo: Harford Post*\n\n`),
  sources: rows("Source: "),
  bylines: rows("By "),
  addresses: rows("https://example.org/a "),
  "one long address": (length) => `https://example.org/${rows("a/")(length)}`,
  "addresses without spaces": rows("https://"),
  "addresses of machines": rows("www."),
  "addresses of people": rows("a@b.org "),
  "an address of people that never comes": (length) => `${rows("a")(length)}@`,
  "signs for people": rows("a@"),
  "repeated paragraphs": rows(
    "The council approved the budget for the bridge on Monday, after a long meeting in Harford.\n\n",
  ),
  "nearly repeated paragraphs": numbered(
    (n) =>
      `The council approved the budget ${n} for the bridge on Monday, after a long meeting in Harford about it.\n\n`,
  ),
  "pairs of paragraphs": numbered(
    (n) =>
      `The ${Math.floor(n / 2)} councils of ${Math.floor(n / 2)} towns approved ${Math.floor(n / 2)} budgets for their bridges on day ${Math.floor(n / 2)} of the week.\n\n`,
  ),
  "repeated sentences in one paragraph": rows(
    "The council approved the budget for the bridge on Monday, after a long meeting in Harford. ",
  ),
  "repeated paragraphs with holes": rows(
    "The council approved the budget for the bridge on Monday, after a long meeting in Harford.\n\nThe council approved the budget for the on Monday, after a long meeting in Harford.\n\n",
  ),
  "repeated paragraphs in turn": rows(
    "The council approved the budget for the bridge on Monday, after a long meeting in Harford.\n\nA new museum was opened by the mayor of Westport, who thanked the visitors of the old one.\n\n",
  ),
  "a long passage twice": (length) => {
    const half = numbered(
      (n) => `The council ${n} of Harford approved budget ${n}, a report said.\n\n`,
    )(length / 2);
    return half + half;
  },
  "a long paragraph twice": (length) => {
    const half = numbered((n) => `The council ${n} of Harford approved budget ${n}. `)(length / 2);
    return `${half}\n\n${half}`;
  },
  "a long passage twice with changes": (length) => {
    const half = (word: string) =>
      numbered(
        (n) =>
          `The council ${n} of Harford ${n % 3 === 0 ? word : "has"} approved budget ${n}.\n\n`,
      )(length / 2);
    return half("never") + half("always");
  },
  "pasted lines": rows(
    "The council approved the budget for the bridge.\nA museum was opened by the mayor.\n",
  ),
  verse: rows("The bridge,\nthe road\n"),
  components: rows("<Chart data={[1]} />\n\n"),
  "components that are open": rows("<Chart data={"),
  "components over lines": rows("<Chart\n  data={a}\n"),
  "components with attributes": rows('<Chart a="b" {...c} '),
  "nested components": nested("<Steps>\n", "</Steps>\n"),
  "expressions nested": nested("{", "}"),
  exports: rows("export const a = 1\n\n"),
  imports: rows('import a from "a"\n\n'),
  "imports that are open": rows("import a from "),
  "one long import": (length) => `import ${rows("a ")(length)}`,
  directives: rows("::: note\n"),
  "directives closed": rows("::: note\na\n:::\n"),
  admonitions: rows("!!! note\n"),
  "admonitions, ever deeper": rising((n) => `${"    ".repeat(n)}!!! note\n`),
  callouts: rows("> [!NOTE]\n"),
  "attribute lists": rows("{:.a}"),
  "attribute lists, line after line": rows("{: .a }\n"),
  sums: rows("$a_1$ "),
  "sums that are open": rows("$$a "),
  "sums over lines": rows("$$\na\n"),
  prices: rows("$5 and "),
  capitals: rows("A. B. "),
  numbers: rows("1,000.5 "),
  dates: rows("2024-01-01 "),
  "hard breaks": rows("a  \n"),
  marks: rows("?!"),
  "a long line after a short one": (length) => `a\n${rows("b ")(length)}`,
  "indented code": rows("    a\n"),
};

/** The piece, again and again. */
function rows(piece: string): (length: number) => string {
  return (length) => piece.repeat(Math.ceil(length / piece.length));
}

function between(before: string, piece: string, after: string): (length: number) => string {
  return (length) => before + rows(piece)(length) + after;
}

function nested(open: string, close: string): (length: number) => string {
  return (length) => {
    const depth = Math.ceil(length / (open.length + close.length));
    return open.repeat(depth) + close.repeat(depth);
  };
}

/** Pieces that each have a number of their own. */
function numbered(piece: (n: number) => string): (length: number) => string {
  return (length) => {
    const pieces: string[] = [];
    for (let n = 0, total = 0; total < length; n++) {
      const next = piece(n);
      pieces.push(next);
      total += next.length;
    }
    return pieces.join("");
  };
}

/** Pieces that grow with their number: about the square root of the length of them. */
function rising(piece: (n: number) => string): (length: number) => string {
  return (length) => numbered((n) => piece(n + 1))(length);
}
