// The tables of docs/measures/interlock.md, computed. `npx tsx test/measure/rhythm/figures.ts` prints them; figures.test.ts compares.
import { pathToFileURL } from 'node:url'
import { measureInterlock, measurePatternSurvival } from '../../../src/measure/index.ts'
import {
  cascara,
  hocketA,
  hocketB,
  type Manner,
  type Played,
  play,
  scatter,
  silence,
  son,
  span,
  toss,
  weavers,
} from './play.ts'

const two = (a: string, b: string, how: Manner = {}, howB: Manner = {}) =>
  [play(a, 1, how), play(b, 2, { ...how, ...howB })] as const
const plain = ({ onsets }: Played): Played => ({ onsets, marks: onsets.map(() => 'x') })
const amadinda = weavers['amadinda_pitched'] as [string, string]

const pairs: Record<string, readonly [Played, Played]> = {
  ...Object.fromEntries(Object.entries(weavers).map(([name, [a, b]]) => [name, two(a, b)])),
  'hocket, 20 ms loose': two(hocketA, hocketB, { jitter: 0.02 }),
  'hocket, 30 ms loose': two(hocketA, hocketB, { jitter: 0.03 }),
  'hocket, swing .33': two(hocketA, hocketB, { swing: 0.33 }),
  'hocket, 15 % faster at the end': two(hocketA, hocketB, { drift: 0.15 }),
  'hocket, three cells in ten changed': two(hocketA, hocketB, { mutate: 0.3 }),
  'coin tosses on the pulse': [toss(0.4, 1), toss(0.4, 2)],
  'unison of a clave': two(son, son),
  'metronomes in turn': two('x.', '.x'),
  'amadinda without its pitches': [plain(two(...amadinda)[0]), plain(two(...amadinda)[1])],
  'flood over a hocket': two(hocketA, 'x'),
  'hocket, one 1 % faster': two(hocketA, hocketB, {}, { bpm: 113.12 }),
  'hocket, half a cell apart': two(hocketA, hocketB, {}, { start: 0.1 + 7.5 / 112 }),
  'hocket for 8 s, then silence': two(hocketA, hocketB, {}, { until: 8 }),
  'no pulse at all': [scatter(4, 1), scatter(4, 2)],
}

const survivals: Record<string, readonly [Played, Played]> = {
  'beside silence': [play(son, 1), silence],
  unison: two(son, son),
  'hocket of two timbres': [play(hocketA, 1, { mark: 'bell' }), play(hocketB, 2, { mark: 'wood' })],
  'hocket of one timbre': two(hocketA, hocketB),
  'clave beside coin tosses in every fifth cell': [play(son, 1), toss(0.2, 7)],
  'clave beside coin tosses in every second cell': [play(son, 1), toss(0.5, 7)],
  'flood of another sound': [play(hocketA, 1), play('x', 2, { mark: 'hat' })],
  'flood of the same sound': two(hocketA, 'x'),
  'cascara beside a clave of the same sound': two(cascara, son),
  'coin tosses have no refrain': [toss(0.4, 1), silence],
}

const row = (cells: readonly (string | number | null)[]) =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : (cell ?? 'null'))).join(' | ')} |`

/** Rows of both tables, as they stand in the page. */
export function tabulateFigures(): string[] {
  const interlocks = Object.entries(pairs).map(([name, [a, b]]) => {
    const { score, presence, pulse, space, evenness, refrain, variety } = measureInterlock(a, b, span)
    return row([name, score, presence, pulse, space, evenness, refrain, variety])
  })
  const survived = Object.entries(survivals).map(([name, [own, other]]) =>
    row([name, measurePatternSurvival(own, other, span).survival]),
  )
  return [...interlocks, ...survived]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(tabulateFigures().join('\n'))
