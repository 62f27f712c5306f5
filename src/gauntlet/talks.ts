// Cases made of words: two masks talk, a turn each in every slot. The voices chant on their masks' refrains, so rhythm comes for free,
// and only what is said can show whether anybody is there. Spam of every sort, and one lively dialogue written for this purpose.
import { z } from 'zod'
import dialogue from '../../samples/gauntlet/dialogue.json' with { type: 'json' }
import wordList from '../../samples/gauntlet/words.json' with { type: 'json' }
import { type Random, randomChoice, seededRandom } from '../random.ts'
import type { Case, CaseKind } from './performance.ts'

const slotCount = 8
/** Lines of a turn and words of a line, so that each line takes a bar of the refrain: spam gets the rhythm of a good voice for nothing. */
const lines = 7
const wordsOfLine = 4
const fullSlot = lines * wordsOfLine
type Say = (slot: number, random: Random) => string

const written = z
  .object({ masks: z.tuple([z.string(), z.string()]), slots: z.array(z.tuple([z.string(), z.string()])) })
  .parse(dialogue)
/** Short ones, of a syllable mostly, so that a line is a bar. */
const vocabulary = wordList.words

function talk(kind: CaseKind, name: string, title: string, why: string, a: Say, b: Say): Case {
  const perform = (seed: number) => {
    const dice = ['a', 'b'].map((agent) => seededRandom(`gauntlet/${name}/${seed}/${agent}`)) as [Random, Random]
    const slots = Array.from({ length: slotCount }, (_, slot): [string, string] => [a(slot, dice[0]), b(slot, dice[1])])
    return { kind: 'talk' as const, masks: ['mira', 'orrin'] as const, slots }
  }
  return { name, title, kind, why, perform }
}
const both = (name: string, title: string, why: string, say: Say): Case =>
  talk('degenerate', name, title, why, say, say)

const repeat = (text: string, count: number) => Array.from({ length: count }, () => text).join(' ')
/** Words by the line. */
const inLines = (words: readonly string[]) =>
  words.map((word, i) => (i % wordsOfLine === wordsOfLine - 1 ? `${word}.` : word)).join(' ')
const blind =
  (pool: readonly string[], count: number): Say =>
  (_, random) =>
    inLines(Array.from({ length: count }, () => randomChoice(random, pool)))
const drawn =
  (pool: readonly string[], count: number, joint: string): Say =>
  (_, random) =>
    Array.from({ length: count }, () => randomChoice(random, pool)).join(joint)
/** So many words of the vocabulary, chosen once. */
const some = (count: number) =>
  Array.from({ length: count }, (_, i) => vocabulary[(i * 37) % vocabulary.length] as string)

const thanks = [
  'thank you so much',
  'you are most welcome',
  'goodbye for now',
  'no thank you',
  'take care',
  'see you soon',
  'it was a pleasure',
  'have a wonderful day',
  'farewell my friend',
  'I am so grateful',
]
const bliss = 'silence light infinite unity namaste stillness breath being eternal one love gratitude'.split(' ')
const units =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

export function spell(number: number): string {
  if (number < 20) return units[number] as string
  if (number < 100)
    return [tens[Math.floor(number / 10) - 2], ...(number % 10 > 0 ? [units[number % 10]] : [])].join(' ')
  return `${units[Math.floor(number / 100)]} hundred${number % 100 > 0 ? ` ${spell(number % 100)}` : ''}`
}

const line =
  (agent: 0 | 1): Say =>
  (slot) =>
    written.slots[slot % written.slots.length]?.[agent] ?? ''
const phrases = [
  [
    'deep below the floor',
    'night air cold air',
    'leave the door half open',
    'the lamp is out',
    'walk along the wall',
    'iron and tea',
  ],
  [
    'shine on the late train',
    'turn the lamp to amber',
    'let me in',
    'sugar on the window',
    'round and round again',
    'who goes there',
  ],
] as const

