// What one run lends to another: its trace of comfort, or one of its agents; and the levels that metatokens show.
import { expect, test } from 'vitest'
import { parsePercept, presentOf } from '../../src/djs/index.ts'
import { findFailures, ghostOf, requireTastes, shamOf } from '../../src/party/index.ts'
import { formatLine, type RecordLine, sessionOf } from '../../src/record/index.ts'
import { borrow, otherRun, partyOptions, playScripted } from './play.ts'

const readBy = (lines: readonly RecordLine[], agent: string) =>
  lines.flatMap((line) => (line.kind === 'percept' && line.agent === agent ? [presentOf(parsePercept(line.text))] : []))
const turnsOf = (lines: readonly RecordLine[], agent: string) =>
  lines.flatMap((line) => {
    if (line.kind !== 'move' && line.kind !== 'token') return []
    const { n, ...turn } = line
    return turn.agent === agent ? [turn] : []
  })
const decksOf = (lines: readonly RecordLine[], agent: string) =>
  lines.flatMap((line) => (line.kind === 'world' ? line.decks.filter((deck) => deck.agent === agent) : []))

test('yoked-sham: floor and body are those of the other run, slot by slot, and the record holds them', async () => {
  const other = await otherRun({ slots: 8 })
  const given = await borrow({ slots: 6, condition: 'yoked-sham' }, other)
  const lines = await playScripted(given)
  const felt = (run: readonly RecordLine[]) => readBy(run, 'a').map(({ floor, body }) => ({ floor, body }))
  expect(felt(lines)).toEqual(felt(other.lines).slice(0, 6))
  expect(felt(await playScripted({ slots: 6 }))).not.toEqual(felt(lines))
  const { sham } = sessionOf(lines)
  expect(sham).toEqual({ from: other.hash, traces: ['a', 'b'].map((agent) => expect.objectContaining({ agent })) })
  // From the session line alone the same bytes again.
  expect((await playScripted({ slots: 6, condition: 'yoked-sham', sham })).map(formatLine)).toEqual(
    lines.map(formatLine),
  )
})

test('a ghost does what it did, on the crate that it had, reads nothing, and its partner hears it', async () => {
  const other = await otherRun({ slots: 8, policies: ['listen', 'random'] })
  const given = await borrow({ slots: 8, condition: 'ghost', policies: ['copycat', 'random'] }, other)
  const lines = await playScripted(given)
  expect(turnsOf(lines, 'b')).toEqual(turnsOf(other.lines, 'b'))
  expect(decksOf(lines, 'b').map(({ track, section }) => [track, section])).toEqual(
    decksOf(other.lines, 'b').map(({ track, section }) => [track, section]),
  )
  expect(decksOf(lines, 'b').some(({ track }) => track !== null)).toBe(true)
  expect(readBy(lines, 'b')).toEqual([])
  expect(readBy(lines, 'a').some(({ partner }) => partner.length > 0)).toBe(true)
  // Other dice, and the ghost stays the same.
  const again = await playScripted(await borrow({ ...given, seed: 9 }, other))
  expect(decksOf(again, 'b').map(({ track }) => track)).toEqual(decksOf(lines, 'b').map(({ track }) => track))
  expect(turnsOf(again, 'b')).toEqual(turnsOf(lines, 'b'))
})

test('what does not fit is refused with what was expected', async () => {
  const other = await otherRun({ slots: 4 })
  const { scenario } = partyOptions({ slots: 4 })
  const borrower = { scenario, seed: 7, agents: ['a', 'b'] }
  const longer = { ...borrower, scenario: { ...scenario, slots: 5 } }
  const elsewhere = { ...borrower, scenario: { ...scenario, bpm: 130 } }
  expect(() => shamOf(other, longer)).toThrow(/expected at least 5 slots, got 4\. Take fewer --slots/)
  expect(() => ghostOf(other, longer, 'b')).toThrow(/expected at least 5 slots, got 4/)
  expect(() => shamOf(other, elsewhere)).toThrow(/same scenario \("warehouse"\), got "warehouse" with another "bpm"/)
  expect(() => ghostOf(other, elsewhere, 'b')).toThrow(/another "bpm"/)
  expect(() => ghostOf(other, borrower, 'c')).toThrow(/expected an agent "c", got a, b/)
  expect(() => shamOf(other, { ...borrower, agents: ['a', 'z'] })).toThrow(/expected an agent "z"/)
  expect(() => shamOf(other, { ...borrower, seed: 3 })).toThrow(/expected a run of another seed, got the same \(3\)/)
  const deaf = { ...other, lines: await playScripted({ slots: 4, condition: 'deaf' }) }
  expect(() => shamOf(deaf, borrower)).toThrow(/told of floor and body, got condition "deaf"/)
  const strangers = partyOptions({}).agents.map((agent) => ({ ...agent, mask: null }))
  expect(() => requireTastes(other, strangers)).toThrow(/expected agent "a" with the taste of "mira"/)
  expect(() => requireTastes(other, partyOptions({}).agents)).not.toThrow()
  await expect(playScripted({ slots: 4, condition: 'yoked-sham', sham: { from: '', traces: [] } })).rejects.toThrow(
    /a trace of 4 slots for agent "a" under yoked-sham, got 0/,
  )
})

test('metatokens: past slots show how they came out, the present how it is wanted, and nowhere else they show', async () => {
  const measured = { consonance: 0.74, smoothness: null, interlock: 1, vitality: 0 }
  const told = (agent: string) => ({ agent, heard: 'a hum', score: '', readings: {}, measured })
  const listen = async () => ({ a: told('a'), b: told('b') })
  const metatokens = [{ property: 'consonance', level: 9 }] as const
  const lines = await playScripted({ condition: 'metatokens', metatokens, listen, slots: 3 })
  expect(sessionOf(lines).metatokens).toEqual(metatokens)
  const last = lines.findLast((line) => line.kind === 'percept' && line.agent === 'a')
  const moments = last?.kind === 'percept' ? parsePercept(last.text).moments : []
  const past = [
    { property: 'consonance', level: 7 },
    { property: 'interlock', level: 9 },
    { property: 'vitality', level: 0 },
  ]
  expect(moments.map((moment) => moment.metatokens)).toEqual([past, past, metatokens])
  const hearing = await playScripted({ listen, metatokens, slots: 3 })
  expect(hearing.some((line) => line.kind === 'percept' && /<[a-z]+:\d>/.test(line.text))).toBe(false)
  const session = { ...sessionOf(lines), condition: 'hearing' as const }
  expect(findFailures([session, ...lines.slice(1)]).map(({ kind }) => kind)).toContain('score-leak')
  expect(findFailures(lines).map(({ kind }) => kind)).not.toContain('score-leak')
})

test('a ghost sits only under ghost', async () => {
  const given = await borrow({ slots: 4, condition: 'ghost' })
  await expect(playScripted({ ...given, condition: 'hearing' })).rejects.toThrow(/expected no recorded agent/)
})
