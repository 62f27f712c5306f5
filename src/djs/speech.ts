// What a scripted DJ says in one slot. Its words are its voice: each syllable takes the next stroke of the mask's refrain, a sentence begins
// the refrain anew, a comma leaves a stroke out, `…` rests a beat (src/sonify). So a turn is laid out here in periods of the refrain ("bars"):
// lines that come back, a variation, an answer, and rests where a listener leaves room.
import { type Random, randomChoice, randomIndex, shuffled } from '../random.ts'
import type { Mask, Move } from '../record/index.ts'
import { formatMoves, parseTurn } from './grammar.ts'
import { answerLine, cueLine, fillLine, varyLine } from './lines.ts'
import { type Knowledge, presentOf } from './percept.ts'
import type { Temper } from './situation.ts'
import { countSyllables } from './syllables.ts'

/** Named dice: equal names give equal draws. */
export type Dice = (name: string) => Random

export interface Speaker {
  readonly temper: Temper
  readonly mask: Mask
  readonly dice: Dice
}

/** Text for SAY; empty for a DJ that has nothing to say. */
export function speak(knowledge: Knowledge, moves: readonly Move[], speaker: Speaker): string {
  const { mask, temper, dice } = speaker
  const { slot } = presentOf(knowledge)
  switch (temper.policy) {
    case 'silent':
      return ''
    case 'yes-spammer':
      return Array.from({ length: 40 }, () => 'yes').join(' ')
    case 'drone':
      return layBars(Array.from({ length: 7 }, () => ({ line: longestWord(mask) })))
    case 'metronome':
      return layBars(Array.from({ length: 7 }, () => ({ line: fillBar(mask, shortestWord(mask)) })))
    case 'copycat':
      return wordsOf(knowledge)
    case 'one-hit':
      return layBars(Array.from({ length: 6 }, (_, i) => ({ line: mask.phrases[i % 2] ?? '' })))
    case 'random':
      return layBars(randomBars(mask, dice(`${slot}`)))
    case 'alternate':
      return moves.some((move) => move.do === 'cut') || !soundsAfter(knowledge, moves)
        ? ''
        : sing(knowledge, moves, speaker, null)
    case 'listen':
    case 'listen-yield':
    case 'tonal-emergence':
      return sing(knowledge, moves, speaker, roomBeside(knowledge))
    case 'selfish':
    case 'score-seeker':
      return sing(knowledge, moves, speaker, null)
  }
}

/** One period of the refrain: a line, or null for a rest. */
interface Bar {
  readonly line: string | null
}

const stepsPerSlot = 128
/** Beats in a bar rest, as `…` signs; the sonifier goes on at the next period. */
const restSign = '…'

/** Lines become sentences, rests become signs; a rest at the end is silence anyway. */
function layBars(bars: readonly Bar[]): string {
  const spoken = bars.map(({ line }) => (line === null ? restSign.repeat(4) : `${line}.`))
  while (spoken.at(-1)?.startsWith(restSign)) spoken.pop()
  return spoken.join(' ')
}

/** Whether a bar is filled to its last stroke (bar 0 is the slot's first); else the line ends early and leaves the rest of the bar to the other. */
type Fill = (bar: number) => boolean

const everyBar: Fill = () => true

/**
 * Beside the partner's words of this slot, when they are known already: every bar in which it falls silent is filled, every second bar that it
 * fills is left open. Else (own turn is first) every fourth bar is left open. Who hears no partner at all leaves no room.
 */
function roomBeside(knowledge: Knowledge): Fill {
  const present = presentOf(knowledge)
  if (present.other === null) return everyBar
  const turn = present.partner.find(({ slot }) => slot === present.slot)
  if (turn === undefined) return (bar) => bar % 4 !== 3
  const taken = barsTaken(turn.text)
  return (bar) => !taken.has(bar) || bar % 2 === 1
}

/** Bars in which a turn speaks, as far as its text shows: a sentence a bar, two when it is long, and its rests. */
function barsTaken(text: string): Set<number> {
  const taken = new Set<number>()
  let bar = 0
  for (const [part] of text.matchAll(/…+|[^.;…]+/g)) {
    if (part.startsWith(restSign)) bar += Math.round(part.length / 4)
    else if (/\p{L}/u.test(part)) {
      const bars = Math.ceil(countSyllables(part) / typicalStrokes)
      for (let i = 0; i < bars; i++) taken.add(bar++)
    }
  }
  return taken
}

/** Strokes of a stranger's refrain, for a guess. */
const typicalStrokes = 6

/**
 * The refrain with improvisation: two lines that come back for some slots, varied now and then, and between them cues and answers.
 * `fill` null: a voice that heeds neither floor nor partner, and leaves no room.
 */
