// Who sounds while another run is heard beside this one: told where it sounds, and only there.
import { beforeAll, expect, test } from 'vitest'
import type { RecordLine } from '../../src/record/index.ts'
import { castScore } from '../../src/web/run/cast.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import type { PartyScore } from '../../src/web/run/slots.ts'
import { whyNoFloor } from '../../src/web/view/floor-view.ts'
import { describeMoment, type LineReading, type MomentInput } from '../../src/web/view/moment.ts'
import {
  type Cast,
  castOf,
  describeCast,
  describeStranger,
  listNames,
  presenceAt,
  tellPresence,
} from '../../src/web/view/seats.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

let score: PartyScore
let longer: Cast['other']
let shorter: Cast['other']
let hushed: Cast['other']

const compose = (record: readonly RecordLine[]): PartyScore => {
  const composer = createComposer({ library: shippedLibrary(), lexicon: shippedLexicon() })
  for (const line of record) composer.add(line)
  if (composer.score === undefined) throw new Error('no score')
  return composer.score
}
const named = (record: readonly RecordLine[], [first, second]: readonly [string, string]) =>
  record.map((line) =>
    line.kind === 'session'
      ? { ...line, agents: line.agents.map((agent, k) => ({ ...agent, title: k === 0 ? first : second })) }
      : line,
  )
/** The second agent says and plays nothing. */
const hush = (record: readonly RecordLine[]) =>
  record
    .filter((line) => line.kind !== 'token' || line.agent !== 'b')
    .map((line) =>
      line.kind === 'world'
        ? { ...line, decks: line.decks.map((deck) => (deck.agent === 'b' ? { ...deck, playing: false } : deck)) }
        : line,
    )
    .map((line, n) => ({ ...line, n }) as RecordLine)

beforeAll(async () => {
  const record = await playShortParty(3, 3)
  score = compose(named(record, ['Mira', 'Orrin']))
  const other = named(await playShortParty(3, 5), ['Juno', 'Vesper'])
  longer = { name: 'run 5', score: compose(other) }
  shorter = { name: 'run 5', score: compose(named(await playShortParty(1, 5), ['Juno', 'Vesper'])) }
  hushed = { name: 'run 5', score: compose(hush(other)) }
})

const atSeat = (other: Cast['other']): Cast => ({ casting: { seat: 1 }, other })
const beside = (other: Cast['other']): Cast => ({ casting: 'other', other })
const tell = (cast: Cast | null, slot: number, change: number | null = 1) => describeCast({ score, cast, slot, change })

test('a stranger fits by chance where it sounds; where its run is over or silent, the words say that instead', () => {
  expect(tell(atSeat(longer), 2)).toBe(
    'The null: Orrin is a stranger from run 5 (seed 5), on the same beat and as loud (+1.0 dB here). What fits now fits by chance.',
  )
  expect(tell(atSeat(shorter), 0)).toMatch(/on the same beat/)
  expect(tell(atSeat(shorter), 1)).toBe(
    'The null: Orrin is a stranger from run 5 (seed 5), but run 5 has ended before this: the seat is silent.',
  )
  expect(tell(atSeat(hushed), 2)).toBe('The null: Orrin is a stranger from run 5 (seed 5), who is silent here.')
  expect(tell(beside(longer), 2)).toBe('You hear run 5, in step with this one.')
  expect(tell(beside(shorter), 2)).toBe('Run 5 has ended before this: nothing of it sounds here.')
  expect(tell(beside(hushed), 2)).toBe('You hear run 5, in step with this one.')
  expect(tell(null, 2)).toBe('The run itself again.')
})

test('as loud is said only where it is as loud', () => {
  const words = (change: number | null) => tell(atSeat(longer), 1, change)
  expect(words(-3)).toContain('and as loud (−3.0 dB here)')
  expect(words(12)).toContain('and as near in loudness as 12 dB allow (+12.0 dB here)')
  expect(words(-12)).toContain('and as near in loudness as 12 dB allow (−12.0 dB here)')
  expect(words(null)).not.toMatch(/loud/)
  const silent = describeCast({ score: hushed.score, cast: atSeat(longer), slot: 1, change: 4 })
  expect(silent).toMatch(/on the same beat\./) // nobody there to be as loud as
})

test('who sits there is named, also when its run has ended or has no such seat', () => {
  expect(describeStranger(score, atSeat(longer), 1, 2)).toBe('Vesper, a stranger from run 5')
  expect(describeStranger(score, atSeat(longer), 0, 2)).toBeNull()
  expect(describeStranger(score, atSeat(shorter), 1, 2)).toBe('Vesper, a stranger from run 5, which has ended')
  const alone = {
    ...longer.score,
    session: { ...longer.score.session, agents: longer.score.session.agents.slice(0, 1) },
  }
  expect(presenceAt(alone, 1, 0)).toBe('no seat')
  expect(tell(atSeat({ name: 'run 5', score: alone }), 0)).toBe(
    'The null: run 5 has nobody for the seat of Orrin; it stays silent.',
  )
})

