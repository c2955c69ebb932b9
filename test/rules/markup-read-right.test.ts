import { describe, expect, it, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf, findings, unmarked, withMarks } from "../support/rules.ts";

/** Drafts as site generators have them. The marks enclose everything that any rule may report, including hints. */
function holds(marked: string): void {
  const { text } = unmarked(marked);
  const found = lint(draftOf(text), RULES, settingsFrom({}), { rethrow: true });
  expect(withMarks(text, found)).toBe(marked);
}

describe("definition lists", () => {
  it.each([
    "Ferry\n: A boat that calls at every village on the river.\n: The line that runs it.\n",
    "resampling filter\n: The method that is used to make a picture smaller. The default is `box`.\n",
    "Keyboard navigation\n: **Barrier:** “I can’t reach the date with the keys.”\n: **Works well:** “I can tab through the dates.”\n",
    "`to`\n: (`string`) The address that it leads to.\n\n`from`\n:   The address that it comes from.\n\n    !!! note\n        It may be left out.\n",
    "The fares of the year:\n\n| Place | Fare |\n|---|---|\n| Aldham | 2 |\n\n: Fares by place {#tbl-fares}\n",
    "Ferry\n: The mayor thanked ⟦the of⟧ the bridge for coming.\n",
  ])("%j", holds);
});

test("smileys are not brackets or stray marks", () => {
  holds(
    "Now I have :) I've set the clock. Its :-( sucks. They took it from :) The rest is fine ;-) and gone :/\n",
  );
});

describe("links and references", () => {
  it.each([
    "Read [the report][annual] and [the minutes][may].\n\n[annual]: {% link reports/annual.md %}\n[may]: /minutes/may\n",
    'Read [the report][annual] and [the minutes][may].\n\n[annual]: {{< relref "annual report" >}}\n[may]: /minutes/may\n',
    "Read [the report][report-2025] and [the minutes][may].\n\n{% for year in years %}\n[report-{{ year }}]: /reports/{{ year }}\n{% endfor %}\n\n[may]: /may\n",
    "Put it into [Insert data]({% link docs/insert data.md %}) and go on.\n",
    "Read [the report][^1], which was long![^2] It is over.\n\n[^1]: The first.\n\n[^2]: The second.\n",
    "It was voted down by the council [^1]. It will come back.\n\n[^1]: In May.\n",
    "See [](bridge-section), [](sec:costs) and [](xref:System.String) for more.\n",
    "{{< tabs >}}\n[Shell]()\n[Python](#)\n{{< /tabs >}}\n\nRun the program.\n",
    '{{% tabs "small" %}}\n\n[venv]()\n[conda]()\n\n{{% /tabs %}}\n\nRun the program.\n',
    "According to [[the minutes|minutes/2025]], the ferry runs. ![[ferry.png]] See [[todo/fares]] and [[done]].\n",
    "I keep a list of [[fares]] and [[old links]] in [[my garden]], as the plan[[2]] says.\n",
    "I keep a list of [⟦[TODO]⟧] in [[my garden]].\n",
    "Write <code>name<code> before the call to <code>start</code>, and ⟦the the⟧ server runs.\n",
    "The ferry was called [⟦[insert name]⟧] by [[the council]].\n",
    "Write <code>CAST(<i><code>x</code></i> AS y)</code> where it has to be cast.\n",
    "[!code-csharp[](code.cs)]\n\nThe code is short.\n",
    "Read ⟦[the report]()⟧ before you vote.\n",
    "Read ⟦[the report][annual]⟧ before you vote.\n",
  ])("%j", holds);

  it("are hints if several labels have no definition", () => {
    const severities = (text: string): string[] =>
      findings(emptyLink, text).map(({ severity }) => severity);
    expect(severities("Read [the report][annual].\n")).toEqual(["warning"]);
    expect(severities("Read [the report][annual] and [the rest][rest].\n")).toEqual([
      "hint",
      "hint",
    ]);
    expect(severities("Read [a][b], [the report][annual] twice.\n\n[b]: /c\n")).toEqual([
      "warning",
    ]);
  });
});

describe("tabs of MkDocs", () => {
  it.each([
    '=== "Linux"\n\n    Open ⟦the the⟧ terminal first.\n\n    ```sh\n    run the the thing\n    ```\n\n=== "Windows"\n\n    Open the menu first, and then the terminal.\n\n        run the the thing\n',
    'Choose one of them.\n=== "Linux"\n    - Open ⟦the the⟧ terminal.\n    - Run the program in it.\n\nIt runs for an hour.\n',
  ])("%j", holds);
});

describe("what is not for readers", () => {
  it.each([
    "The bridge is open.\n\n{% comment %}\nAsk the mayor about the the\n\ncosts of the\n{% endcomment %}\n\nIt is old.\n",
    "The bridge {% comment %}ask about the of{% endcomment %}is open.\n",
    "{{< comment >}}\nAsk about the of the bridge.\n{{< /comment >}}\n\nIt is old.\n",
    "Run it.\n\n{% highlight ruby %}\nputs the of ( , the the\n\nend the of\n{% endhighlight %}\n\nIt is done.\n",
    ":::{note}\n:class: dropdown\nThe bridge is open.\n:::\n",
    "The fares stand below.\n\n+------+------+\n| the  | of ( |\n+======+======+\n\nThey are low.\n",
  ])("%j", holds);
});

