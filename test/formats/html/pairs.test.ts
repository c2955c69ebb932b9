import { expect, test } from "vitest";
import { htmlPairs } from "../../../server/src/formats/html/format.ts";
import { pairsTold } from "../../support/halves.ts";
import { draftOf } from "../../support/rules.ts";

test.each<[string, string[]]>([
  ["", []],
  ["<p>a</p>", ["<p> … </p>"]],
  ["<p><b>a</b> c</p>", ["<p> … </p>", "<b> … </b>"]],
  ['<p class="a">b</p>', ['<p class="a"> … </p>']],
  ['<p id="a">b</p>', ['<p id="a"> … </p> (says something)']],
  ["<td>a</td>", ["<td> … </td> (says something)"]],
  ["<br><img src=a><hr/>", []],
  // An end tag that may be left out ends where the next begins, or with the text.
  ["<ul><li>a<li>b</ul>", ["<ul> … </ul>", "<li> … ", "<li> … "]],
  ["<p>a", ["<p> … "]],
  // A tag without a partner is in no pair.
  ["<b>a", []],
  ["a</b>", []],
  ["{% if a %}b{% else %}c{% endif %}", ["{% if a %} … {% else %} … {% endif %} (says something)"]],
  ["<p>She said “yes” (no).</p>", ["<p> … </p>", "“ … ”", "( … )"]],
  // Tags within templates and comments don't count.
  ["{{ '<b>' }}</b><!-- <i> --></i>", []],
])("%s", (text, expected) => {
  expect(pairsTold(text, htmlPairs(draftOf(text, "html")))).toEqual(expected);
});
