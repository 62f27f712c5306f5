// The audio thread's ensemble, run in Node: fed block by block as a browser does, it must give the pipeline's own samples and features.
import { expect, test } from 'vitest'
import type { HeardFrame } from '../../src/hear/index.ts'
import { scoreRecord } from '../../src/pipeline.ts'
import { sessionOf, stemsOf } from '../../src/record/index.ts'
import type { FromEnsemble } from '../../worklets/messages.ts'
import { freshKernel } from '../kernel.ts'
import { playShortParty } from '../party.ts'
import { lexicon, library, openRig, samples } from './rig.ts'

test('block by block, with the second slot sent late, it is the pipeline bit for bit', {
  timeout: 60_000,
}, async () => {
  const record = await playShortParty(2)
  const expected: { stems: Float32Array[][]; frames: HeardFrame[][] } = { stems: [], frames: [] }
  const { frames: last } = scoreRecord(record, { kernel: freshKernel(), library, lexicon, samples }, (slot) => {
    expected.stems.push([...slot.stems])
    expected.frames.push([...slot.frames])
  })
  const { score, ensemble, heard, send, blocks } = openRig(record)
  const total = score.slots.reduce((sum, slot) => sum + slot.lengthSamples, 0)
  ensemble.receive({ kind: 'play', contextFrame: 128 })
  await send(0)
  const first = blocks(Math.floor((score.slots[0]?.lengthSamples ?? 0) / 128) + 20)
  const waited = heard.findLast((message) => message.kind === 'position')
  expect(waited).toMatchObject({ state: 'waiting' })
  await send(1)
  ensemble.receive({ kind: 'complete' })
  const second = blocks(Math.ceil(total / 128) + 40 - (first[0]?.length ?? 0) / 128)
  stemsOf(sessionOf(record)).forEach(({ name }, k) => {
    const sound = soundedOf(joined([stemOf(first, k), stemOf(second, k)]), heard, total)
    expect(sound.length, name).toBe(total)
    expect(Buffer.compare(bytesOf(sound), bytesOf(joined(expected.stems.map((slot) => stemOf(slot, k))))), name).toBe(0)
  })
  const frames = heard.flatMap((message) => (message.kind === 'heard' ? [message.frame] : []))
  expect(frames).toEqual([...expected.frames.flat(), ...last])
  const ends = heard.flatMap((message, at) => (message.kind === 'sounded' ? [{ slot: message.slot, at }] : []))
  expect(ends.map((end) => end.slot)).toEqual([0, 1])
  const before = heard.slice(0, ends[0]?.at).filter((message) => message.kind === 'heard').length
  expect(before, 'frames told before the first slot ended').toBe(expected.frames[0]?.length)
})

test('paused it is silent and stands still; after a seek it sounds from there', { timeout: 60_000 }, async () => {
  const record = await playShortParty(2)
  const { score, ensemble, heard, send, blocks } = openRig(record)
  await send(0)
  expect(blocks(50).every((stem) => stem.every((sample) => sample === 0))).toBe(true)
  ensemble.receive({ kind: 'play', contextFrame: 0 })
  expect(blocks(400).some((stem) => stem.some((sample) => sample !== 0))).toBe(true)
  ensemble.receive({ kind: 'pause' })
  expect(blocks(50).every((stem) => stem.every((sample) => sample === 0))).toBe(true)
  const start = score.slots[1]?.startSample ?? 0
  ensemble.receive({ kind: 'seek', sample: start })
  await send(0) // of a time before the seek: not taken
  await send(1)
  expect(heard.filter((message) => message.kind === 'taken').map((message) => message.slot)).toEqual([0, 1])
  ensemble.receive({ kind: 'play', contextFrame: 0 })
  heard.length = 0
  expect(blocks(800).some((stem) => stem.some((sample) => sample !== 0))).toBe(true)
  const times = heard.flatMap((message) => (message.kind === 'heard' ? [message.frame.timeSeconds] : []))
  expect(times.length).toBeGreaterThan(10)
  expect(Math.min(...times)).toBeGreaterThan(score.slots[1]?.startSeconds ?? 0)
})

/** The samples in which the ensemble was playing: leaves out the start's delay and the waiting. */
function soundedOf(sound: Float32Array, heard: readonly FromEnsemble[], total: number): Float32Array {
  const states = heard.flatMap((message) => (message.kind === 'position' ? [message] : []))
  const waiting = states.find((message) => message.state === 'waiting')
  const again = states.find(
    (message) => message.state === 'playing' && message.contextFrame > (waiting?.contextFrame ?? 0),
  )
  if (waiting === undefined || again === undefined) throw new Error('expected it to wait once')
  return joined([sound.subarray(128, waiting.contextFrame), sound.subarray(again.contextFrame)]).subarray(0, total)
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const bytesOf = (sound: Float32Array) => Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)
const stemOf = (stems: readonly Float32Array[], k: number) => stems[k] ?? new Float32Array()
