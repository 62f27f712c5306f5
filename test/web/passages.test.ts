// What was jumped over is not told, and what was heard is measured from what was heard alone.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScoreKeeper, type HeardSlot } from '../../src/measure/index.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import { createPassages } from '../../src/web/run/passages.ts'
import { createReadings } from '../../src/web/run/readings.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

const upTo = (end: number) => {
  const seconds = Array.from({ length: Math.floor(end / 10) }, (_, k) => 10 * (k + 1))
  return { seconds, values: seconds.map((time) => time / 1000) }
}

test('after a jump a window is told once all of it was heard; the curve breaks between passages', () => {
  const passages = createPassages(30)
  passages.take(upTo(50))
  expect(passages.series.seconds).toEqual([10, 20, 30, 40, 50])
  passages.begin(200)
  passages.take(upTo(220)) // reaches back before the jump
  expect(passages.series.seconds).toEqual([10, 20, 30, 40, 50])
  passages.take(upTo(250))
  expect(passages.series.seconds).toEqual([10, 20, 30, 40, 50, 140, 230, 240, 250])
  expect(passages.series.values[5]).toBeNull()
  // Back into what was jumped over: both stay, apart from each other.
  passages.begin(100)
  passages.take(upTo(140))
  expect(passages.series.seconds).toEqual([10, 20, 30, 40, 50, 90, 130, 140, 185, 230, 240, 250])
  // Heard once more, all of it: one passage.
  passages.begin(0)
  passages.take(upTo(250))
  expect(passages.series).toEqual(upTo(250))
})

test('whatever jumps there are, no value stands where nothing was heard', () => {
  const jumps = fc.array(fc.record({ from: fc.nat(50), length: fc.integer({ min: 1, max: 20 }) }), { minLength: 1 })
  fc.assert(
    fc.property(jumps, fc.constantFrom(0, 30), (heard, window) => {
      const passages = createPassages(window)
      for (const { from, length } of heard) {
        passages.begin(from * 10)
        passages.take(upTo((from + length) * 10))
      }
      const { seconds, values } = passages.series
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
      seconds.forEach((time, k) => {
        if (values[k] === null) return
        const isHeard = heard.some(({ from, length }) => {
          const since = from === 0 ? time : time - Math.max(window, 10)
          return since >= from * 10 && time <= (from + length) * 10
        })
        expect(isHeard).toBe(true)
      })
    }),
  )
})

test('bold interlock begins half a minute after a jump, as the whole run has it; vitality with what is heard', async () => {
  const composer = createComposer({ library: shippedLibrary(), lexicon: shippedLexicon() })
  for (const line of await playShortParty(6)) composer.add(line)
  const { score } = composer
  if (score === undefined) throw new Error('no score')
  const { session, slots, slotSeconds } = score
  const [agent] = session.agents
  const hear = (from: number) => {
    const keeper = createScoreKeeper(session)
    for (const { slot, startSeconds, seconds, notes, turns, world } of slots) {
      const heard = slot < from ? { notes: [], turns: [] } : { notes, turns }
      const end = startSeconds + seconds
      keeper.addSlot({ slot, startSeconds, endSeconds: end, frames: [], world, ...heard } satisfies HeardSlot)
    }
    return keeper.finish([]).series
  }
  const whole = hear(0)
  const readings = createReadings(score)
  const jump = 2
  readings.seek(jump * slotSeconds)
  readings.take(hear(jump))
  const interlock = readings.lines('interlock')[0]?.heard
  expect(interlock?.seconds.length).toBeGreaterThan(1)
  for (const [k, time] of (interlock?.seconds ?? []).entries()) {
    expect(time - 30).toBeGreaterThanOrEqual(jump * slotSeconds - 1e-3)
    expect(interlock?.values[k]).toBe(whole.interlock.voice.values[whole.interlock.voice.seconds.indexOf(time)])
  }
  const vitality = readings.lines('vitality')[0]?.heard
  expect(vitality?.seconds[0]).toBeCloseTo((jump + 1) * slotSeconds, 3)
  expect(vitality?.seconds.length).toBe(slots.length - jump)
  const before = whole.vitality[agent?.agent ?? '']
  expect(before?.seconds.length).toBe(slots.length)
})
