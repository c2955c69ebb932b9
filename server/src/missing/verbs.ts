/**
 * What English verbs take, from a lexicon of a few hundred: the knowledge that separates
 * "attempting to the country" and "claimed on that" from good grammar.
 */
export const Frame = {
  /** Hardly ever without an object, except in the passive: to destroy SOMETHING. */
  object: 1,
  /** Complete on its own: to arrive. */
  alone: 2,
  /** claim THAT … */
  that: 4,
  /** attempt TO DO */
  infinitive: 8,
  /** avoid DOING */
  gerund: 16,
  /** Reports speech, before or after it. */
  speech: 32,
  /** tell SOMEONE that, ask SOMEONE to */
  person: 64,
  /** seem GOOD, be READY */
  complement: 128,
} as const;

/** A form of a verb. */
export const Form = { base: 256, third: 512, past: 1024, participle: 2048, ing: 4096 } as const;

const GROUPS: readonly (readonly [number, string])[] = [
  [
    Frame.object,
    "make take give bring put hold keep build buy use include provide create produce develop require contain cover " +
      "destroy protect reduce cause address attract avoid complete conduct defend deliver describe discuss earn enable " +
      "encounter enforce enhance ensure establish examine exploit express face facilitate foster fund handle hire honor " +
      "host identify ignore impose introduce launch lack maintain manufacture mention obtain occupy operate oppose organize " +
      "overcome oversee possess present prevent process promote pursue raise receive recruit regulate reject release remove " +
      "replace represent resolve retain reveal satisfy secure select send serve share solve spend sponsor strengthen submit " +
      "support survey sustain target tackle threaten undermine undertake upgrade utilize validate view violate visit win " +
      "install configure define implement modify generate invoke override specify execute publish display edit update " +
      "delete upload download fix merge maintain track integrate commit deploy migrate convert extend enable disable " +
      "accompany accuse acquire adopt afford analyze appoint approve arrest assess assist attack award ban block break " +
      "capture carry celebrate challenge choose combat compare confront construct consume convict crush damage defeat detain " +
      "detect display distribute draft elect eliminate employ enact endorse engage enjoy evaluate exceed execute expand " +
      "expose extract feature finance flood gather greet guarantee harm hit impact inflict injure inspire invade invest " +
      "isolate issue join kidnap kill lead lift lose mark meet monitor murder name nominate outline own pass pay perform " +
      "preserve prosecute punish purchase reach rebuild recover reflect repair repeal rescue review ruin sanction scare " +
      "seize sell sentence shape shut sign steal strike surround suspend teach transform treat trigger unveil veto welcome " +
      "wear withdraw witness",
  ],
  [
    Frame.object | Frame.person,
    "allow urge force enable encourage permit persuade invite instruct compel oblige remind inform convince assure notify advise " +
      "tell teach direct authorize empower motivate help cause order warn lead invite",
  ],
  [
    Frame.alone,
    "arrive happen occur exist emerge die fall rise sleep come go appear disappear stand sit live work wait travel talk " +
      "walk run laugh smile cry vanish collapse expire flow grow increase decrease decline continue last lie listen look " +
      "march move participate proceed range rain react rest result retire return succeed fail suffer swim vote weigh " +
      "begin start end stop change open close act apply differ belong compete consist cooperate depend deal focus " +
      "rely refer respond interact react vary stem resign protest compile evolve function",
  ],
  [
    Frame.that | Frame.speech,
    "say claim report state announce argue add note explain write warn insist allege assert confirm deny declare admit " +
      "acknowledge reveal suggest conclude testify recall remark observe reply respond comment tweet maintain mention " +
      "predict promise confess complain contend emphasize stress joke lament vow urge repeat quip speculate boast",
  ],
  [Frame.that | Frame.speech | Frame.person | Frame.object, "tell inform remind assure notify"],
  [
    Frame.that,
    "believe think know hope feel find show indicate mean prove realize understand suppose assume expect ensure see " +
      "hear learn decide demand propose recommend request require agree fear guess imagine wish doubt demonstrate discover " +
      "determine imply estimate recognize remember forget consider anticipate notice worry care check verify illustrate",
  ],
  [
    Frame.infinitive,
    "attempt try want need plan hope expect intend seek agree decide refuse fail manage help continue begin start like love " +
      "prefer promise offer learn choose tend wish aim appear seem prepare threaten vow volunteer struggle strive hesitate " +
      "happen pretend proceed afford deserve demand claim ask swear opt pledge dare fight work move rush wait pay",
  ],
  [
    Frame.gerund,
    "avoid enjoy consider keep stop start begin finish suggest recommend deny risk involve mind miss practice quit resist " +
      "continue try like love hate prefer admit imagine mention postpone justify",
  ],
  [Frame.complement, "be become seem remain appear feel look sound stay prove turn get grow keep"],
  [Frame.person | Frame.that | Frame.infinitive | Frame.speech, "ask"],
  [
    Frame.object | Frame.alone,
    "do have get call set read play turn pay leave let ask follow help try wait watch write",
  ],
];

