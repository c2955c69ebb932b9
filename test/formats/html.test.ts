import { expect, it } from "vitest";
import { outline } from "./laws.ts";

it.each<[string, string[]]>([
  ["<p>Some <b>bold</b> &amp; more.</p>", ["paragraph Some bold & more."]],
  [
    "<title>No</title><style>p{}</style><h1>The <i>head</i></h1>It is.",
    ["heading1 The head", "paragraph It is."],
  ],
  [
    "<ul><li>One<li><p>Two</p></li><li></li></ul>",
    ["paragraph- One", "paragraph- Two", "empty-item- <li></li>"],
  ],
  ["<blockquote><p>It was.</p></blockquote>", ["paragraph> It was."]],
  ["<table><tr><td>a<td>b</table>", ["cell a", "cell b"]],
  ["<figure><figcaption>What is seen</figcaption></figure>", ["caption What is seen"]],
  ["<p>Press <kbd>x</kbd> <img src=y> {{ v }}.</p>", ["paragraph Press \uFFFC \uFFFC \uFFFC."]],
  ["<p>Say &NotEqualTilde; <a href='&amp;{{ \">\" }}'>so</a>.</p>", ["paragraph Say ≂̸ so."]],
  ["<p>Run <code>a <b>b</b> b</code> <svg><p>no</p></svg>.</p>", ["paragraph Run \uFFFC ."]],
  ["<p>Run <code>a b<p>It ends.", ["paragraph Run \uFFFC", "paragraph It ends."]],
  [
    "<p>The <a href=u>old map </a>, by <i>Ann</i> <b> </b>.</p>",
    ["paragraph The old map, by Ann ."],
  ],
  ["One<br>line.<br><br>Another.", ["paragraph One\nline.", "paragraph Another."]],
  ["<p>It ended.\nIt began.</p>", ["paragraph It ended.", "paragraph It began."]],
  ["<script>let a = '<p>b</p>';</script><p>c", ["paragraph c"]],
  ["<pre>a <b>b</b></pre>", ["code <pre>a <b>b</b></pre>"]],
  ["<!-- stet --><p>a", ["comment <!-- stet -->", "paragraph a"]],
  ["<?php echo 1; ?><p>a <?= $b ?>", ["paragraph a \uFFFC"]],
  ["a <%= b %> c<% d %>", ["paragraph a \uFFFC c"]],
  ["a <? b <? c", ["paragraph a"]],
  ["a <% b", ["paragraph a <% b"]],
  // The comment was there before.
  ["<!-- {{ a --> }}", ["comment <!-- {{ a -->", "paragraph }}"]],
  ['a {{ "<b>" }} c<?= d ?>', ["paragraph a \uFFFC c\uFFFC"]],
  ["", []],
  [" \n ", []],
  ["<p>One.</p><p>Two.", ["paragraph One.", "paragraph Two."]],
  ["<h2>One</h2>Two.", ["heading2 One", "paragraph Two."]],
  ["<p>One\n  two  three.", ["paragraph One\ntwo  three."]],
  ["a &amp; &lt;b&gt; &eacute;", ["paragraph a & <b> é"]],
  ["a <em>b</em><!-- c --> d", ["paragraph a b d"]],
  ["<!-- c -->", ["comment <!-- c -->"]],
  ["<pre>a\nb</pre>c", ["code <pre>a\nb</pre>", "paragraph c"]],
  ["<pre>a", ["code <pre>a"]],
  ["a {% if b %}c{% endif %} d", ["paragraph a c d"]],
  ["a<script>b</script><style>c</style> d", ["paragraph a d"]],
  ["<select><select></select>a</select>b", ["paragraph b"]],
  ["a<nav>b</nav>c", ["paragraph a", "paragraph c"]],
  [
    'a<div role="navigation"><div><a href="">b</a></div><ul><li></li></ul></div>c',
    ["paragraph a", "paragraph c"],
  ],
  [
    "<table><td><ul><li></li></ul></td><td><ul><li>a<ul><li></li></ul></li></ul></td></table>",
    ["paragraph- a", "empty-item-- <li></li>"],
  ],
  [
    "<table><td><ul><li>a</li><li></li></ul></td><td>b <ul><li></li></ul></td></table>",
    ["paragraph- a", "empty-item- <li></li>", "cell b", "empty-item- <li></li>"],
  ],
  [
    "<table><td><ul><li></li><li>a</li></ul></td></table>",
    ["empty-item- <li></li>", "paragraph- a"],
  ],
  ['<ul><li role="navigation">a<li>b</ul>', ["paragraph- a", "paragraph- b"]],
  [
    '<hr role="navigation">a<p role="navigation">b<p>c',
    ['break <hr role="navigation">', "paragraph a", "paragraph b", "paragraph c"],
  ],
  ["<hr>", ["break <hr>"]],
  ['<div id="a">b', ['directive <div id="a">', "paragraph b"]],
  ["One is here.\nTwo is there.", ["paragraph One is here.", "paragraph Two is there."]],
  ["1 < 2 &lt; 3", ["paragraph 1 < 2 < 3"]],
])("%j", (text, expected) => {
  expect(outline(text, "html")).toEqual(expected);
});
