// The tables of docs/measures/coupling.md, computed: `npx tsx test/measure/rhythm/coupling/figures.ts` prints them (minutes).
// Half a minute at 112 bpm each unless said otherwise, 6 ms of looseness, one cell in ten changed.
import { pathToFileURL } from 'node:url'
import { type CouplingReading, measureCoupling } from '../../../../src/measure/index.ts'
import { countFound, followers, partners, strangers } from './ensembles.ts'
import type { Duet } from './players.ts'

const count = 100

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
const meanOf = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null)
  return (known.reduce((sum, value) => sum + value, 0) / known.length).toFixed(3)
}
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const measureAll = (make: (i: number) => Duet): CouplingReading[] =>
  Array.from({ length: count }, (_, i) => measureCoupling(...make(i)))

/** False alarms of one kind: both directions of every pair. */
export function tabulateStrangers(name: string): { row: string; alarms: number; tests: number } {
  const readings = measureAll(strangers[name] as (i: number) => Duet)
  const { known, aToB, bToA } = countFound(readings)
  const size = meanOf(readings.flatMap((reading) => [reading.aToB, reading.bToA]))
  const alarms = aToB + bToA
  return { row: row([name, `${2 * known}`, percent(alarms, 2 * known), size]), alarms, tests: 2 * known }
}

/** Power, false alarms the other way, the leader, mean sizes; in every second pair the follower is given first. */
export function tabulateFollowers(name: string): string {
  const make = followers[name] as (i: number) => Duet
  const readings = Array.from({ length: count }, (_, i) => {
    const [a, b] = make(i)
    return i % 2 === 0 ? measureCoupling(a, b) : swapDirections(measureCoupling(b, a))
  })
  const { known, aToB, bToA, leaderA } = countFound(readings)
  const [forth, back] = [meanOf(readings.map((r) => r.aToB)), meanOf(readings.map((r) => r.bToA))]
  return row([name, percent(aToB, known), percent(bToA, known), percent(leaderA, known), forth, back])
}

export function tabulatePartners(name: string): string {
  const readings = measureAll(partners[name] as (i: number) => Duet)
  const { known, aToB, bToA } = countFound(readings)
  const size = meanOf(readings.flatMap((reading) => [reading.aToB, reading.bToA]))
  return row([name, percent(aToB, known), percent(bToA, known), size])
}

/** The same reading with the names of the two exchanged. */
export function swapDirections({
  aToB,
  bToA,
  pAToB,
  pBToA,
  leader,
  channel,
  undefined: reasons,
}: CouplingReading): CouplingReading {
  const names: Record<string, string> = { aToB: 'bToA', bToA: 'aToB', pAToB: 'pBToA', pBToA: 'pAToB' }
  return {
    aToB: bToA,
    bToA: aToB,
    pAToB: pBToA,
    pBToA: pAToB,
    leader: leader === null ? null : leader === 'a' ? 'b' : 'a',
    channel,
    undefined: Object.fromEntries(Object.entries(reasons).map(([field, reason]) => [names[field] ?? field, reason])),
  }
}

function printTables(): void {
  const rows = Object.keys(strangers).map((name) => {
    const found = tabulateStrangers(name)
    console.log(found.row)
    return found
  })
  const [alarms, tests] = [rows.reduce((sum, r) => sum + r.alarms, 0), rows.reduce((sum, r) => sum + r.tests, 0)]
  console.log(row(['all', `${tests}`, percent(alarms, tests), '']), '\n')
  for (const name of Object.keys(followers)) console.log(tabulateFollowers(name))
  console.log()
  for (const name of Object.keys(partners)) console.log(tabulatePartners(name))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printTables()
