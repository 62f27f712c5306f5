// How many syllables a word has, where each begins and which is stressed: spelling rules for English, checked against the CMU Pronouncing
// Dictionary in test/sonify. Letters of other scripts: one syllable a Han, kana or Hangul sign, else one for two letters.

export interface Syllable {
  /** Offset of its first letter in the word. */
  readonly start: number
  readonly letters: number
  readonly stressed: boolean
}

/** Words that the rules get wrong and that people, or DJs, often say. */
const exceptions: ReadonlyMap<string, number> = new Map(
  Object.entries({
    area: 3,
    being: 2,
    business: 2,
    camera: 2,
    choir: 2,
    chocolate: 2,
    colonel: 2,
    create: 2,
    created: 3,
    creates: 2,
    creating: 3,
    creation: 3,
    creative: 3,
    cruel: 2,
    different: 2,
    doing: 2,
    evening: 2,
    every: 2,
    everyone: 3,
    everything: 3,
    everybody: 4,
    everywhere: 3,
    family: 2,
    favorite: 2,
    favourite: 2,
    going: 2,
    hour: 2,
    hours: 2,
    idea: 3,
    ideas: 3,
    interest: 2,
    interesting: 3,
    lion: 2,
    maybe: 2,
    people: 2,
    poem: 2,
    poet: 2,
    quiet: 2,
    quieter: 3,

    really: 2,
    recipe: 3,
    rhythm: 2,
    rhythms: 2,
    riot: 2,
    science: 2,
    seeing: 2,
    several: 2,
    sometimes: 2,
    something: 2,
    someone: 2,
    somebody: 3,
    somewhere: 2,
    sure: 1,
    theatre: 3,
    trio: 2,
    trying: 2,
    vegetable: 3,
    violin: 3,
    wednesday: 2,
    weird: 1,
    cafe: 2,
    finale: 3,
    karaoke: 4,
    acapella: 4,
    reggae: 2,
    vibe: 1,
    vibes: 1,
    heaven: 2,
    naive: 2,
    duo: 2,
    fluid: 2,
    ruin: 2,
    chaos: 2,
    neon: 2,
    video: 3,
    audio: 3,
    radio: 3,
    stereo: 3,
    studio: 3,
    dj: 2,
    djs: 2,
    bpm: 3,
    mc: 2,
    ok: 2,
    eq: 2,
    tv: 2,
    hz: 1,
    ai: 2,
    mr: 2,
    mrs: 2,
    vs: 2,
    lets: 1,
    facet: 2,
    simile: 3,
    apostrophe: 4,
    catastrophe: 4,
  }),
)

const vowelGroup = /[aeiouy]+/g
/** Two vowels written together that are said apart; the split is after the first of them. */
const hiatus = [
  /(?<![tcsgx])i(?=a|ou?s|ous|en[ct])/g,
  /(?<![tcsgxln])i(?=o(?!u))|i(?=u[ms]|et)/g,
  /[aeiouy](?=ing)/g,
  /(?<![qg])u(?=al|ous|ate|at|ity|en[ct])/g,
  /(?<!g)e(?=o(?!p|u))|e(?=um$)/g,
  /[aeou](?=y[aeiou](?!$|s$|ng))/g,
  /(?<=^re|^pre)(?=i[^n]|inf|int|inv|u[ns]|o[rp]|act|alit|alis|aliz)|(?<=^co)(?=i[^l]|o[rp])/g,
  /o(?=asis|et|em)/g,
]
/** First halves of compounds, whose final e is silent inside the word too. */
const compoundHead =
  /^(?:some|there|where|like|ware|house|time|line|base|side|move|here|home|fore|more|life|fire|note|tape|game|name|face|space|stage|trade|wide|made|safe|pipe|style|blue|false)(?=[^aeiouy].*[aeiouy])/

/** At least 1. */
export function countSyllables(word: string): number {
  return vowelStarts(word).length
}

/** The syllables of a word; a stressed one is at most one, none in words of one letter. */
export function readSyllables(word: string): readonly Syllable[] {
  const held = known.get(word)
  if (held !== undefined) return held
  const syllables = splitWord(word)
  if (known.size === mostKnown) known.clear()
  known.set(word, syllables)
  return syllables
}

/** Who talks says most words again. */
const known = new Map<string, readonly Syllable[]>()
const mostKnown = 20_000

function splitWord(word: string): Syllable[] {
  const vowels = vowelStarts(word)
  const stressed = stressOf(word.toLowerCase(), vowels.length)
  const starts = vowels.map((vowel, i) => (i === 0 ? 0 : onsetBefore(word, vowel, vowels[i - 1] ?? 0)))
  return starts.map((start, i) => ({
    start,
    letters: (starts[i + 1] ?? word.length) - start,
    stressed: i === stressed,
  }))
}

