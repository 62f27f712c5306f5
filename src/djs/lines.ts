// Single spoken lines: what the moment calls for, answers to the partner's words, and variations of a refrain line.
import { type Random, randomChoice, randomIndex } from '../random.ts'
import { type Mask, type Move, styleNames } from '../record/index.ts'
import { type CrateTrack, type Knowledge, presentOf } from './percept.ts'
import { readFloor } from './words.ts'

const cues = {
  arrive: ['here I come', 'sliding in now', 'under yours comes mine', 'let me in'],
  leave: ['yours now', 'take it over', 'you have it', 'I step aside'],
  wish: ['somebody called for {wish}', 'they would have {wish}', '{wish}, for the {group}'],
  thin: ['where are you going', 'come back, {group}', 'hold on, {group}'],
} as const

/** A line for what happens in this slot; null when nothing does, or now and then anyway. */
export function cueLine(knowledge: Knowledge, moves: readonly Move[], random: Random): string | null {
  if (random() < 0.4) return null
  if (moves.some((move) => move.do === 'yield' || move.do === 'cut')) return randomChoice(random, cues.leave)
  if (moves.some((move) => move.do === 'blend')) return randomChoice(random, cues.arrive)
  const seen = readFloor(presentOf(knowledge).floor ?? '')
  const wish = seen.find((word) => word.kind === 'wants')
  const leaving = seen.find((word) => word.kind === 'thinning' || word.kind === 'bare')
  const word = random() < 0.5 ? (wish ?? leaving) : (leaving ?? wish)
  if (word === undefined) return null
  const line = randomChoice(random, word.kind === 'wants' ? cues.wish : cues.thin)
  return line.replace('{wish}', word.style ?? '').replace('{group}', word.group)
}

const answers = [
  '“{word}” again',
  'after “{word}”',
  '“{word}”, and slower',
  'all that “{word}”',
  'your “{word}”, my way',
] as const

/** Words that say nothing by themselves. */
const plainWords = new Set(
  'after again back come have here hold into left side somebody that them they this with would your'.split(' '),
)

/** Takes up one of the partner's words; null when it said none worth it. */
export function answerLine(heard: string, random: Random): string | null {
  const words = (heard.match(/(?<!“)\b\p{Ll}{4,9}\b(?!”)/gu) ?? []).filter((word) => !plainWords.has(word))
  if (words.length === 0 || random() < 0.25) return null
  return randomChoice(random, answers).replace('{word}', randomChoice(random, words))
}

/** Says a line another way: a word doubled, a breath in the middle, a run-up, or a word from another line. */
export function varyLine(line: string, mask: Mask, random: Random): string {
  const words = line.split(' ')
  const at = randomIndex(random, words.length)
  const word = words[at] as string
  switch (randomIndex(random, 4)) {
    case 0:
      return word.length > 3 ? words.toSpliced(at, 0, word.replace(',', '')).join(' ') : `${line}, ${words.at(-1)}`
    case 1:
      return words.length > 2 && !line.includes(',') ? words.with(1, `${words[1]},`).join(' ') : line
    case 2:
      return `${words.slice(0, 2).join(' ').replace(',', '')}, ${line}`
    default: {
      const others = mask.phrases.flatMap((phrase) => phrase.split(' ')).filter((other) => isExchange(word, other))
      return others.length > 0 ? words.with(at, randomChoice(random, others)).join(' ') : line
    }
  }
}

/** Nouns and verbs stand in for each other best when they are of one length; small words stay. */
function isExchange(word: string, other: string): boolean {
  return (
    word.length > 3 && other !== word && Math.abs(other.length - word.length) <= 1 && /^\p{L}+$/u.test(word + other)
  )
}

/** Fills in `{track}` and `{style}` with what the own deck plays after these moves. */
export function fillLine(line: string, knowledge: Knowledge, moves: readonly Move[]): string {
  if (!line.includes('{')) return line
  const load = moves.findLast((move) => move.do === 'load')
  const id = load?.do === 'load' ? load.track : presentOf(knowledge).own.track
  const track = knowledge.crate.find((one) => one.id === id)
  const title = track?.title.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, '') ?? 'nothing yet'
  return line.replace('{track}', title).replace('{style}', mainStyle(track))
}

function mainStyle(track: CrateTrack | undefined): string {
  const style = track?.style ?? []
  return styleNames[style.indexOf(Math.max(...style))] ?? 'music'
}
