// The dither of a served clip: one step high, the same for every part of the file, another one under every name.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDithered } from '../../../src/node/judge/server/dithered.ts'
import { wavHeaderBytes } from '../../../src/node/sound/wav-writer.ts'

const header = Buffer.from(Array.from({ length: wavHeaderBytes }, (_, k) => k))
/** Longer than a stream reads at once. */
const count = 60_000
const full = 8388607
const samples = Array.from({ length: count }, (_, n) =>
  n % 1000 === 0 ? full : n % 1000 === 1 ? -full - 1 : Math.round(0.3 * full * Math.sin(n / 9)),
)
const clip = Buffer.alloc(wavHeaderBytes + 3 * count)
header.copy(clip)
samples.forEach((sample, n) => {
  clip.writeIntLE(sample, wavHeaderBytes + 3 * n, 3)
})
const file = path.join(mkdtempSync(path.join(tmpdir(), 'hocket-dither-')), 'clip.wav')
writeFileSync(file, clip)

const read = async (name: string, from = 0, to = clip.length - 1, secret = 'secret') =>
  Buffer.from(await new Response(readDithered(file, from, to, { secret, name })).arrayBuffer())
const addedIn = (bytes: Buffer) => samples.map((sample, n) => bytes.readIntLE(wavHeaderBytes + 3 * n, 3) - sample)

test('a triangular dither of one step, kept within full scale; the header is as it was', async () => {
  const bytes = await read('a')
  expect(bytes.length).toBe(clip.length)
  expect(bytes.subarray(0, wavHeaderBytes)).toEqual(header)
  const added = addedIn(bytes).filter((_, n) => n % 1000 > 1)
  const share = (step: number) => added.filter((one) => one === step).length / added.length
  // Five standard errors of a share of .25 or .5 among 60,000.
  for (const [step, wanted] of [
    [-1, 0.25],
    [0, 0.5],
    [1, 0.25],
  ] as const)
    expect(Math.abs(share(step) - wanted)).toBeLessThan(0.0105)
  const atLimits = addedIn(bytes).filter((_, n) => n % 1000 <= 1)
  expect(atLimits.every((one, k) => (k % 2 === 0 ? one === 0 || one === -1 : one === 0 || one === 1))).toBe(true)
})

test('another name, or another session, has a dither of its own; the same has the same', async () => {
  const own = await read('a')
  expect(await read('a')).toEqual(own)
  for (const other of [await read('b'), await read('a', 0, clip.length - 1, 'another')]) {
    const [p, q] = [addedIn(own), addedIn(other)]
    const agree = p.filter((one, n) => one === q[n]).length / count
    // .25² + .5² + .25² where they have nothing to do with each other.
    expect(Math.abs(agree - 0.375)).toBeLessThan(0.0105)
  }
})

test('any part of the file is that part of the whole', async () => {
  const whole = await read('a')
  const place = fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 65_500, max: 65_600 }),
    fc.integer({ min: 0, max: clip.length - 1 }),
  )
  await fc.assert(
    fc.asyncProperty(place, place, async (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      expect((await read('a', from, to)).equals(whole.subarray(from, to + 1))).toBe(true)
    }),
    { numRuns: 60 },
  )
})