/** base, past, participle if irregular. */
const IRREGULAR =
  "make made made|take took taken|give gave given|bring brought brought|put put put|hold held held|keep kept kept|build built built|" +
  "buy bought bought|send sent sent|spend spent spent|win won won|oversee oversaw overseen|undertake undertook undertaken|" +
  "overcome overcame overcome|break broke broken|choose chose chosen|hit hit hit|lead led led|lose lost lost|meet met met|" +
  "pay paid paid|sell sold sold|shut shut shut|steal stole stolen|strike struck struck|teach taught taught|wear wore worn|" +
  "withdraw withdrew withdrawn|tell told told|fall fell fallen|rise rose risen|sleep slept slept|come came come|go went gone|" +
  "stand stood stood|sit sat sat|run ran run|grow grew grown|lie lay lain|swim swam swum|begin began begun|say said said|" +
  "write wrote written|believe believed believed|think thought thought|know knew known|feel felt felt|find found found|" +
  "show showed shown|mean meant meant|understand understood understood|see saw seen|hear heard heard|learn learned learned|" +
  "forget forgot forgotten|seek sought sought|swear swore sworn|fight fought fought|quit quit quit|become became become|" +
  "be was been|get got gotten|do did done|have had had|set set set|read read read|leave left left|let let let|override overrode overridden|" +
  "rebuild rebuilt rebuilt|commit committed committed|occur occurred occurred|stop stopped stopped|plan planned planned|" +
  "refer referred referred|submit submitted submitted|permit permitted permitted|compel compelled compelled|prefer preferred preferred|" +
  "admit admitted admitted|ban banned banned|regret regretted regretted|opt opted opted|repeal repealed repealed|" +
  "kidnap kidnapped kidnapped|stem stemmed stemmed|equip equipped equipped|quip quipped quipped|fix fixed fixed|" +
  "relax relaxed relaxed|tax taxed taxed|drive drove driven|speak spoke spoken|eat ate eaten|draw drew drawn|cut cut cut|" +
  "throw threw thrown|fly flew flown|catch caught caught|deal dealt dealt|feed fed fed|hide hid hidden|" +
  "arise arose arisen|bear bore borne|bind bound bound|shoot shot shot|sing sang sung|sink sank sunk|spread spread spread|" +
  "split split split|cost cost cost|hurt hurt hurt|cast cast cast|forecast forecast forecast|broadcast broadcast broadcast|" +
  "drop dropped dropped|ship shipped shipped|step stepped stepped|grab grabbed grabbed|tap tapped tapped|map mapped mapped|" +
  "wrap wrapped wrapped|slip slipped slipped|transfer transferred transferred|visit visited visited|edit edited edited";

const forms = new Map<string, number>();

function addForm(word: string, bits: number): void {
  forms.set(word, (forms.get(word) ?? 0) | bits);
}

function inflect(base: string, frames: number, irregular: readonly string[] | undefined): void {
  const endsInE = base.endsWith("e");
  const consonantY = /[^aeiou]y$/.test(base);
  const sibilant = /(?:s|x|z|ch|sh|o)$/.test(base);
  const stem = endsInE && !base.endsWith("ee") ? base.slice(0, -1) : base;
  addForm(base, frames | Form.base);
  addForm(
    consonantY ? `${base.slice(0, -1)}ies` : base + (sibilant ? "es" : "s"),
    frames | Form.third,
  );
  const [, past, participle] = irregular ?? [];
  const regular = consonantY ? `${base.slice(0, -1)}ied` : endsInE ? `${base}d` : `${base}ed`;
  addForm(past ?? regular, frames | Form.past);
  addForm(participle ?? regular, frames | Form.participle);
  // A consonant that doubles in the past doubles here too.
  const doubled = /([bgmnprt])\1ed$/.exec(past ?? "")?.[1];
  const ing =
    doubled !== undefined ||
    /^(?:put|get|set|cut|run|win|hit|shut|sit|swim|begin|let|quit|split|forget)$/.test(base)
      ? `${base}${base.slice(-1)}ing`
      : base === "lie" || base === "die"
        ? `${base.slice(0, -2)}ying`
        : `${base === "be" ? "be" : stem}ing`;
  addForm(ing, frames | Form.ing);
}

const irregulars = new Map(
  IRREGULAR.split("|").map((entry) => {
    const parts = entry.split(" ");
    return [parts[0] ?? "", parts] as const;
  }),
);

const frames = new Map<string, number>();
for (const [bits, list] of GROUPS)
  for (const verb of list.split(" ")) frames.set(verb, (frames.get(verb) ?? 0) | bits);
for (const verb of irregulars.keys()) if (!frames.has(verb)) frames.set(verb, 0);
for (const [verb, bits] of frames) inflect(verb, bits, irregulars.get(verb));
for (const [word, form] of [
  ["is", Form.third],
  ["are", Form.third],
  ["am", Form.third],
  ["were", Form.past],
  ["has", Form.third],
  ["does", Form.third],
  ["goes", Form.third],
  ["tries", Form.third],
] as const)
  addForm(word, form | (Frame.complement * Number(["is", "are", "am", "were"].includes(word))));

/** What a form of a verb takes (`Frame`) and which form it is (`Form`), as bits; 0 for a word, in lower case, that the lexicon lacks. */
export function verbBits(lower: string): number {
  return forms.get(lower) ?? 0;
}

/** Nouns that an infinitive follows: an attempt TO DO. */
export const INFINITIVE_NOUNS: ReadonlySet<string> = new Set(
  "attempt attempts effort efforts plan plans decision ability right way chance opportunity need desire intention refusal promise failure willingness reason time permission order".split(
    " ",
  ),
);