function sing(knowledge: Knowledge, moves: readonly Move[], { mask, dice }: Speaker, fill: Fill | null): string {
  const { slot } = presentOf(knowledge)
  const random = dice(`${slot}`)
  const [first, second] = refrainLines(mask, slot, dice)
  const vary = (line: string) => (random() < mask.refrain.variation ? varyLine(line, mask, random) : line)
  const between = () =>
    (fill === null ? null : (cueLine(knowledge, moves, random) ?? answerLine(wordsOf(knowledge), random))) ??
    freshLine(mask, random)
  const verse = [() => first, between, () => vary(first), () => vary(second), () => first, between, () => second]
  const strokes = strokesOf(mask)
  const end = Math.floor(stepsPerSlot / mask.refrain.pattern.length)
  const bars: Bar[] = []
  let bar = barsOfCommands(moves, strokes)
  for (let i = 0; bar < end; i++) {
    const line = fillLine((verse[i % verse.length] as () => string)(), knowledge, moves)
    // The word SAY takes a stroke of the first line.
    const taken = bars.length === 0 ? 1 : 0
    const clipped = clipLine(line, (end - bar) * strokes - taken)
    const said = fill === null || fill(bar) ? echoLine(clipped, strokes, taken) : clipped
    bar += barsOf(said, strokes)
    bars.push({ line: said })
  }
  return layBars(bars)
}

/** As many words as `most` strokes carry. */
function clipLine(line: string, most: number): string {
  const words = line.split(' ')
  while (words.length > 1 && strokesIn(words.join(' ')) > most) words.pop()
  return words.join(' ').replace(/,$/, '')
}

/** Lets the end of a line sound again until its last bar is full: "strings up and rolling and rolling". */
function echoLine(line: string, strokes: number, taken: number): string {
  const words = line.split(' ')
  const lengths = words.map((word) => countSyllables(word))
  let left = Math.ceil((strokesIn(line) + taken) / strokes) * strokes - strokesIn(line) - taken
  let echo = ''
  for (let from = words.length; left > 0; from = words.length) {
    let syllables = 0
    while (from > 0 && syllables + (lengths[from - 1] ?? 0) <= left) syllables += lengths[--from] ?? 0
    if (syllables === 0) break
    echo += ` ${words.slice(from).join(' ').replaceAll(',', '')}`
    left -= syllables
  }
  return line + echo
}

/** Slots after which one of the two refrain lines gives way to the next. */
const refrainSlots = 4

/** The mask's lines in an order of the agent's own; each serves first as the second line, then as the first. */
function refrainLines(mask: Mask, slot: number, dice: Dice): [string, string] {
  const plain = mask.phrases.filter((phrase) => !phrase.includes('{'))
  const order = shuffled(dice('refrain'), plain.length > 0 ? plain : mask.phrases)
  const turn = Math.floor(slot / refrainSlots)
  return [order[turn % order.length] ?? '', order[(turn + 1) % order.length] ?? '']
}

function freshLine(mask: Mask, random: Random): string {
  return randomChoice(random, mask.phrases)
}

function strokesOf(mask: Mask): number {
  return Math.max(1, mask.refrain.pattern.replaceAll('.', '').length)
}

/** A stroke a syllable, and one that each comma leaves out. */
function strokesIn(line: string): number {
  return countSyllables(line) + (line.match(/,/g)?.length ?? 0)
}

function barsOf(line: string, strokes: number): number {
  return Math.max(1, Math.ceil(strokesIn(line) / strokes))
}

/** Commands are voiced too, each clause from a new bar; SAY itself joins the first line. */
function barsOfCommands(moves: readonly Move[], strokes: number): number {
  const voiced = moves.filter((move) => move.do !== 'hold')
  return voiced.reduce((sum, move) => sum + barsOf(formatMoves([move]), strokes), 0)
}

/** The partner's latest words, as far as they were read. */
function wordsOf(knowledge: Knowledge): string {
  const said = presentOf(knowledge).partner.flatMap((turn) => parseTurn(turn.text).moves)
  const last = said.findLast((move) => move.do === 'say')
  return last?.do === 'say' ? last.words : ''
}

function soundsAfter(knowledge: Knowledge, moves: readonly Move[]): boolean {
  return presentOf(knowledge).own.level !== 'out' || moves.some((move) => move.do === 'play' || move.do === 'blend')
}

function allWords(mask: Mask): string[] {
  return mask.phrases.flatMap((phrase) => phrase.match(/(?<!\{)\b\p{L}+\b(?!\})/gu) ?? [])
}

function longestWord(mask: Mask): string {
  return allWords(mask).reduce((best, word) => (word.length > best.length ? word : best), '')
}

function shortestWord(mask: Mask): string {
  return allWords(mask).reduce((best, word) => (word.length > 3 && word.length < best.length ? word : best), 'again')
}

function fillBar(mask: Mask, word: string): string {
  return Array.from({ length: strokesOf(mask) }, () => word).join(' ')
}

function randomBars(mask: Mask, random: Random): Bar[] {
  const words = allWords(mask)
  const line = () => Array.from({ length: 2 + randomIndex(random, 4) }, () => randomChoice(random, words)).join(' ')
  return Array.from({ length: 6 }, () => ({ line: random() < 0.2 ? null : line() }))
}
