// The tables of docs/measures/rhythm-field.md, computed. `npx tsx test/measure/rhythm/field-figures.ts` prints them; field-figures.test.ts compares.
import { pathToFileURL } from 'node:url'
import {
  measureGroove,
  measureRhythm,
  measureSurrogateSynchrony,
  measureSyncopation,
  transferEntropy,
} from '../../../src/measure/index.ts'
import { readJson } from './outside.ts'
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
  weavers,
} from './play.ts'

const two = (a: string, b: string, how: Manner = {}, howB: Manner = {}) =>
  [play(a, 1, how), play(b, 2, { ...how, ...howB })] as const
const [call = '', response = ''] = weavers['call_response'] ?? []

const pairs: Record<string, readonly [Played, Played]> = {
  'unison of a clave': two(son, son),
  'silence of both': [silence, silence],
  'silence of one': [play(son, 1), silence],
  hocket: two(hocketA, hocketB),
  'call and response': two(call, response),
  'clave under a bell': two(son, cascara),
  'metronomes in turn': two('x.', '.x'),
  'a clave, copied 50 ms later': two(son, son, {}, { start: 0.15 }),
  'hocket, one 4 % faster': two(hocketA, hocketB, {}, { bpm: 112 * 1.04 }),
  'no pulse at all': [scatter(4, 1), scatter(4, 2)],
}

/** Does a cell of the sixteenths at 112 bpm sound? */
function occupied({ onsets }: Played): number[] {
  const cells = Array.from({ length: 222 }, () => 0)
  for (const onset of onsets) cells[Math.round((onset - 0.1) / (15 / 112))] = 1
  return cells.slice(0, 222)
}

/** Onsets in bins of 50 ms. */
function binned({ onsets }: Played): number[] {
  const bins = Array.from({ length: 600 }, () => 0)
  for (const onset of onsets) bins[Math.floor(onset / 0.05)] = (bins[Math.floor(onset / 0.05)] ?? 0) + 1
  return bins.slice(0, 600)
}

const row = (cells: readonly (string | number | null)[]) =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2).replace(/^-(0\.00)$/, '$1') : (cell ?? 'null'))).join(' | ')} |`

function tabulatePair(name: string, a: Played, b: Played): string {
  const { interlock, spike, eventSynchronization, coincidence, asynchrony } = measureRhythm(a, b, span)
  const transfer = (from: Played, to: Played) =>
    transferEntropy({ source: occupied(from), target: occupied(to), k: 8 }).bits
  const settings = { segment: 100, maxLag: 10, seed: 'figures' }
  return row([
    name,
    interlock.score,
    spike.spikeSync,
    spike.order,
    spike.spikeDistance,
    spike.isiDistance,
    eventSynchronization.strength,
    eventSynchronization.delay,
    coincidence.precursorBA,
    transfer(a, b),
    transfer(b, a),
    measureSurrogateSynchrony(binned(a), binned(b), settings).effectSize,
    asynchrony.meanSeconds === null ? null : 1000 * asynchrony.meanSeconds,
  ])
}

const bars: Record<string, readonly [string, string]> = {
  ...Object.fromEntries(
    Object.entries(readJson('patterns.json').timelines16 as Record<string, string>).map(([name, bar]) => [
      name,
      [bar, '4/4'],
    ]),
  ),
  bembe: ['x.x.xx.x.x.x', '12/8'],
  'four on the floor': ['x...x...x...x...', '4/4'],
  'off-beats': ['..x...x...x...x.', '4/4'],
  'every cell': ['xxxxxxxxxxxxxxxx', '4/4'],
  silence: ['................', '4/4'],
}

const eighths = 'x.x.x.x.x.x.x.x.'
const kits: Record<string, readonly [string, string, string]> = {
  silence: ['................', '................', '................'],
  'rock beat': ['x.......x.......', '....x.......x...', eighths],
  'bass drum anticipates': ['x..x....x.......', '....x.......x...', eighths],
  'bass drum on a clave': ['x..x..x...x..x..', '....x.......x...', eighths],
  'both drums scattered': ['x..x.x.x.x.x..xx', '.x....x..x.x.x.x', eighths],
}

/** Rows of all tables, as they stand in the page. */
export function tabulateField(): string[] {
  const paired = Object.entries(pairs).map(([name, [a, b]]) => tabulatePair(name, a, b))
  const barred = Object.entries(bars).map(([name, [pattern, meter]]) => {
    const { undefined: _, ...values } = measureSyncopation(pattern, meter, 'looped')
    return row([name, ...Object.values(values)])
  })
  const grooves = Object.entries(kits).map(([name, [bassDrum, snareDrum, hiHat]]) => {
    const { syncopation, groove } = measureGroove({ bassDrum, snareDrum, hiHat })
    return row([name, syncopation, groove])
  })
  return [...paired, ...barred, ...grooves]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(tabulateField().join('\n'))
