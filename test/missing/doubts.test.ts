import { expect, test } from "vitest";
import {
  gapDoubt,
  gapDoubts,
  leftoverDoubt,
  wordsAround,
} from "../../server/src/missing/doubts.ts";
import { lowerText } from "../../server/src/language/tokens.ts";
import { gapIn, rowsOfThree } from "../support/gap-in.ts";

test.each<[string, string]>([
  ["He left. The ferry calls at_.", " < the ferry calls at ▢ . > "],
  ["He left. _The ferry calls.", " < he left . ▢ the ferry calls . > "],
  ["_Oslo’s 12 “new” x() s", " < ▢ oslo's 0 “ new ” ` s > "],
  ["It is at_ , or not.", " < it is at ▢▢ , or not . > "],
  ["It is at  _and on.", " < it is at ▢▢ and on . > "],
  ['It is ""_...', ' < it is " " ▢ … > '],
  [
    "a b c d e f g h i j k l m n o p _q r s t u v w x y",
    " c d e f g h i j k l m n o p ▢ q r s t u v w ",
  ],
  ["_", " < ▢ > "],
])("the words and kinds that a pattern sees for %j", (marked, expected) => {
  expect(wordsAround(...gapIn(marked))).toBe(expected);
});

test.each<[string, number]>([
  ["They have access to _and knowledge of it.", 1.5],
  ["It came on _or shortly after Monday.", 1.5],
  ["It is an event for _and by the people.", 2.5],
  ["It says it as well as _and more clearly than that.", 2.5],
  ["Anyone who still wants to _can come along.", 4],
  ["She came in _as well.", 2.5],
  ["Slowly it sinks in_.", 1.8],
  ["We watch the boats float by_.", 2.5],
  ["It streams in _and goes.", 3.6],
  ["Turning this on _can help.", 3.6],
  ["Throughout_, the rate fell.", 4],
  ["There are no tags within_.", 2.2],
  ["The hole is 15 inches across_.", 2.2],
  ["It is for _whenever she is away.", 1.5],
  ["I can speak to _whether it is so.", 1.5],
  ["You can tell _by the tone.", 2],
  ["A hook for _after the start is there.", 2],
  ["It has not been moved, but the others have been_.", 3],
  ["They make the file _be shared.", 3],
  ["He was used to _the rain.", 3],
  ["Those who are _to obey it must read it.", 3],
  ["Paragraphs c through _(h) stay.", 3],
  ["It searches from the current place on_.", 3],
  ["The form has an area for pasting into_, and a button.", 2.5],
  ["It appears to_.", 2],
  ["Use the _passed in time.", 3],
  ["This works. Well, almost_.", 2.5],
  ["It takes one of _or a mix of the three.", 2.5],
  ["It marks either the end of _or a break in it.", 2],
  ["Here one has a set of figures, and the next page _another.", 3],
  ["I prefer my gift _not be named.", 3],
  ["I don't think it need _be so.", 3],
  ["For example, when _passed a list, it fails.", 3],
  ["Returns: {Duplex} _a stream of words.", 4],
  ["I am happy to_. I have begun.", 2],
  ["If you want to _you can ignore them.", 3],
  ["The ferry is off_ — and late.", 2],
  ["They are read and written to_.", 2.5],
  ["The tasks that it proves useful for_.", 2],
  ["It allows the following _through a filter.", 2.5],
  ["Its form models that _of a page.", 3],
  ["I'll assume that _was a copy.", 2.5],
  ["It is free and has _for a number of years.", 3],
  ["For the first point, _agreed.", 3],
  ["They seem to _like that the page is new.", 2.5],
  ["I left the file in_.", 1.8],
  ["It is the name to connect as_.", 2.5],
  ["It may be less than_, or equal to.", 2.5],
  ["It reads rows as _of the start.", 3],
  ["The foo() _() gives the time.", 5],
  ["They looked for comments in _with the rubbish.", 2],
  ["It is a method that they can learn from _to improve.", 2],
  ["It has no interest in _– and will not buy.", 2],
  ["They read the form as they would _a post.", 3],
  ["It replaces the _(former) guide.", 3],
  ["It gets the path in _as a value.", 2],
  ["It is built with strict mode on_, as a test.", 2.5],
  ["These are marked with _(x) in the list.", 3],
  ["The request may be made on any_.", 1.5],
  ["It is only allowed for _if statements.", 5],
  ["If _asked to give it all, they do.", 3],
  ["Names that start with “secure.” _can't be set.", 2.5],
  ["It is overwritten if it is there (or appended to _with a key).", 2.5],
  ["It is the file to read cookies from _with this.", 1],
  ["A list of places to (soon) redirect to _if the rest fails.", 1.5],
  ["The tool prompts you with _to set it up.", 1.5],
  ["They work on behalf of _and are responsible to the town.", 1.5],
  ["Give the number of _and link to the request.", 1.5],
  ["Those from Monday on _are new.", 3],
  ["It is there if it is compiled in _(as it should be).", 2.5],
  ["The line is drawn from these_.", 2.5],
  ["It is new when _told to be.", 3],
  ["The _reported bugs are gone.", 2.5],
  ["It is usual for_, e.g. ships.", 3],
  ["They go on, and_, provided each is up, they win.", 2.5],
  ["It takes a minute or two _the first time.", 3],
  ["Call them at _will by name.", 3],
  ["The comparison is to _the source.", 2.5],
  ["No dot (_.) at the end.", 3],
  ["You may find the choice _a poor one.", 1.5],
  ["The jar can't be written to _(when it is full).", 2],
  ["It is the user the tool is running as_.", 2],
  ["Move it to wherever you host it from _and go.", 2],
  ["It names the targets it expands to _as children.", 2],
  ["It is one port we know of _made by others.", 3],
  ["It is connected with _via a port.", 2],
  ["It holds regardless of _in which place it is.", 2.5],
  ["You can't read it like _on paper.", 2],
  ["We realise that _is not so.", 2.5],
  ["It makes each path _its own word.", 1.5],
  ["They are split by “_;” here.", 3],
  ["The new if _is easy.", 3],
  ["Use (,_,) for it.", 4],
  ["They get the_ ::event signal.", 4],
  ["If it is as loud as _or louder than you, turn it down.", 2.5],
  ["It takes tools such as this or_, on Windows, that one.", 1.5],
  ["It is the group the server will run as_.", 2],
  ["Test it wherever you can _and report back.", 3],
  ["The key is set and should not be_.", 3],
  ["It takes files from _built in rules.", 3],
  ["Only those that need to _will be sent.", 4],
  ["A buffer to write the text into_.", 1],
  ["He'd _a way of looking at her.", 3],
  ["She ran the shop, he _the farm.", 3],
  ["If in, in_; if out, out.", 3],
  ["The keys: _depends on the town.", 2],
  ["Authors are advised to_, when they mark it, say why.", 2.5],
  ["Proceedings of the conference on_, vol. 1.", 3],
  ["It ends if previously on _and not locked.", 3],
  ["The list is _of the form shown.", 2],
  ["The ratio is 100_ : 1.", 4],
  ["Two of the reasons are_ :", 3],
  ["It starts with # or_ ; characters.", 3],
  ["Split them by commas (,_).", 3],
  ["The two are set to_, respectively, A and B.", 3],
  ["The names are mapped to _and “copied” through it.", 2],
  ["A list of classes to enable_.", 1.5],
  ["We ask that you _not open it.", 3],
  ["The keys: _was each of them new?", 3],
  ["If none are given, _returns the first.", 3],
  ["See if it ran and, if not, _will run it.", 3],
  ["Speaking of_, it is late.", 3],
  ["There is no fundamental order to _the lines.", 3],
  ["Put a space after_: not before.", 3],
  ["A file holding certificates to verify it with_.", 1],
])("English omits it: %s", (marked, expected) => {
  expect(gapDoubt(...gapIn(marked))).toBe(expected);
});

