import fc from "fast-check";

/** Words that no draft should have: very long, without letters, of several scripts, made to reverse a line. */
const WORDS = [
  "mayor",
  "x".repeat(200),
  `e${"\u0301".repeat(300)}`,
  "👩‍👩‍👧‍👦".repeat(40),
  "市議会は月曜日に橋を閉鎖した",
  "שלום",
  "\u202Eabc\u2066",
  "\uFFFC",
  "`code()`",
  "`` a ` b ``",
  "![a picture](x.png)",
  "{{ value }}",
  "*the*",
  "<b>bold</b>",
  "[a link](https://example.org/a_b)",
  "a\u2028b",
  "\uD83D",
  "&amp;",
  "“quoted”",
  "▢",
  "\t",
];

/** Mistakes, with a place for such a word. */
const MISTAKES: readonly ((word: string) => string)[] = [
  (word) => `The ${word} is safe, according to .`,
  (word) => `According to a report by the , ${word} is unsafe and old.`,
  (word) => `The bank paid several firms, including and , for ${word} on the dam.`,
  (word) => `Garg told that ${word} was late on Monday.`,
  (word) => `The council met on Friday. Said on Monday that ${word} was late.`,
  (word) => `The ${word} , who opened the bridge , left for the station at once.`,
  (word) => `The figures stand in an (ILO) study of ${word} industry.`,
  (word) => `The mayor thanked the of ${word} bridge for coming.`,
  (word) => `The the ${word} ${word} ${word} put off until the the spring.`,
  (word) => `${word}${word} ${word}${word} was late in the the morning.`,
  (word) =>
    `The council met on Monday to vote on ${word}. It was expected to pass with the support of`,
  (word) => `of the ${word}, which was built in 1931, will cost two million.`,
  (word) => `The bridge in 1931 ${word}. Photo:`,
  (word) => `The bridge ${word} (photo by).`,
  (word) => `By ${word}`,
  (word) => `Read [${word}]() before you vote.`,
  () => "[]()",
  () => '![]( "x")',
  (word) => `Read [](https://example.org/${word}) before you vote.`,
  (word) => `Read [the ${word}][${word}] before you vote.`,
  (word) => `The bridge cost two million.[^${word}] And more.[^1]`,
  (word) => `[^${word}]: In 1931 dollars.`,
  (word) => `## The ${word}`,
  () => "## ",
  () => "- ",
  () => "> ",
  (word) => `- ${word}\n-   `,
  (word) => `The bridge cost TK ${word} and [insert ${word}].`,
  (word) => `The bridge citeturn0search0 ${word} opens on 2025-XX-XX.`,
  (word) => `As an AI language model I know ${word}. [it](https://e.org/?utm_source=chatgpt.com)`,
  () => "<<<<<<< ours\nIt voted on Monday.\n=======\nIt voted on Tuesday.\n>>>>>>> theirs",
  (word) => `<<<<<<< ${word}\n${word}\n||||||| base\n=======\n>>>>>>> ${word}`,
  (word) =>
    `The council of ${word} voted on Monday to close the old bridge to lorries until spring.`,
  (word) => `“We will not open ${word} again until the last bolt has been replaced by us.”`,
  () => "> We will not open it again until the last bolt has been replaced. —",
  (word) =>
    `“We will not open ${word} again until the last bolt has been replaced by the men,” The rest.`,
  (word) => `“We ${word} rebuild, she said. Work begins in May.`,
  (word) => `The bridge (built ${word} in 1931 was closed on Monday.`,
  (word) => `The bridge, built in ${word} 1931), was closed on Monday.`,
  (word) => `The bridge, built in ${word} 1931”, was closed on Monday.`,
  (word) => `<!-- stet ${word} -->`,
  () => "<!-- stet-file -->",
  () => "<!-- stet broken-off -->",
  (word) => `<p>${word}</p>`,
  () => "The council met on Monday and approved the budget for the bridge.",
];

const separators = fc.constantFrom("\n\n", "\n\n", "\n", " ", "\r\n\r\n", "  \n");

const mistakes = fc
  .tuple(fc.constantFrom(...MISTAKES), fc.constantFrom(...WORDS))
  .map(([mistake, word]) => mistake(word));

/** Drafts with findings of many rules, with hostile words, and now and then anything at all. */
export const hostileDrafts = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(mistakes, separators), { maxLength: 12 })
      .map((parts) => parts.flat().join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 70 }) },
);