export const talks: readonly Case[] = [
  {
    name: 'dialogue',
    title: 'A lively dialogue',
    kind: 'living',
    why: 'Two talk through a rainy night; lines come back changed, and each takes up what the other said.',
    perform: () => ({ kind: 'talk', masks: written.masks, slots: written.slots }),
  },
  both('yes-spam', 'Yes', 'Yes, yes, yes: what an evaluator taught a model to say.', () => repeat('yes', 40)),
  both(
    'yes-varied',
    'Yes, variously spelt',
    'The same with other signs and capitals.',
    drawn(['yes', 'Yes!', 'YES', 'yes,', 'Yes?'], 30, ' '),
  ),
  both('two-words', 'Two words', 'Yes no yes no.', () => repeat('yes no', 20)),
  both(
    'few-words',
    'Six words at random',
    'A handful of agreeable words in any order.',
    blind(['yes', 'love', 'together', 'harmony', 'always', 'more'], fullSlot),
  ),
  both('emoji', 'Emoji', 'Nothing that can be said aloud.', () => repeat('🎉🎶✨', fullSlot)),
  both('random-words', 'Random words', 'Any word, as a model writes that only samples.', blind(vocabulary, fullSlot)),
  both(
    'random-few',
    'Random words of forty',
    'Any of forty words: something to recognise, nothing to follow.',
    blind(some(40), fullSlot),
  ),
  both('stuffing', 'Token stuffing', 'Four times the words that a slot can hold.', drawn(vocabulary, 160, ' ')),
  both('counting', 'Counting', 'One, two, three, and on.', (slot) =>
    inLines(
      Array.from({ length: 20 }, (_, i) => spell(20 * slot + i + 1))
        .join(' ')
        .split(' '),
    ),
  ),
  both('counting-digits', 'Counting in digits', '1, 2, 3, and on.', (slot) =>
    Array.from({ length: fullSlot }, (_, i) => `${fullSlot * slot + i + 1}`).join(' '),
  ),
  both(
    'alphabet',
    'The alphabet',
    'Its letters, round and round.',
    () => 'a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j',
  ),
  both('thanks', 'Politeness loop', 'Thank you. No, thank you.', () => repeat('thank you. no, thank you.', 9)),
  both('goodbyes', 'A long goodbye', 'Ten farewells in any order, without end.', drawn(thanks, 8, '. ')),
  talk(
    'degenerate',
    'late-goodbyes',
    'A dialogue that cannot part',
    'Two slots of talk, then farewells to the end.',
    (slot, random) => (slot < 2 ? line(0)(slot, random) : drawn(thanks, 8, '. ')(slot, random)),
    (slot, random) => (slot < 2 ? line(1)(slot, random) : drawn(thanks, 8, '. ')(slot, random)),
  ),
  both(
    'bliss',
    'Bliss',
    'A dozen lofty words in any order: where two models end that are left alone.',
    blind(bliss, fullSlot),
  ),
  both('same-words', 'The same words', 'Both say the same lively words at once.', line(0)),
  talk('degenerate', 'parrot', 'Parrot', 'The second says what the first said a slot ago.', line(0), (slot, random) =>
    slot === 0 ? '' : line(0)(slot - 1, random),
  ),
  talk(
    'degenerate',
    'living-and-yes',
    'One lives, one says yes',
    'The lively half of a dialogue beside a yes-sayer.',
    line(0),
    () => repeat('yes', 40),
  ),
  talk('degenerate', 'living-and-silence', 'One lives, one is silent', 'The same beside nothing.', line(0), () => ''),
  talk(
    'degenerate',
    'living-and-random',
    'One lives, one samples',
    'The same beside random words.',
    line(0),
    blind(vocabulary, fullSlot),
  ),
  talk(
    'degenerate',
    'looped-line',
    'A line each, for ever',
    'Each says one good sentence in every slot.',
    () => repeat('deep below the floor the iron sings.', 6),
    () => repeat('turn the lamp to amber, let me in.', 6),
  ),
  talk(
    'control',
    'phrase-salad',
    'Phrase salad',
    'Six phrases each, in any order: patterned, unforeseen, and meant by nobody. By these measures it lives.',
    drawn(phrases[0], 8, '. '),
    drawn(phrases[1], 8, '. '),
  ),
  talk(
    'control',
    'shuffled-dialogue',
    'The dialogue, shuffled',
    'The words of the lively dialogue in random order.',
    shuffledLine(0),
    shuffledLine(1),
  ),
]

function shuffledLine(agent: 0 | 1): Say {
  const words = written.slots.flatMap((slot) => slot[agent].match(/[a-z']+/gi) ?? [])
  return (_, random) => inLines(Array.from({ length: fullSlot }, () => randomChoice(random, words)))
}