test.each([
  "The mayor spoke to _on Monday.",
  "We show how it can be used, and we hope to learn more from_.",
  "This is the_ !",
  "They found it in towns and_, and left.",
  "He continues to learn about_.",
  "If they are given, _the first.",
  "They came in order to _the bridge.",
  "We _a way of looking at her.",
  "She ran the shop, and he _the farm in May.",
  "It is for _and of it.",
  "The ferry goes across_.",
  "Slowly it sinks in_ .",
  "They tell _by the tone.",
  "The firm announced a _and left.",
  "The mayor moved to _with her dog.",
  "He was charged with _to defraud the town.",
  "The bridge will be repaired from _in May.",
  "The mayor spoke to _in particular.",
  "The town depends on such_.",
  "The words, which are only hers, were reported by _as such.",
  "They will bring the crane to _if they can.",
  "It is made to define a function of _with one key.",
  "The floods are a threat is to _the poor.",
  "It was moved from _to the town.",
  "She spoke in _and then left.",
  "It is a sort of _used for bread.",
  "The _announced plans to build it.",
  "Those at _will go.",
  "The mayor is to _the town.",
  "We think of _in May.",
  "The worms (and _) are old.",
  "They came from _to the town.",
  "Towns like _in the north are old.",
  "She said that _is not so.",
  "The mayor of _in the town.",
  "The lessons (,_) are old.",
  "They can _the town.",
  "They came from Bures or_, who left.",
  "It should not be_.",
  "It comes with _via the key.",
  "I found that I need to _the form.",
  // Not “or” at the end of a word.
  "They stay in town for _in the spring.",
])("no reason to doubt a loss: %s", (marked) => {
  expect(gapDoubt(...gapIn(marked))).toBe(0);
});