const momentOf = (cast: Cast | null, index: number) => {
  const sounding = cast === null ? score : castScore(score, cast.other.score, cast.casting)
  const slot = sounding.slots[index]
  if (slot === undefined) throw new Error('no slot')
  const readings = { consonance: 0.9, interlock: 0.9, vitality: 0.9 }
  const rubbing = { aHz: 440, bHz: 466, share: 1 }
  return describeMoment({ score, slot, cast, library: shippedLibrary(), readings, lines: linesOf([0.9, 0.1]), rubbing })
}

/** Lines with what chance reaches: 0.2 to 0.8 everywhere, in interlock 0 to 1. */
function linesOf(vitality: readonly number[]): MomentInput['lines'] {
  const one = (value: number, low = 0.2, high = 0.8): LineReading => {
    const chance = { seconds: [1000], low: [low], high: [high] }
    return { line: { name: '', heard: { seconds: [], values: [] }, stored: null, chance, whyNoChance: null }, value }
  }
  return { consonance: [one(0.9)], interlock: [one(0.9, 0, 1)], vitality: vitality.map((value) => one(value)) }
}

test('a moment says of each measure whether chance would do as well, also of each agent’s vitality', () => {
  const own = momentOf(null, 1)
  expect(own).toMatch(
    /consonant together, more than chance; [^;]*, no more than chance; Mira [^;]*, more than chance; Orrin [^;.]*, less than chance\./,
  )
  const slot = score.slots[1]
  if (slot === undefined) throw new Error('no slot')
  const readings = { consonance: null, interlock: null, vitality: 0.5 }
  const many = { score, slot, cast: null, library: null, readings, lines: linesOf([0.9, 0.5, 0.1]), rubbing: null }
  expect(describeMoment(many)).toMatch(/, 2 of 3 no more than chance\./)
})

test('whether whoever is cast in can be heard: of a seat and of a whole run', () => {
  expect([0, 1].map((slot) => tellPresence(atSeat(shorter), slot))).toEqual(['sounds', 'over'])
  expect([0, 1].map((slot) => tellPresence(beside(shorter), slot))).toEqual(['sounds', 'over'])
})

test('names are told in one breath', () => {
  expect(listNames(['Mira'])).toBe('Mira')
  expect(listNames(['Mira', 'Orrin'])).toBe('Mira and Orrin')
  expect(listNames(['Mira', 'Orrin', 'Juno'])).toBe('Mira, Orrin and Juno')
  expect(listNames(['Mira', 'Orrin', 'Juno', 'Ash'])).toBe('Mira, Orrin and 2 more')
})

test('a moment tells what sounds, and what was measured as the run’s own', () => {
  const own = momentOf(null, 1)
  expect(own).toMatch(/^Slot 2 of 3, .* Very consonant together/)
  expect(own).not.toMatch(/run itself|Vesper|run 5/)

  const strange = momentOf(atSeat(longer), 1)
  const [heard = '', measured = ''] = strange.split('Of the run itself: ')
  const said = longer.score.slots[1]?.agents[1]?.tokens.filter(({ role }) => role === 'speech') ?? []
  expect(heard).toMatch(/In the seat of Orrin: Vesper, a stranger from run 5, who says “/)
  expect(heard).toContain(said[0]?.text.trim().replace('"', ''))
  expect(heard).toMatch(/Mira (plays|rests)[^.]*; Vesper (plays|rests)/)
  expect(heard).not.toMatch(/consonant|rubs|Orrin (plays|rests|is)/)
  expect(measured).toMatch(/^very consonant together.* A4 rubs on B♭4/)

  const other = momentOf(beside(longer), 1)
  expect(other).toMatch(/You hear run 5\. .*Juno (plays|rests)[^.]*; Vesper (plays|rests).* Of the run itself: very/)
  expect(other.split('Of the run itself:')[0]).not.toMatch(/Mira|Orrin/)
})

test('where the other run has ended or is silent, a moment says so', () => {
  expect(momentOf(atSeat(shorter), 1)).toMatch(/The seat of Orrin is silent: run 5 has ended\./)
  expect(momentOf(atSeat(shorter), 1)).not.toMatch(/Vesper/)
  expect(momentOf(atSeat(hushed), 1)).toMatch(/Vesper, a stranger from run 5, silent here\./)
  expect(momentOf(beside(shorter), 1)).toMatch(/Run 5 has ended: nothing sounds\. Of the run itself:/)
  expect(momentOf(beside(shorter), 1).split('Of the run itself:')[0]).not.toMatch(/Juno|Vesper|Mira|Orrin|dance/)
})

test('a floor that is not there has its reason', () => {
  expect(whyNoFloor(2, beside(shorter))).toBe('Run 5 has ended.')
  expect(whyNoFloor(0, beside(shorter))).toBe('Run 5 has no floor.')
  expect(whyNoFloor(2, atSeat(shorter))).toBe('')
  expect(castOf('own', longer)).toBeNull()
})
