import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf } from "../support/rules.ts";

/*
 * Sentences as editors damage them, written for this file and not taken from a corpus: they show whether a new model or
 * threshold still finds what Galley is for. ⟦ ⟧ are around lost words, ⟪ ⟫ around words left over. A line that begins
 * with “?” is not found yet; when it is, remove the mark.
 */
const NAMES = `
The tide rose faster than in any year since 1962, according to a report by the ⟦Harbour Board⟧.
The minister, in an interview with ⟦the Daily Herald⟧, refused to say when the inquiry would end.
According to ⟦Reuters⟧, the two sides had agreed on a ceasefire by Friday evening.
The figures were first published by ⟦The Guardian⟧ and later confirmed by the ministry.
She told ⟦the BBC⟧ that the talks had failed.
The protests, which ⟦the opposition⟧ claimed on ⟦Monday⟧ that the police had provoked, went on for a week.
Three senators, including ⟦Susan Collins⟧ and ⟦Mitt Romney⟧, voted against the bill.
He was arrested for attempting to ⟦leave⟧ the country with a forged passport.
The company said in a ⟦statement⟧ that it would appeal.
? In 2019 ⟦Facebook⟧ bought the start-up for an undisclosed sum.
The film, directed by ⟦Agnes Ward⟧, opens in March.
Her novel won the ⟦Booker Prize⟧ in 1998.
“We will not go back,” said ⟦Ali Hassan⟧, a spokesman for the union.
? The report by ⟦Amnesty International⟧ lists forty cases of torture.
? He left ⟦Oxford⟧ for ⟦London⟧ in the autumn of 1934.
The vaccine, developed by ⟦Pfizer⟧ and ⟦BioNTech⟧, was approved last week.
Police in ⟦Lagos⟧ said that four people had been arrested.
? The river runs through ⟦Hungary⟧ and ⟦Serbia⟧ before it reaches the sea.
? The law was signed by President ⟦Obama⟧ in March 2010.
A spokesperson for ⟦Boeing⟧ declined to comment on the report.
The suspect was identified by ⟦local media⟧ as a former soldier.
? As ⟦the New York Times⟧ reported on Sunday, the plan had been known for months.
The two bakers, ⟦Ruth⟧ and ⟦Noor⟧, brought them bread and would not take a coin.
The bridge between ⟦Pest⟧ and ⟦Buda⟧ was closed for three years.
He is best known for ⟦Dr Strangelove⟧, which he made in 1964.
The ship was built in ⟦Belfast⟧ by ⟦Harland and Wolff⟧.
Several outlets, such as ⟦CNN⟧ and ⟦Fox News⟧, carried the speech live.
See ⟦the migration guide⟧ for the steps.
You can download the latest release from ⟦our website⟧.
For more information, read the ⟦installation guide⟧.
The function returns a ⟦promise⟧ that resolves when the file is closed.
Install it with ⟦npm⟧ and restart the server.
If you use ⟦Docker⟧, mount the folder as a volume.
? Run ⟦make test⟧ to check that everything works.
We use ⟦Redis⟧ to cache the sessions.
This post was written by ⟦Maria Lopez⟧, an engineer at ⟦Honeycomb⟧.
? Thanks to ⟦Sam⟧ and ⟦Priya⟧ for their help with this release.
To learn more about ⟦access control⟧, see the security chapter.
`;
const SMALL_WORDS = `
? He went ⟦to⟧ the station to meet his sister.
The committee is expected ⟦to⟧ vote on the proposal on Tuesday.
It was one ⟦of⟧ the worst storms that the island had ever seen.
The number ⟦of⟧ people who signed the petition has doubled since June.
? She has ⟦been⟧ working on the book for six years.
The road will ⟦be⟧ closed until Thursday.
? They could not agree ⟦on⟧ a date for the next meeting.
? The parcel should have ⟦been⟧ delivered last week.
? The mayor apologised ⟦for⟧ the delay and promised to pay.
It depends ⟦on⟧ the size of the file.
? The museum is open from nine ⟦to⟧ five on weekdays.
? I would like ⟦to⟧ thank everyone who came.
There ⟦are⟧ three ways to do this.
? The house where he ⟦was⟧ born is now a museum.
? He was accused ⟦of⟧ stealing two paintings.
You need ⟦to⟧ restart the server after the upgrade.
This page describes how ⟦to⟧ configure the proxy.
? Make sure that ⟦the⟧ value is not empty.
? When the request ⟦is⟧ sent, the client waits for an answer.
? The option can ⟦be⟧ set in the configuration file.
Most ⟦of⟧ the tests run in less than a second.
? The new version allows you ⟦to⟧ export the table as a spreadsheet.
We decided ⟦to⟧ rewrite the parser from scratch.
? Because ⟦of⟧ the strike, no trains ran on Monday.
At the end ⟦of⟧ the day, the shop had sold out.
? They are looking forward ⟦to⟧ the concert in May.
`;
const LEFT_OVER = `
? The team had successfully ⟪had⟫ finished the work before the deadline.
The files are stored within ⟪in⟫ the home folder of the user.
? The client can fetch ⟪data⟫ your data from the cache.
Learn ⟪to⟫ how to prepare for the interview.
The function ⟪to⟫ we called returns nothing.
? The car ⟪was⟫ stopped in front of the house and two men got out.
He asked ⟪to⟫ whether the shop was open.
? It is important to ⟪be⟫ remember that the key is never stored.
? This ⟪is⟫ allows the user to change the password.
You can ⟪to⟫ use the same token for both requests.
The council voted ⟪to⟫ for a new school on the hill.
? In order to ⟪the⟫ reduce the cost, we moved the service.
? She did not ⟪did⟫ answer the letter.
The results of ⟪on⟫ the survey will be published in May.
? We have ⟪are⟫ three offices in the city.
? The museum, which opened in 1995, ⟪it⟫ has a garden.
If you want to ⟪can⟫ change the colour, open the settings.
There are ⟪is⟫ many ways to solve this.
They will be ⟪will⟫ invited to the meeting.
The error occurs when ⟪the⟫ you save the file.
He has lived in ⟪at⟫ Berlin since 2004.
A new ⟪a⟫ version of the library is out.
The plan would ⟪could⟫ cost four million euros.
Please refer ⟪see⟫ to the documentation for details.
? The road that leads to ⟪from⟫ the village is narrow.
`;

const find = (text: string): string[] =>
  lint(draftOf(text), RULES, settingsFrom({})).map(({ rule }) => rule);

const whole = (line: string): string => line.replace(/⟪.*?⟫ /g, "").replace(/[⟦⟧]/g, "");

const damaged = (line: string): string =>
  line.replace(/⟦.*?⟧/g, "").replace(/[⟪⟫]/g, "").replace(/ {2,}/g, " ");

describe.each([
  ["a name, a source or a link is lost", NAMES],
  ["a small word is lost", SMALL_WORDS],
  ["a word is left over", LEFT_OVER],
])("%s", (_, lines) => {
  test.each(lines.trim().split("\n"))("%s", (line) => {
    const sentence = line.replace(/^\? /, "");
    expect(find(whole(sentence))).toEqual([]);
    expect(find(damaged(sentence)).length > 0).toBe(sentence === line);
  });
});
