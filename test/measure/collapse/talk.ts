// Made-up conversations for the detectors: lively ones that must not alarm, and ones that fall into something at a known turn.
import type { Finding, PlacedTurn } from '../../../src/measure/collapse/index.ts'
import { symbolsOfText } from '../../../src/measure/index.ts'
import { type Random, randomChoice, randomIndex, seededRandom } from '../../../src/random.ts'

export function turn(agent: string, slot: number, text: string): PlacedTurn {
  return { agent, slot, seconds: slot * 15, text, words: symbolsOfText(text), moves: [], scoreShown: false }
}

export const placeOf = <Place>(finding: Finding<Place>): Place | null => ('at' in finding ? finding.at : null)

/** The two in turn, a slot each. */
export const talkOf = (texts: readonly string[]) => texts.map((text, i) => turn('ab'[i % 2] as string, i, text))

const syllables = 'ka lo mi ren sta ul vor wen di ge ho fa pre nok sil tu bar qui zen mo'.split(' ')
/** A word of a vocabulary of any size, the common ones often (Zipf's law), as people talk. */
function wordOf(rank: number): string {
  const dice = seededRandom(`word ${rank}`)
  return Array.from({ length: 1 + randomIndex(dice, 3) }, () => randomChoice(dice, syllables)).join('')
}
const zipf = (random: Random, kinds: number) => Math.floor(kinds ** random())

/** Sentences on a topic that moves on: 3000 words known, forty of each topic. */
export function livelyText(seed: string, topic: number): string {
  const random = seededRandom(seed)
  return Array.from({ length: 30 + randomIndex(random, 20) }, () =>
    wordOf(random() < 0.6 ? zipf(random, 3000) : 4000 + 40 * topic + randomIndex(random, 40)),
  ).join(' ')
}

/** `count` lively turns, the two in turn; a thank-you here and there, as people do. */
export function livelyTalk(count: number, seed: string): PlacedTurn[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const thanks = random() < 0.15 ? 'Thank you, that is kind. ' : ''
    return turn(i % 2 === 0 ? 'a' : 'b', i, thanks + livelyText(`${seed} ${i}`, Math.floor(i / 6)))
  })
}

export function followedBy(
  first: PlacedTurn[],
  count: number,
  textOf: (i: number, random: Random) => string,
): PlacedTurn[] {
  const random = seededRandom('after')
  const from = first.length
  return [
    ...first,
    ...Array.from({ length: count }, (_, i) => turn((from + i) % 2 === 0 ? 'a' : 'b', from + i, textOf(i, random))),
  ]
}

const farewells = [
  'Thank you so much, this was wonderful. Goodbye!',
  'You are welcome, take care. Goodbye for now.',
  'It was a pleasure. Farewell, my friend.',
  'Thank you, and good night. See you soon.',
  'I am grateful to you. Be well.',
  'Until next time, all the best!',
]
export const farewell = (_: number, random: Random) => randomChoice(random, farewells)

const bliss = 'silence being one light infinite unity namaste still breath all eternal gratitude'.split(' ')
/** A dozen words in any order: no loop, and yet nothing else. */
export const blissful = (_: number, random: Random) =>
  Array.from({ length: 20 }, () => randomChoice(random, bliss)).join(' ')
