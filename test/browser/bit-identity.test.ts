// The page hears what Node hears: a whole party through the real AudioWorklet in real Chromium, samples and features bit for bit.
import { beforeAll, expect, inject, test } from 'vitest'
import { frameNumbers } from '../../src/hear/index.ts'
import type { Kernel } from '../../src/kernel/index.ts'
import { createScoreKeeper } from '../../src/measure/index.ts'
import { librarySchema, parseRecord, readLexicon, sessionOf, stemsOf } from '../../src/record/index.ts'
import { createLexicon } from '../../src/sonify/index.ts'
import { differencesOf } from '../../src/web/run/differences.ts'
import { hearOffline, type OfflineHearing } from '../../src/web/sound/offline.ts'
import { hearSawtooths } from '../hear/sawtooths.ts'

const node = inject('nodeSide')
const record = parseRecord(node.lines)
let heard: OfflineHearing

beforeAll(async () => {
  const json = async (path: string): Promise<unknown> => (await fetch(path)).json()
  const bytes = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer())
  heard = await hearOffline({
    record,
    kernel: await bytes('/dist/kernel.wasm'),
    library: librarySchema.parse(await json('/samples/library.json')),
    lexicon: createLexicon(readLexicon(await bytes('/samples/lexicon/motifs.bin'))),
    samplesUrl: `${location.origin}${node.samplesUrl}`,
  })
}, 240_000)

async function sha256(parts: readonly ArrayBufferView<ArrayBuffer>[]): Promise<string> {
  const whole = await new Blob([...parts]).arrayBuffer()
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

test('the party sounds: every stem has samples that are not zero', () => {
  for (const [k, { name }] of stemsOf(sessionOf(record)).entries()) {
    const loud = heard.stems[k]?.some((sample) => Math.abs(sample) > 0.01)
    expect(loud, name).toBe(true)
  }
})

test("every stem of the AudioWorklet is Node's, bit for bit", async () => {
  const names = stemsOf(sessionOf(record)).map(({ name }) => name)
  const hashes = await Promise.all(heard.stems.map((stem) => sha256([stem as Float32Array<ArrayBuffer>])))
  expect(Object.fromEntries(names.map((name, k) => [name, hashes[k]]))).toEqual(node.stems)
})

test("every feature of the AudioWorklet is Node's, bit for bit", async () => {
  const frames = [...heard.slots.flatMap((slot) => slot.frames), ...heard.last]
  expect(frames).toHaveLength(node.frames)
  expect(await sha256(frames.map(frameNumbers))).toBe(node.features)
})

test("notes, harmonicity and likeness of mixtures are Node's, bit for bit", async () => {
  const bytes = await (await fetch('/dist/kernel.wasm')).arrayBuffer()
  const { instance } = await WebAssembly.instantiate(bytes)
  const frames = hearSawtooths(instance.exports as unknown as Kernel)
  expect(frames[4]?.mixtures.map(({ notes }) => notes?.midi.length)).toEqual([2, 2, 4])
  expect(await sha256(frames.map(frameNumbers))).toBe(node.notes)
})

test("the scores made from them are Node's, to 1e-9", () => {
  const keeper = createScoreKeeper(sessionOf(record))
  for (const slot of heard.slots) keeper.addSlot(slot)
  expect(differencesOf(keeper.finish(heard.last), JSON.parse(node.scores))).toEqual([])
})
