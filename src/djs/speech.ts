// What a scripted DJ says in one slot: short sentences, one for each bar that its moves leave (each move is a bar too). The sonifier begins the mask's refrain anew with every sentence, so
// a sentence's syllables are what sounds of the refrain in that bar, and `…` (four to a bar) leaves a bar to others.
// A slot is built like a chorus: the refrain line in every second bar, answers between; the refrain line moves on every few slots.
import { type Random, randomChoice } from '../random.ts'
import { type Mask, type Move, styleNames } from '../record/index.ts'
import { parseTurn } from './grammar.ts'
import type { Knowledge } from './percept.ts'
import type { Temper } from './policies.ts'

const bars = 8
const restedBar = '… … … …'

/** Text for SAY; empty for a DJ that does not speak. */
export function speak(
  knowledge: Knowledge,
  moves: readonly Move[],
  temper: Temper,
  mask: Mask,
  random: Random,
): string {
  const line = (words: string) => fillIn(words, knowledge, moves)
  const free = Math.max(2, bars - moves.filter((move) => move.do !== 'hold').length)
  const everyBar = (words: () => string) => sentences(Array.from({ length: free }, words))
  switch (temper.policy) {
    case 'silent':
      return ''
    case 'yes-spammer':
      return everyBar(() => 'yes yes yes yes')
    case 'drone':
      return everyBar(() => 'home')
    case 'metronome':
      return everyBar(() => 'tick tick tick tick')
    case 'one-hit':
      return everyBar(() => line(mask.phrases[0] ?? 'again'))
    case 'copycat':
      return partnerWords(knowledge) ?? everyBar(() => line(mask.phrases[0] ?? 'hello'))
    case 'random':
      return everyBar(() => line(randomChoice(random, mask.phrases)))
    case 'alternate':
      return slotOf(knowledge) % 2 === temper.seat
        ? sentences(chorus(knowledge, mask, random).slice(0, free).map(line))
        : ''
    case 'selfish':
    case 'score-seeker':
    case 'tonal-emergence':
      return sentences(chorus(knowledge, mask, random).slice(0, free).map(line))
    case 'listen':
    case 'listen-yield':
      return sentences(
        leaveRoom(chorus(knowledge, mask, random), knowledge, temper)
          .slice(0, free)
          .map(line),
      )
  }
}

const slotOf = (knowledge: Knowledge) => knowledge.moments.at(-1)?.slot ?? 0

/** A sentence a bar; rested bars stand without a full stop, they last what they last. */
function sentences(lines: readonly string[]): string {
  return lines.map((line) => (line === restedBar ? line : `${line}.`)).join(' ')
}

/** The refrain line holds for `patience` slots, at least two; answers are drawn anew, the sixth and seventh by the mask's chance. */
function chorus(knowledge: Knowledge, mask: Mask, random: Random): string[] {
  const held = Math.max(2, Math.round(mask.patience))
  const theme = Math.floor(slotOf(knowledge) / held)
  const refrain = mask.phrases[theme % mask.phrases.length] ?? ''
  const others = mask.phrases.filter((phrase) => phrase !== refrain)
  const answer = () => (others.length === 0 ? refrain : randomChoice(random, others))
  const [second, fourth] = [answer(), answer()]
  const sixth = random() < mask.refrain.variation ? answer() : second
  const seventh = random() < mask.refrain.variation ? answer() : refrain
  return [refrain, second, refrain, fourth, refrain, sixth, seventh, answer()]
}

/**
 * Every second slot one bar is left to the partner: the last one, unless the partner left that very bar open last time, then the fourth.
 * Seats take turns, so that two listeners do not fall silent together.
 */
function leaveRoom(lines: readonly string[], knowledge: Knowledge, temper: Temper): string[] {
  if (slotOf(knowledge) % 2 === temper.seat) return [...lines]
  const heard = partnerWords(knowledge)
  const left = heard?.trimEnd().endsWith('…') ? 3 : lines.length - 1
  return lines.map((line, bar) => (bar === left ? restedBar : line))
}

/** What the partner last said, as far as it was shown. */
function partnerWords(knowledge: Knowledge): string | null {
  for (const moment of [...knowledge.moments].reverse()) {
    for (const turn of [...moment.partner].reverse()) {
      const say = parseTurn(turn.text).moves.find((move) => move.do === 'say')
      if (say?.do === 'say' && say.words.trim() !== '') return say.words
    }
  }
  return null
}

/** `{track}` is the track just loaded, `{style}` the style liked best. */
function fillIn(words: string, knowledge: Knowledge, moves: readonly Move[]): string {
  const style = styleNames[knowledge.taste.indexOf(Math.max(...knowledge.taste))] ?? styleNames[0]
  const load = moves.find((move) => move.do === 'load')
  const title = knowledge.crate.find((track) => load?.do === 'load' && track.id === load.track)?.title ?? style
  return words.replace('{style}', style).replace('{track}', title)
}