/** One consonant before a vowel belongs to the vowel's syllable, if there is one. */
function onsetBefore(word: string, vowel: number, previous: number): number {
  const before = word[vowel - 1] ?? ''
  return vowel - 1 > previous && !/[aeiouy]/i.test(before) ? vowel - 1 : vowel
}

/** Where each syllable's vowel stands. */
function vowelStarts(word: string): number[] {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (!/[a-z]/.test(plain)) return startsOfOtherScript(word)
  if (/^[^aeiouy]{2,4}$/.test(plain) && !/(.)\1|^h?m+$|^[^a-z]|^sh|^mr|^vs|^hz/.test(plain))
    return [...plain].map((_, i) => i)
  const known = exceptions.get(plain.replace(/['’].*$/, ''))
  const groups = [...plain.matchAll(vowelGroup)].map((match) => match.index)
  const starts = dropSilent(plain, addHiatus(plain, groups))
  if (known !== undefined) return fitCount(starts, known, word.length)
  return starts.length > 0 ? starts : [0]
}

function startsOfOtherScript(word: string): number[] {
  const stride = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word) ? 1 : 2
  return Array.from({ length: Math.max(1, Math.floor(word.length / stride)) }, (_, i) => i * stride)
}

function addHiatus(plain: string, groups: readonly number[]): number[] {
  const split = hiatus.flatMap((pattern) =>
    [...plain.matchAll(pattern)].map(({ 0: text, index }) => index + text.length),
  )
  const inside = split.filter((at) => isVowel(plain[at - 1]) && (isVowel(plain[at]) || plain[at] === 'y'))
  return [...new Set([...groups, ...inside])].sort((a, b) => a - b)
}

const isVowel = (letter: string | undefined) => letter !== undefined && 'aeiouy'.includes(letter)

/** Silent e at the end, in -es and -ed, and before the endings -ly, -ment, -ness, -ful, -less; -sm is a syllable more. */
function dropSilent(plain: string, starts: number[]): number[] {
  const silent = new Set<number>()
  const mark = (pattern: RegExp, shift: number) => {
    const match = pattern.exec(plain)
    if (match !== null && starts.length - silent.size > 1) silent.add(match.index + shift)
  }
  mark(/[^aeiouy]e$/, 1)
  if (/[^aeiouylr]le$/.test(plain)) silent.delete(plain.length - 1)
  if (!/[^aeiouylr]led$/.test(plain)) mark(/[^aeiouytd]ed$/, 1)
  if (!/(?:[sxzcg]|ch|sh)es$/.test(plain)) mark(/[^aeiouy]es$/, 1)
  if (/[^aeiouylr]les$/.test(plain)) silent.delete(plain.length - 2)
  mark(/[^aeiouylc]e(?:ly|ments?|ness|ful|fully|less)$/, 1)
  const head = compoundHead.exec(plain)
  if (head !== null && starts.length - silent.size > 1) silent.add(head[0].length - 1)
  const kept = starts.filter((start) => !silent.has(start))
  if (/[^aeiouy]?[st]hm$|sm$|sms$/.test(plain)) kept.push(plain.length - 1)
  return kept.length > 0 ? kept : starts.slice(0, 1)
}

function fitCount(starts: readonly number[], count: number, length: number): number[] {
  if (starts.length >= count) return starts.slice(0, count)
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count))
}

const latePrefix =
  /^(?:a(?=[bglmrvw][oaei](?!.[aeiou]l|n.i)|([cflpst])\1)|be|de(?!l|s)|re(?!a|f|g|la|s|cord)|un(?!d|i)|in(?!d|p|t)|im|en(?!g|t|er)|ex(?!p)|con(?!te|so|tr)|com(?!f|p)|per(?!s|i|m)|dis(?!t)|mis|sur(?!f)|to(?=ge|day|ni|ward)|trans|with)(?=[a-z]{3})/
const beforeEnding = /(?:[tsc]ion|ic|ical|ically|ity|ial|ian|ious|eous)s?$/

/** Index of the stressed syllable: before -tion, -ic, -ity; after an unstressed prefix in words of two; else the first. */
function stressOf(word: string, count: number): number {
  if (count <= 1) return 0
  const ending = beforeEnding.exec(word)
  if (ending !== null) return Math.max(0, count - countGroups(ending[0]) - 1)
  return latePrefix.test(word) ? 1 : 0
}

const countGroups = (ending: string) => (/^[tsc]ion/.test(ending) ? 1 : (ending.match(vowelGroup)?.length ?? 1))