describe("components", () => {
  it.each([
    "<Tab>\n```js\nconst a = (\n\n  the of,\n```\n</Tab>\n\nThe bridge is open.\n",
    "- Set it with <Option>name</Option> to start.\n- <Option>speed</Option> says how fast it goes.\n",
    'Use [the new form](/a) <sup class="badge" data-text="3.5+" />:\n\n```ts\na\n```\n',
  ])("%j", holds);
});

describe("markup that counts as words", () => {
  it.each([
    "It was added in <!-- md:version 9.7 -->, and it is off by default.\n",
    "The folder should now look cleaner :sparkles: . It is quick, too :+1:, and small.\n",
    "Press the :material-plus: to add one.\n",
    'Select the :::image type="icon" source="a b.png"::: to go on. The rest is in the :::image source="c.png":::.\n',
    "Use [:: shorthand](#) where the parts are short. The :: is read first.\n",
    "Press ++ctrl+c++ to stop it.\n",
    "The message says that it must be less than %{count} or equal to ${total}.\n",
    "You can ping `@youtube-admins` in the [SIG ContribEx Slack channel]. Write to the [team].\n\n[SIG ContribEx Slack channel]: /a\n[team]: /b\n",
  ])("%j", holds);
});

describe("names, dates and listings", () => {
  it.each([
    "Put it into your .Rprofile file, or into .Renviron. The program reads the .Rprofile at its start.\n",
    "They moved the Executive Branch .Gov domains to the new rules.\n",
    "The settings are in /etc. They are read at the start, and so are those in /usr.\n",
    "The office that Maria K. visited was closed. Maria K. said that it was late.\n",
    "The council met on Sept. 17 to vote. The Sept. 17 vote was close, and until Sept. 18 nobody knew.\n",
    "The program listens on 127.0.0.1,,8080 and answers calls.\n",
    "It ended at ⟦the.⟧ Then it began.\n",
  ])("%j", holds);
});

describe("credits and headings", () => {
  it.each([
    "![A bridge](bridge.jpg)\n_Image credit_:\n[Jane Doe](https://example.org)\n\nThe bridge is open.\n",
    "![A bridge](bridge.jpg)\nPhoto:\nJane Doe\n\nThe bridge is open.\n",
    "# The bridge {#bridge}\n\n# Its builders\n\nThey came in 1931.\n",
    "# (PART) Rivers {-}\n\n# The bridge\n\nIt was built in 1931.\n",
    "The council.\n\n<div>\n<h5>Ferries</h5>\n<h5>Bridges</h5>\n</div>\n\nIt met.\n",
    'Come.\n\n<h3><a href="https://a.bc">Register</a></h3>\n',
    "Read.\n\n## Start it\n\n# [Bash](#tab/bash)\n\nRun it.\n\n---\n",
    "# The bridge\n\nIt is old.\n\n# ⟦Its builders⟧\n\n# Its end\n\nNot yet.\n",
  ])("%j", holds);
});

describe("lines of a paragraph that begin like a directive", () => {
  it.each([
    "Turnout was 45\n% of ⟦the the⟧ voters.\n",
    "The mayor spoke\n/// of ⟦the the⟧ bridge.\n",
    "The mayor spoke\n+++ of ⟦the the⟧ bridge.\n",
    "> Turnout was 45\n> % of ⟦the the⟧ voters.\n",
    "The mayor spoke.\n\n% of the the bridge\n\n/// note | the the\nIt is old.\n///\n\n+++ the the\n",
  ])("%j", holds);
});

describe("words after the end of a comment", () => {
  it.each([
    "{%- comment -%}\nask the the mayor\n{%- endcomment -%} Then ⟦the the⟧ mayor spoke.\n",
    "{/* ask\n\nthe the mayor */} Then ⟦the the⟧ mayor\nspoke of ⟦the the⟧ bridge.\n",
    "> {/* ask\n> the the mayor */} Then ⟦the the⟧ mayor\n> spoke.\n",
    "{% highlight ruby %}\nputs the the\n{% endhighlight %}Then ⟦the the⟧ mayor spoke.\n\nIt is ⟦the the⟧ end.\n",
    "{/* ask\nof the the */} {/* and\nof the the */} Then ⟦the the⟧ mayor spoke.\n",
  ])("%j", holds);
});

describe("an unclosed comment or code block hides nothing below it", () => {
  it.each([
    "{% comment %}\n\nThen ⟦the the⟧ mayor spoke.\n",
    "{% comment %}\nThen ⟦the the⟧ mayor spoke.\n",
    "{% highlight ruby %}\n\nThen ⟦the the⟧ mayor spoke.\n",
    "{{< comment >}}\n\nThen ⟦the the⟧ mayor spoke.\n",
    "{::comment}\n\nThen ⟦the the⟧ mayor spoke.\n",
    "{/* ask the the mayor\n\nThen ⟦the the⟧ mayor spoke.\n",
    "{/* ask the the mayor\nThen ⟦the the⟧ mayor spoke.\n",
    "{/* ask */}\n\n{/* ask the the mayor\n\n{% endcomment %}\n\nThen ⟦the the⟧ mayor spoke.\n",
  ])("%j", holds);
});