test.each<[string, number]>([
  ["It reacts to your _every step.", 3],
  ["They came from _within the walls.", 2],
  ["We sell _over the counter products.", 5],
  ["They are not stable _yet and may change.", 3],
  ["It needs thought this _some more.", 3],
  ["It was turned from off _to on.", 3],
  ["Whoever wants to _can come along.", 5],
  ["It is easier to work with _than the others.", 3],
  ["Although _since Monday it has rained, we sail.", 3],
  ["Due to _this the format must be known.", 2],
  ["It can save you and _us time.", 2.5],
  ["It is to use rules _with for loops on lists.", 5],
  ["Call them at _will by name.", 3],
  ["The _will message is sent.", 3],
  ["It is put in the trash _can on the left.", 3],
  ["Give it a name _with as many letters as it takes.", 3],
  ["Do so as _per above.", 3],
  ["It is harder to get started with _than others.", 3],
  ["It will from this point on _be made here.", 3],
  ["Turn it all on _like this.", 3],
  ["It is passed as _is to the next.", 4],
  ["They ask _of for example a file.", 4],
  ["They ask for parts of _for example a file.", 4],
  ["Here are parts of this and _of the rest.", 2.5],
  ["They race each other instead of _against us.", 2.5],
  ["It was used _before for a task.", 3],
  ["Name the file to read cookies _from with this.", 2.5],
  ["Every _such ship is new.", 3],
  ["It is as loud as _or louder than you.", 3],
  ["It is a thing to send _to without a word.", 2.5],
  ["Name the tree it is handled _by into it.", 2.5],
  ["The port it links to _via a list is open.", 2.5],
])("not a word too many: %s", (marked, expected) => {
  expect(leftoverDoubt(...gapIn(marked))).toBe(expected);
});

test.each([
  "They will _will it so.",
  "Your files _will are read.",
  "They split them _to into parts.",
  "He was asked to _at when they came.",
  "They came _from to the walls.",
])("no reason to doubt a word too many: %s", (marked) => {
  expect(leftoverDoubt(...gapIn(marked))).toBe(0);
});

test("a place is tried against each doubt that could fit there", () => {
  const words = "she can't be which an sinks in off or on-site another ’ ( . , —".split(" ");
  for (const tokens of rowsOfThree(words))
    for (let at = 0; at <= tokens.count; at++) {
      const around = wordsAround(tokens, at);
      const isStranded = /^(?:in|off)$/.test(lowerText(tokens, at - 1));
      const fitting = [...gapDoubts()].flatMap(([key, doubts]) =>
        doubts.filter(({ pattern }) => {
          return (isStranded || !key.startsWith("PREP ")) && pattern().test(around);
        }),
      );
      const largest = Math.max(0, ...fitting.map(({ weight }) => weight));
      expect(gapDoubt(tokens, at), around).toBe(largest);
    }
});

test("every place in every short row of words gets a number from 0 to 6", () => {
  for (const tokens of rowsOfThree("to in by and or , . which he was as well the".split(" ")))
    for (let at = 0; at <= tokens.count; at++)
      for (const doubt of [gapDoubt(tokens, at), leftoverDoubt(tokens, at)])
        expect(doubt >= 0 && doubt <= 6, `${tokens.text} at ${at}`).toBe(true);
});
