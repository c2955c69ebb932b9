import { computeOnce } from "../draft/incremental/memoize.ts";
import { isWordlike, lowerText, spaceBefore, TokenKind, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { isClosingMark, isStop } from "./marks.ts";

/**
 * What English rightly leaves out or says twice: how much less likely a loss is if the words around it read like this,
 * in log-odds. A pattern sees the words of the clause in lower case, separated by spaces, with ▢ for the possible loss:
 * “< it sinks in ▢ . >”. “<” marks the start of a clause, “>” the end of the text, “`” code, 0 a figure, “"” each half
 * of an empty quotation; ▢▢ a loss indicated by a stray space. Words in capitals are from `NAMES`; PREP before ▢ is any
 * preposition. The largest matching doubt counts.
 */
const GAPS = String.raw`
# Its object stands before a preposition: “the one that we send it to.”, “what they are used to from school”
1    (?:who|whom|whose|which|that|what|where|how|whatever|whoever|wherever|worth) (?:[^ ,]+ )*PREP ▢ (?:END|AUX )
1    (?:(?:<|DET) (?:(?!AUX |PRONOUN |to )[^ ,]+ ){1,4}|(?!(?:has|wants|needs|tries|continues|seems|likes) )[a-z]+s )to (?!DET |PRONOUN )[a-z]+ (?:[^ ,]+ )*PREP ▢ (?:END|AUX )
2.5  (?:worth|who|whom|what|which|where) .*PREP ▢ END
3    < (?:who|what|which|where) [a-z ]*PREP ▢ AUX
2    (?:what|whatever|whom|who|which) .*(?!by )PREP ▢ PREP
2    (?:that|which|i|you|he|she|we|they|it|can|to) [a-z' ]*PREP ▢ such as
1.5  [a-z]+s (?:i|we|you|they) [a-z]+ (?:[a-z]+ )?PREP ▢ END
2.5  PREP ▢ as well (?!as)
3    as in ▢ [“,:]
2.5  (?:built|based|sits?|lives?|runs?) on top of ▢
2    [a-z]+ed (?:for|to|on|of|with) ▢ (?:highly|in|by|under|as)
2    BE (?:[a-z]+ly )?(?:added|adhered|alluded|linked|listened|objected|responded|spoken|written) to ▢ (?:END|\()
2    (?:user|account|role|group) .*as ▢ END
2    (?:wherever|whatever|whoever|whichever) .*PREP ▢ OR
2    [a-z]+s (?:it|they|you|we) [a-z]+ (?:to|with|from|on) ▢ as
3    [a-z]+ (?:i|we|you|they) (?:know|knew) of ▢
2    [a-z]+ed with ▢ via
2.5  (?:BE|or) (?:[a-z]+ly )?(?:added|appended|applied|inherited|referred|written) (?:to|from) ▢ (?:after|before|by|in|once|until|when|with)
1    to (?:[a-z]+ ){1,2}PREP ▢ with
1.5  to (?:(?!DET )[a-z()]+ ){1,4}PREP ▢ (?:if|when|unless|once)
1.5  [a-z${"`"}]+ you with ▢ to
# It shares one with another: “access to and knowledge of it”, “by and for the people”
2.5  (?:by ▢ OR for|for ▢ OR (?:by|against)|to ▢ OR from|from ▢ OR to|in ▢ OR (?:around|out)|on ▢ OR off) [a-z]
2.5  (?:and|or) written to ▢ END
2.5  as ▢ OR COMPARED
1.5  or ▢ , PREP (?:[^ ]+ ){1,3},
2.5  by ▢ and AUX
2.5  PREP ▢ but AUX not
1.5  (?<own>PREP) ▢ (?:, )?OR (?!DET )(?:(?![a-z]+(?:ed|ly|ing) )[a-z]+ ){1,3}(?!\k<own> )(?!as |than |like |to (?!DET ))PREP [a-z,0${"`"}]
1.5  PREP ▢ (?:, )?OR [a-z]+s to [a-z]
2    of ▢ (?:and|or) (?!DET )[a-z]+ (?:[a-z]+ )?of
2    PREP ▢ (?:and|or) [a-z]+ed DET
1.5  PREP ▢ (?:, )?OR (?:shortly|soon|just|even) PREP [a-z,0${"`"}]
2    [a-z]+ing to ▢ and [a-z]+ing with
2.5  [a-z]+ing to ▢ , [a-z]+ing (?:on|to|with|at) OR
1.5  (?<same>PREP) .*(?:OR|not|than) ▢ \k<same>
1.5  (?<same>PREP) .*(?:OR|not|than) \k<same> ▢
2.5  POSS ▢ (?:and|or) (?:the|other|POSS|[a-z]+'s)
2.5  (?:one|any|all|some|most) of ▢ or (?:an?|more|all)
2    either .*PREP ▢ or
# It is a particle, or an adverb: “it sinks in”, “Turning this on can help”, “Throughout, the rate fell”
3.6  [<,] (?:and )?[a-z]+ing (?:[a-z]+ ){1,4}(?:in|on|off|out|up|down|over) ▢ AUX
2.5  PASS by ▢ END
1.8  (?:ENTER (?:[a-z]+ ){0,4}|GO (?:right |back |straight )?)in ▢ END
3.6  (?:ENTER (?:[a-z]+ ){0,4}|GO (?:right |back |straight )?)in ▢ (?:and|or|to|but|as|when|while)
2    (?:turn|switch|put|keep|ha[dv]e?|leave|left|get|got)[a-z]* (?:[a-z]+ ){1,4}(?:on|off|out|down) ▢ END
3    (?:once|when|until|before) .* is in ▢ END
3    (?:measur|com|weigh|clock)[a-z]* in ▢ at
3    built in ▢ that
2    comfortable [a-z]+ing (?:[a-z]+ ){1,3}in ▢ END
2.5  0 (?:days|weeks|months|years) in ▢ ,
2.5  (?:arguments?|case) (?:for|against) ▢ AUX
2.5  to [a-z]+ as ▢ END
2.5  (?:compiled|baked|built) in ▢ (?:END|\()
2.5  (?:greater|less|larger|smaller|lower|higher|more|fewer) than ▢ END
3    from .* on ▢ (?:END|AUX)
2.5  for [a-z]+ing (?:into|from|to|with|on) ▢ END
4    < (?:ADVERB|like) ▢ ,
2.2  ADVERB ▢ (?:END|\()
3    (?:DET|${"`"}) ▢ passed in
3    PREP ▢ built in [a-z]
2.5  [<,] almost ▢ END
2.5  (?:modes?|options?|flags?|settings?|switch|lights?) (?:on|off) ▢ END
# Another preposition, or a clause, follows: “a hook for after the start”, “for up to a week”, “similar to as if”
2    (?:to|for|from|until|till) ▢ (?:when|after|before|within|behind|beneath|between|inside|outside|up)
2    PREP ▢ (?:about|around|over|under|near|nearly|almost) SOME
1.5  (?!to )PREP ▢ (?:whenever|wherever|whoever|whatever|whichever|whether|how|why|what|where) [a-z]
1.5  TALK to ▢ (?:whenever|wherever|whoever|whatever|whichever|whether|how|why|what|where|who) [a-z]
2.5  of ▢ PREP (?:which|what|whom)
2    (?:[a-z]+n't|cannot|not|works?|just) .*like ▢ (?:on|in|with|for)
2    (?:MODAL|to) tell ▢ (?:by|from)
2    in ▢ (?:with|as|via)
2    before ▢ (?:in|on|at)
2    (?:i|you|we|they|can|could|will|may|must) [a-z]+ PREP ▢ to (?!DET )[a-z]
2.5  look forward to ▢ (?:in|at|this|next)
2    PREP ▢ (?:-|--|–|—|>)
3    that ▢ up (?:until|to)
3    prior to ▢ that
2    any ▢ PREP
2.5  the following ▢ PREP
3    (?:model|mirror|match|resembl|equal|exceed|follow|rival)[a-z]* that ▢ of
2.5  (?:assume|check|ensure|guess|reali[sz]e|suppose) that ▢ (?:is|was)
2    of ▢ who [a-z]+s
3    PREP ▢ (?:over|under|off|behind) (?:the (?:counter|shelf|scenes|air|top)|[a-z]+(?:ed|ic|al|ive))
3    the ▢ must have
6    [<,;:] [a-z]+ to ▢ PREP [^a-z]
3    (?:i|you|he|she|we|they)'(?:d|ve) ▢ (?:an?|no) 
3    (?:i|you|he|she|we|they) [a-z]+ (?:DET )?[a-z]+ , (?:and )?(?:i|you|he|she|we|they) ▢ (?:the|an?|POSS) [a-z]+ END
2    (?<!(?:said|says|added) )[:;] ▢ (?:AUX|MODAL|depends|requires|uses|needs)
2.5  to ▢ , (?:when|if|where|while|unless|once|depending)
3    (?:conference|symposium|workshop) on ▢ ,
3    (?:previously|always|forced|currently|only) (?:on|off) ▢
2    BE ▢ of (?:the|an?) (?:form|same|type|kind|order|opinion)
0.6  (?!DET |PREP |AUX |OR )[^ ]+ ▢▢ :
3    (?:PREP|are|is) ▢▢ : (?:>|[${"`"}])
3    OR ▢▢ [;:,] [a-z]+s (?:AUX|and|or|[.,])
3    (?:commas?|semicolons?|colons?|periods?|dots?|characters?) \( (?:▢ )?[^ ] (?:▢ )?\)
3    PREP ▢ , respectively ,
3    to ▢ (?:though|either|anyway) END
3    (?:like|as|than) (?:[^ ]+ ){1,3}to ▢ PREP
2.5  < (?:[^ a-z]+ )?[a-z]+s [a-z]+ed (?:in|by|on|to) ▢ END
2    [a-z]+ed to ▢ and (?:“ )?[a-z]+ed
1.5  [a-z]+s to [a-z]+ ▢ END
3    (?:ask|request|suggest|recommend|insist|prefer|require)[a-z]* that [a-z]+ ▢ not [a-z]
3    (?:(?:if|when) .*|< (?:otherwise|internally)) , ▢ (?:returns|throws|sets|creates|uses|prints|shows|fails|defaults|continues|does)
3    < (?:by default|optionally) , ▢ (?:[a-z]+s|does|do) (?!and|or|to)
3    (?:if|when|unless) (?:(?:not )?(?:true|false|set|present|empty)|(?:[^ ,]+ ){0,3}(?:unset|enabled|disabled|specified|omitted)) , ▢
3    < speaking of ▢ ,
3    (?:no|an?) (?:[a-z]+ )?order to ▢ the
3    spaces? (?:before|after|around|between) ▢ [,.;:(]
3    if (?<part>[a-z]+) , \k<part> ▢ [.;]
# “As said before”, “he that hath”, “and one the mayor likes”, “if it is yours, know that it sinks”
2.5  as ▢ said (?:before|above|earlier)
2.5  < (?:he|she|they|those) ▢ that [a-z]
2    (?:and|but) one ▢ (?!the most )DET
2.5  , ▢ know that
# A verb was said before: “has not been moved, but those have been.”, “and the other the rest”, “than this year's.”
2    (?:appear|seem)(?:s|ed)? to ▢ END
1.5  (?:has|have|had|wants?|wanted|needs?|needed|used|able|how|it|not|allowed) to ▢ [.,]
4    WHO_WANTS to ▢ MODAL
2    (?:happy|glad|willing|free|welcome|love|supposed|failed|refused|tried) to ▢ END
3    (?:if|when|as) (?:you|we|they|i) (?:want|need|have|like|choose|wish) to ▢ (?:you|we|they|i)
3    IS .*LINK .*IS ▢ END
3    HAS .*LINK .*HAS (?:been )?▢ END
3    AUX ▢ and AUX
3    (?:everywhere|wherever|whenever|anywhere|whatever) PRONOUN (?:can|could) ▢
3    IS .*(?:and|but) MODAL not be ▢ END
3    old .* the new ▢ (?:END|in|on|to)
2.5  continue[sd]? to ▢ the
3    (?:if|whether) .* any ▢ END
1.5  PREP any ▢ END
2.5  PREP (?:those|these) ▢ END
3    the (?:first|last|former|latter) ▢ END
4    (?:different|differs?|than|like|unlike|as|similar|same) .*'s ▢ END
3    the COMPARED .*▢ the COMPARED
3    ▢ the (?:rest|remainder|remaining|others?|latter|reverse|opposite)
3    one .*[a-z] ▢ another END
3    which .*(?:,|and) which ▢ PREP
# “have the file be shared”, “no list need be made”, “gave the winner a medal”, “refers the reader to”
3    (?:ha(?:ve|s|d|ving)|mak(?:e|es|ing)|made|let|(?:requir|suggest|propos|insist|demand|request|prefer)[a-z]*) .* ▢ (?:not )?be
3    (?:no|not|[a-z]+n't|nothing|nor|only|if|all|as)(?: .*)? need ▢ be
1.5  (?:GIVE|find) (?:[^ ,]+ ){1,6}▢ (?:an?|another|the|POSS own)
1.5  BE (?:[a-z]+ly )?(?:served|asked|assigned|issued|allowed|left) ▢ DET
2.5  refers? ▢ DET [a-z ]+to
# “results in it still working”, “and them being”, “, for they know”, “those who are to obey it”, “used to the rain”, “Had it come from the north”
2    ▢ (?:not|never|still|always) [a-z]+ing
2    and ▢ (?:them|it|him|her|us|this|that) [a-z]+ing
2.5  [,;] for ▢ (?:he|she|we|they|it|if|when|in|this|there)
3    (?:who|they|we|you|he|she) IS ▢ to (?!the|an?\b)
3    (?:have|has|had|also) ▢ (?:in the past|to an? (?:large|great|lesser|certain)|for (?:an?|one|many|some|0|years|ages|decades)|over the (?:past|last|years))
3    (?:BE|not) (?:[a-z]+ )?used to ▢ (?:DET|it)
3    (?:kind|sort) of ▢ (?:to|like|in|on|goes|makes|feels|works|is|was)
3    (?:as|than|like) (?:you|we|they|i|he|she|one) (?:would|do|did|does|can|could) ▢ DET
3    (?:when|if|unless|once|until) ▢ (?:passed|given|called|used|set|asked|told) (?:DET|as|in|to|with|by)
2.5  the ▢ (?:mentioned [a-z]+s|(?:announced|reported|requested|claimed) [a-z]+s (?:AUX|END))
# Turns of phrase
3    PREP ▢ , (?:e\.g\.|i\.e\.|for (?:example|instance))
2.5  OR ▢ , (?:provided|assuming|given|if|when|where|unless|once)
3    ▢ the (?:(?:first|second|last|next) time|(?:moment|minute|instant) (?:PRONOUN|DET))
3    at ▢ will (?:END|PREP|OR|using)
2.5  the comparison IS to ▢
3    here ▢ be
3    truth ▢ be told
3    to ▢ or not
3    (?:has|have|had) .* to thank ▢ for
3    as ▢ of (?:DET|0|today|now|version|release)
3    hey , (?:you|there) ▢
3    makes? ▢ for
3    (?:< (?:please |only )?|not |never )use ▢ (?:if|when|unless|with (?:great )?(?:care|caution)|at your)
3    ▢ an? (?:[a-z]+ )?(?:number|amount) of times
3    BE ▢ to blame
3    (?:no ▢ to yes|yes ▢ to no)
3    (?:defaults?|it|set|state|value|status) (?:to|of|as) ▢ (?:on|off|true|false|enabled|disabled)
3    , ▢ (?:agreed|thanks|done|fixed|noted|sorry)
2.5  to ▢ like (?:that|it|this|these|those|what|when|how|him|her|them|us|me)
# Words spoken of: “by using if.”, “you, we, and our”, “While can also mean”, “words to avoid and”, “the what and the how”
3    “ (?:[^ ]+ ){0,4}▢ (?:”|[.,;:] ”)
2.5  PRONOUN , (?:and |or )?(?:PRONOUN|POSS) ▢
2.5  PREP , (?:and |or )?PREP ▢ [,)]
2.5  (?:this|that|these|those) , (?:and |or )?(?:the|an?) ▢
3    SPEAK_OF (?:if|while|who|whom|when|whether|and|or|but|not|must|shall) ▢ (?:[.,;:]|when|instead|for|only|if)
3    (?:the|an?) (?:[^ ]+ )?(?:if|for|while) ▢ (?:IS|can)
3    ▢ (?:can |may |also |often )*means?
1.5  [a-z]{3,}s (?:or|and) [a-z]{3,}s ▢ [,)>]
2.5  (?:of|that) highly ▢ by
3    < (?:when|where|why|how) ▢ (?:IS|can)
5    ▢ (?:for|while|if) (?:loops?|statements?|clauses?|expressions?)
4    (?<again>[a-z']+) ▢ \k<again>
4    (?<said>DET|PRONOUN) ▢ , \k<said>
# How the sentence is set: lead-ins, brackets, dots, marks and code spoken of
2.5  (?!DET )[^ ]+ ▢ [:;] >
2.5  (?:when|if|that|because|while|where|which|includes?|(?:start|begin|end)s? with) DET ▢ [:;] >
3    [^ <]+ \( ▢ [.,:;] \)
4    \( (?:, , ▢|, ▢ ,|▢ , ,)
4    (?:DET|OR) ▢▢? : : [a-z0]
4    " ▢ " .*(?:empty|blank|zero|name|string)
4    < " ▢ " (?:>|or)
4    \{ .*\} ▢ (?:DET|[a-z]+) [a-z${"`"}]
3    ▢ \( (?:${"`"}|e\.g\.|i\.e\.)
3    (?:PREP|DET) ▢ \( (?:[a-z] \)|former|current|new|old|other|optional|default|now|not|[a-z]+ly|“)
2    ▢ \[ [a-z0${"`"}]
3    … ▢▢? ,
2.5  < ” ▢ AUX
4    ” ▢▢ [,.;:] ”
3    [a-z]{12,} : ▢ [,.]
3    (?:;|seq \.) ▢ [,.]
3    [-–] ▢▢? \.
2    (?!DET |PREP )[^ ]+ ▢▢ [?!]
4    ▢▢ [;:] (?:AUX|PREP)
3    (?:is|as|are|be|or|to|=|null|implicitly|string|value|default|returns?|(?:join|separat|split|replac|writ)[a-z]* .*with)(?: :)? (?:▢ )?" (?:▢ )?"
3    (?:▢ )?\( (?:▢ )?["“] (?:▢ )?["”] (?:▢ )?\)
5    (?:returns?|returned|type|unit|value|call|calling) (?:▢ \( \)|\( ▢ \))
5    (?:sub|function|def|void|int|fn|io) (?:[^ ]+ )?(?:▢ \( \)|\( ▢ \))
5    [=${"`"}] (?:▢ \( \)|\( ▢▢? \))
`;

/** The same for a word that would be one too many; ▢ comes before it. */
const LEFTOVERS = String.raw`
# “of said president”, “your every step”, “the all hands”, “for now”, “keep to it”
3    ▢ for now [a-z]
2.5  is to .* as .* ▢ is to
3    keep ▢ to
3    DET ▢ will [a-z]
3    (?:trash|garbage|tin|paint|gas|watering) ▢ can
3    (?:PREP ▢ as|▢ PREP as) (?:many|much|few|little|long|[a-z]+ as)
3    (?:▢ (?:the|an) a|(?:the|an) ▢ a) (?:field|tag|element|key|column|variable)
4    (?:PREP ▢|▢ PREP) for (?:example|instance)
2.5  (?:and|or|but|than|instead of) ▢ (?:PREP|against)
3    (?:POSS ▢|▢ POSS) every
3    as ▢ OR COMPARED
3    (?:every|any|no|each|all|some|one) ▢ such
2    < (?:[a-z]+ )?PREP ▢ this DET
2.5  PRONOUN and ▢ PRONOUN
5    ▢ (?:[a-z]+ )?(?:for|while|if) (?:loops?|statements?|clauses?|expressions?)
3    ▢ all hands
3    (?:call[a-z]*|ma[kd]es?|find|found) ▢ this
3    lot ▢ to
3    (?:can|could|will|did) and ▢
3    ▢ (?:following|including|regarding|alongside)
5    WHO_WANTS to ▢ MODAL
3    (?:not|never|[a-z]+n't) .*▢ yet
3    ▢ to (?:on|off|true|false)
3    (?:but|and|although|though|that|because) ▢ since
# “over the counter products”, “under resourced”, “near unlimited”: a hyphen is missing
3    ▢ (?:[a-z]+ )?(?:over|under|near|off|behind) [a-z]+(?:ed|ic|al|ive|ous|ent|ly|ct|able|ing)
5    ▢ (?:[a-z]+ )?(?:over|under|off|behind) the (?:counter|shelf|scenes|air|top)
# Two prepositions in a row: “with around ten”, “from within”, “something to point to in”
2.5  (?:to|you|we|i|they|it) (?:[a-z]+ ){1,3}▢ (?:(?:from|to|with|at|on) (?:with|without|as|on|in|when|if)|with to)
2.5  (?:to|with|from|on) ▢ via
3    (?:PREP ▢|▢ PREP) (?:about|around|over|under|near|nearly|up) (?:SOME|[b-hj-z] )
2    (?:from ▢|until ▢|▢ from|▢ until) PLACE
5    (?:to ▢|for ▢|▢ to|▢ for) PLACE
2    (?:to|[a-z]+ (?:can|could|may|will|i|you|we|they|he|she)) [a-z]+ ▢ PREP (?:PREP|when|if|because)
`;

const NAMES: Readonly<Record<string, string>> = {
  IS: "is|are|was|were",
  HAS: "has|have|had",
  BE: "be|been|being|is|are|was|were|get|gets|got",
  MODAL: "can|could|will|would|shall|should|may|might|must|cannot|can't|couldn't|won't|wouldn't",
  AUX: "is|are|was|were|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|isn't|can't|don't",
  DET: "the|an?|this|that|these|those|my|your|our|their|its|his|her|every|each|some|any|no|another|both|all",
  POSS: "my|your|our|their|its|his|her|whose",
  PRONOUN: "i|me|you|he|him|she|her|it|we|us|they|them",
  PREP: "of|in|to|for|on|with|at|by|from|about|into|over|after|between|under|through|during|before|as|like|than|without",
  /** With nothing after “to” this is whoever does something else: “Whoever wants to can come.” */
  WHO_WANTS:
    "(?:who|whoever|that) (?:[a-z]+ ){0,2}(?:wants?|wanted|needs?|needed|wish|wishes|likes?|liked|ha[sd]|have)",
  END: "[.,;:!?)>”]",
  OR: "and|or|nor|but",
  LINK: "but|than|as|like|and|if|whether|though",
  COMPARED: "more|less|better|worse|fewer|further|[a-z]{2,}er",
  SOME: "0|every|an?|half|twice|two|three|four|five|ten|twenty|a?dozens?|hundreds?|all",
  PLACE:
    "before|after|within|behind|beneath|beyond|under|above|below|around|about|over|between|inside|outside|among|near",
  ADVERB:
    "throughout|within|inside|outside|below|above|underneath|beneath|beyond|behind|alongside|nearby|besides|since|0 (?:[^ ]+ )?across",
  /** With these “in” is a particle, even if they take an object beside it: “animate them in”. */
  ENTER:
    "(?:plug|fill|animat|br[io](?:ng|ught)|dr[ae]wn?|let|lock|fold|bak|factor|merg|tap|typ|past|swap|squeez|usher|rop|reel|fad|zoom|add|allow|feed|read|pull|hook|leav|copi|copy|left|includ)(?:e?s|[pt]?e?d|[pt]?ing|e)?",
  /** The same for verbs that take nothing beside it. */
  GO: "(?:s[iau]nk|soak|kick|chim|pitch|join|log|sign|check|slid|stream|step|pop|drop|cav|weigh|blend|fit|tun|dial|sneak|phon|call|opt|settl|rush|set|stay|liv|giv|gave|given|dove|built)(?:e?s|[gpt]?e?d|[gpt]?ing|e)?",
  PASS: "(?:scrap|float|flow|drift|dr[io]v|fl[iy]|go|walk|pass|run|sw[iu]ng|sail|roll|slip|tick|whiz|zoom|rush)[a-z]*",
  TALK: "as|spea?o?k[a-z]*|testif[a-z]*|attests?|limits?|relat[a-z]*|subject|due|down|comes?|came|answers?|keys?|clues?|refers?|attention|thought|regard|respect|back",
  GIVE: "(?:g[ai]v|award|offer|show|grant|pa[yi]|len[dt]|sen[dt]|t[eo]l[ld]|teach|taught|hand|promis|earn|call|nam|consider|present|elect|ma[kd]e|declar|sav|yield|bring|buy|spar)[a-z]*",
  SPEAK_OF: "us(?:e|es|ed|ing)|say|write|avoid|words?",
};

interface Doubt {
  readonly weight: number;
  /** Compiled on first use. */
  readonly pattern: () => RegExp;
}

/**
 * The doubts of a table, by the beginning of the word they need right after ▢, or right before it, the largest first, so
 * that few are tested at a place.
 */
type Doubts = ReadonlyMap<string, readonly Doubt[]>;

/** The key of those that match any words there. */
const ANY = "▢";
/** The beginning of the keys of those that need some preposition before it. */
const STRANDED = "PREP ";

function read(table: string): Doubts {
  const doubts = new Map<string, Doubt[]>();
  const rows = [...table.matchAll(/^([\d.]+) +(\S.*)$/gm)]
    .map(([, weight, words = ""]) => ({ weight: Number(weight), words }))
    .sort((one, other) => other.weight - one.weight);
  for (const { weight, words } of rows) {
    const strands = /(?:PREP\)?|k<same>) ▢[^▢]*$/.test(words);
    const pattern = computeOnce(() => {
      const own = strands ? words.replace(/PREP(?=\)? ▢)/, "[a-z]+") : words;
      // A word is whole, even behind words that may be any.
      const source = own
        .replace(/ \.\*(?=[\w(])/g, " (?:.* )?")
        .replace(NAME, (name) => `(?:${NAMES[name] ?? name})`);
      const end = /[\w)?>]$/.test(words) && !words.includes("(?!", words.lastIndexOf(" "));
      return new RegExp(` (?:${source})${end ? "(?![a-z])" : ""}`);
    });
    for (const beside of findKeys(words, strands)) {
      const key = strands ? STRANDED + beside : beside;
      const same = doubts.get(key);
      if (same === undefined) doubts.set(key, [{ weight, pattern }]);
      else same.push({ weight, pattern });
    }
  }
  return doubts;
}

const NAME = /[A-Z][A-Z_]+/g;

/** A word of a pattern, or a choice of words. */
const PART = String.raw`(?:\\.|\[[^\]]+\]|[^\\[\]()| ])+|\(\?:(?:\\.|\[[^\]]+\]|[^\\[\]()])+\)`;
const FIRST = new RegExp(`^ (${PART})(?=[ )|]|$)`);
const LAST = new RegExp(`(?:^| )(${PART}) $`);

/** What is next to ▢ where a pattern matches: one of these. `strands`: any preposition may come before it. */
function findKeys(words: string, strands: boolean): string[] {
  const [before = "", ...after] = words.split(/▢+\??/);
  const next = after.map((part) => listWords(FIRST.exec(part)?.[1], 0));
  if (next.every((all) => all !== undefined)) return next.flat().map((word) => `▢ ${word}`);
  if (strands || after.length > 1 || before.split("(").length > before.split(")").length)
    return [ANY];
  const last = listWords(LAST.exec(before.replace(/ \)(?:\?|\{\d,\d\})/g, ") "))?.[1], -1);
  return last?.map((word) => `${word} ▢`) ?? [ANY];
}

/** The beginnings of the first words that a part of a pattern matches, or (at -1) of the last; undefined if unknown. */
function listWords(part = "", at: 0 | -1): string[] | undefined {
  const words = new Set<string>();
  const choices = part.replace(/^\(\?:(.*)\)$/, "$1").replace(NAME, (name) => NAMES[name] ?? name);
  for (const choice of choices.split("|")) {
    const plain = /^(?:\[([^\]^-]+)\]|\\(\W)|([\w']+?|[^\w\s\\[\]().*+?])(?:(\w)\?)?)$/.exec(
      choice.trim().split(" ").at(at) ?? "",
    );
    if (plain === null) return undefined;
    const [, signs, sign = "", word = sign, ending = ""] = plain;
    for (const each of signs ?? [word, word + ending]) words.add(findBeginning(each));
  }
  return [...words];
}

/** The letters that a word begins with, or else its first character. */
function findBeginning(word: string): string {
  return /^(?:[a-z]+|.)/u.exec(word)?.[0] ?? "";
}

export const gapDoubts = computeOnce(() => read(GAPS));
const leftoverDoubts = computeOnce(() => read(LEFTOVERS));

/** The largest doubt about a loss before token `at`. */
export function gapDoubt(tokens: Tokens, at: number): number {
  return largest(gapDoubts(), tokens, at);
}

/** The largest doubt about token `at` being one too many. */
export function leftoverDoubt(tokens: Tokens, at: number): number {
  return largest(leftoverDoubts(), tokens, at);
}

function largest(doubts: Doubts, tokens: Tokens, at: number): number {
  const words = wordsAround(tokens, at);
  const [before = "", after = ""] = words.split(/ ▢+ /);
  const left = before.slice(before.lastIndexOf(" ") + 1);
  const isStranded = isAnyOf(lowerText(tokens, at - 1), WordClass.preposition);
  const keys = [ANY, `▢ ${findBeginning(after)}`, `${findBeginning(left)} ▢`];
  let most = 0;
  for (const key of isStranded ? [...keys, ...keys.map((key) => STRANDED + key)] : keys)
    for (const { weight, pattern } of doubts.get(key) ?? []) {
      if (weight <= most) break;
      if (pattern().test(words)) most = weight;
    }
  return most;
}

/** How many tokens before and after a place are seen, and how much of each. */
const BEFORE = 14;
const AFTER = 7;
const LONGEST = 16;

/** The words around the boundary before a token, as patterns see them. */
export function wordsAround(tokens: Tokens, at: number): string {
  const { kinds, count, text, starts, ends } = tokens;
  let first = at > 0 ? at - 1 : 0;
  while (first > 0 && at - first < BEFORE && !isStop(kinds[first - 1] ?? 0)) first--;
  const before = Array.from({ length: at - first }, (_, index) => render(tokens, first + index));
  const after: string[] = [];
  for (let index = at; index < at + AFTER && index < count; index++)
    after.push(render(tokens, index));
  const isStray =
    (isClosingMark(kinds[at]) && spaceBefore(tokens, at) && at > 0) ||
    text.slice(ends[at - 1] ?? 0, starts[at] ?? 0).includes("  ");
  const opening = at - first < BEFORE ? ["<"] : [];
  const closing = at + after.length >= count ? [">"] : [];
  return ["", ...opening, ...before, isStray ? "▢▢" : "▢", ...after, ...closing, ""].join(" ");
}

function render(tokens: Tokens, index: number): string {
  const { kinds } = tokens;
  const kind = kinds[index];
  switch (kind) {
    case TokenKind.number:
      return "0";
    case TokenKind.ellipsis:
      return "…";
    case TokenKind.openQuote:
      return isOfEmptyText(tokens, index) ? '"' : "“";
    case TokenKind.closeQuote:
      return isOfEmptyText(tokens, index) ? '"' : "”";
    default:
      return isWordlike(kind) && kind !== TokenKind.word
        ? "`"
        : lowerText(tokens, index).slice(0, LONGEST);
  }
}

/** Whether a token is one of two straight quotation marks with nothing or a space between them. */
function isOfEmptyText({ text, starts }: Tokens, index: number): boolean {
  const start = starts[index] ?? 0;
  return (
    /^(["'`]) ?\1/.test(text.slice(start, start + 3)) ||
    /(["'`]) ?\1$/.test(text.slice(Math.max(0, start - 2), start + 1))
  );
}
