// Where the ensemble is: seeks into the middle of a slot, loops, two ensembles in step, levels, other tempi. In Node, sample by sample.
import { beforeAll, expect, test } from 'vitest'
import { sampleRate } from '../../src/pipeline.ts'
import { beatsPerSlot, type RecordLine } from '../../src/record/index.ts'
import { measureLevels, renderLoop } from '../../src/web/sound/beside.ts'
import { slotOnGrid } from '../../src/web/sound/tempo.ts'
import type { LoopMessage } from '../../worklets/messages.ts'
import { freshKernel } from '../kernel.ts'
import { playShortParty } from '../party.ts'
import { openRig } from './rig.ts'

const bpm = 240 // a slot is eight seconds, a bar one
const bar = sampleRate
let record: RecordLine[]
beforeAll(async () => {
  record = await playShortParty(1, 3, { bpm })
})

const stemOf = (sound: readonly Float32Array[], k = 0) => sound[k] as Float32Array
/** The first sample in which two sounds differ; null where they are the same. */
function differenceOf(a: Float32Array, b: Float32Array): number | null {
  if (a.length !== b.length) return Math.min(a.length, b.length)
  const at = a.findIndex((sample, n) => !Object.is(sample, b[n]) && sample !== b[n])
  return at < 0 ? null : at
}
const loudest = (sound: Float32Array) => sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

async function playFromStart(blocks: number): Promise<Float32Array[]> {
  const rig = openRig(record, 'shut')
  await rig.send(0)
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  return rig.blocks(blocks)
}

test('a seek into a slot sounds as if it had played from the slot on, and hears from there', async () => {
  const straight = await playFromStart(1200)
  const rig = openRig(record)
  const emerge = 2 * bar + 77
  rig.ensemble.receive({ kind: 'seek', sample: 0, emerge })
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  expect(rig.blocks(3).every((stem) => loudest(stem) === 0)).toBe(true)
  expect(rig.heard.at(-1)).toMatchObject({ kind: 'position', state: 'waiting', sample: emerge })
  await rig.send(0)
  const sound = rig.blocks(100)
  rig.stems.forEach((_, k) => {
    const first = stemOf(sound, k).findIndex((sample) => sample !== 0)
    if (first < 0) return
    const from = rig.heard.findLast((one) => one.kind === 'position' && one.sample === emerge)
    const silent = from?.kind === 'position' ? from.contextFrame - 3 * 128 : -1
    const wanted = stemOf(straight, k).subarray(emerge, emerge + 30 * 128)
    expect(differenceOf(stemOf(sound, k).subarray(silent, silent + 30 * 128), wanted)).toBe(null)
  })
  const times = rig.heard.flatMap((one) => (one.kind === 'heard' ? [one.frame.timeSeconds] : []))
  expect(Math.min(...times)).toBeGreaterThan(emerge / sampleRate)
})

test('a loop repeats sample by sample, is told, and is left where it ends', async () => {
  const straight = await playFromStart(3 * 375)
  const rig = openRig(record)
  const slot = await rig.message(0)
  const [from, to] = [bar / 2, bar]
  const sound = renderLoop(freshKernel(), { stems: rig.stems, bpm, slots: [slot], from, to })
  expect(sound.map((stem) => stem.length)).toEqual(rig.stems.map(() => to - from))
  rig.ensemble.receive(slot)
  rig.ensemble.receive({ kind: 'loop', from, to, sound })
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  const heard = rig.blocks(700) // the first time through, then nearly twice more
  rig.ensemble.receive({ kind: 'unloop' })
  const after = rig.blocks(375)
  rig.stems.forEach((_, k) => {
    const all = Float32Array.from([...stemOf(heard, k), ...stemOf(after, k)])
    expect(differenceOf(all.subarray(0, to), stemOf(straight, k).subarray(0, to))).toBe(null)
    expect(differenceOf(all.subarray(to, to + to - from), all.subarray(2 * to - from, 3 * to - 2 * from))).toBe(null)
    // But for the seam the second time is the first.
    expect(differenceOf(all.subarray(to + 240, 2 * to - from), all.subarray(from + 240, to))).toBe(null)
    // It was left at the end of the pass that sounded: from there on it is the run again.
    const left = to + 2 * (to - from)
    expect(differenceOf(all.subarray(left), stemOf(straight, k).subarray(to, to + all.length - left))).toBe(null)
  })
  expect(rig.heard.filter((message) => message.kind === 'looped').length).toBe(2)
  const times = rig.heard.flatMap((one) => (one.kind === 'heard' ? [one.frame.timeSeconds] : []))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('told which sample belongs to which frame, a late ensemble comes in step and fades in', async () => {
  const straight = await playFromStart(900)
  const rig = openRig(record, 'shut')
  rig.ensemble.receive({ kind: 'play', contextFrame: 0, sample: 0 })
  rig.blocks(300) // nothing is here yet
  await rig.send(0)
  const sound = rig.blocks(300)
  rig.stems.forEach((_, k) => {
    const [own, wanted] = [stemOf(sound, k), stemOf(straight, k).subarray(300 * 128, 600 * 128)]
    expect(differenceOf(own.subarray(10 * 128), wanted.subarray(10 * 128))).toBe(null)
    expect(own.every((sample, n) => Math.abs(sample) <= Math.abs(wanted[n] as number))).toBe(true)
  })
  // Told an earlier place, it holds its breath until the run is where it stands.
  rig.ensemble.receive({ kind: 'play', contextFrame: rig.frame, sample: 500 * 128 })
  const later = rig.blocks(200)
  rig.stems.forEach((_, k) => {
    expect(loudest(stemOf(later, k).subarray(0, 100 * 128))).toBe(0)
    expect(differenceOf(stemOf(later, k).subarray(110 * 128), stemOf(straight, k).subarray(610 * 128, 700 * 128))).toBe(
      null,
    )
  })
})

test('levels make one agent as loud as another over a slot', async () => {
  const rig = openRig(record, 'shut')
  const slot = await rig.message(0)
  const request = { stems: rig.stems, bpm, slots: [slot], from: 0, to: slot.lengthSamples }
  const kernel = freshKernel()
  const [a, b] = measureLevels(kernel, request)
  if (a === null || b === null || a === undefined || b === undefined) throw new Error('expected two that sound')
  const gain = 10 ** ((a - b) / 20)
  const gains = rig.stems.map(({ agent }) => (agent === 'b' ? gain : 1))
  const [same, matched] = measureLevels(kernel, { ...request, slots: [{ ...slot, gains }] })
  expect(same).toBeCloseTo(a, 6)
  expect(Math.abs(a - b)).toBeGreaterThan(0.5)
  expect(matched).toBeCloseTo(a, 1)
})

test('at another speed a slot is as much shorter, and every note as high', async () => {
  const rig = openRig(record, 'shut')
  const own = await rig.message(0)
  const fast = await rig.message(0, { bpm, speed: 2 })
  expect(fast.lengthSamples).toBe(own.lengthSamples / 2)
  expect(own.lengthSamples).toBe((beatsPerSlot * 60 * sampleRate) / bpm)
  expect(slotOnGrid({ bpm, speed: 0.5 }, 3).startSample).toBe(6 * own.lengthSamples)
  own.parts.forEach((part, k) => {
    const other = fast.parts[k]
    if (part.layer === 'voice' && other?.layer === 'voice') {
      expect(other.notes.map(({ midi }) => midi)).toEqual(part.notes.map(({ midi }) => midi))
      expect(other.notes.map((note) => note.onsetSeconds * 2)).toEqual(part.notes.map((note) => note.onsetSeconds))
    } else if (part.layer === 'deck' && other?.layer === 'deck' && part.section !== null)
      expect(other.section?.length).toBe(part.section.length / 2)
  })
  expect(await rig.message(0, { bpm, speed: 1 })).toEqual(own)
})

/** What it sounds like from a sample to another, rendered beside, to be repeated. */
async function loopOf(rig: ReturnType<typeof openRig>, from: number, to: number): Promise<LoopMessage> {
  const sound = renderLoop(freshKernel(), { stems: rig.stems, bpm, slots: [await rig.message(0)], from, to })
  return { kind: 'loop', from, to, sound }
}

test('who comes to a loop too late for it leaves it in step, without a hole', async () => {
  const straight = await playFromStart(4 * 375)
  const rig = openRig(record, 'shut')
  const [from, to] = [bar / 2, bar]
  rig.ensemble.receive(await loopOf(rig, from, to))
  rig.ensemble.receive({ kind: 'play', contextFrame: 0, sample: 0 })
  rig.blocks(300) // in the loop already, and nothing is here yet
  await rig.send(0)
  rig.blocks(300)
  rig.ensemble.receive({ kind: 'unloop' })
  const after = rig.blocks(400) // the pass that sounds ends with the 750th block
  rig.stems.forEach((_, k) => {
    const wanted = stemOf(straight, k)
    const end = 150 * 128
    expect(differenceOf(stemOf(after, k).subarray(0, end), wanted.subarray(to - end, to))).toBe(null)
    expect(differenceOf(stemOf(after, k).subarray(end), wanted.subarray(to, to + 250 * 128))).toBe(null)
  })
})

test('a run that ends inside a loop is silent there to its end, and comes back with the next pass', async () => {
  const rig = openRig(record, 'shut')
  const end = 8 * bar
  const [from, to] = [end - bar / 2, end + bar / 2]
  rig.ensemble.receive({ kind: 'seek', sample: 0, emerge: from })
  await rig.send(0)
  rig.ensemble.receive({ kind: 'complete' })
  rig.blocks(100)
  rig.ensemble.receive(await loopOf(rig, from, to))
  rig.ensemble.receive({ kind: 'play', contextFrame: rig.frame, sample: from })
  const passes = rig.blocks(4 * 375)
  expect(passes.some((stem) => loudest(stem.subarray(2 * bar)) > 0)).toBe(true)
  rig.stems.forEach((_, k) => {
    const own = stemOf(passes, k)
    for (const pass of [1, 2, 3]) expect(loudest(own.subarray((pass + 0.5) * bar, (pass + 1) * bar))).toBe(0)
    expect(differenceOf(own.subarray(bar, 2 * bar), own.subarray(2 * bar, 3 * bar))).toBe(null)
    expect(differenceOf(own.subarray(2 * bar, 3 * bar), own.subarray(3 * bar))).toBe(null)
  })
})

test('a loop that is changed while it sounds goes on until the other is there', async () => {
  const rig = openRig(record, 'shut')
  await rig.send(0)
  const short = await loopOf(rig, bar / 2, bar)
  const long = await loopOf(rig, bar / 2, 1.5 * bar)
  rig.ensemble.receive(short)
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  rig.blocks(450)
  rig.ensemble.receive({ ...long, sound: null })
  const meanwhile = rig.blocks(375)
  rig.ensemble.receive(long)
  const after = rig.blocks(3 * 375)
  rig.stems.forEach((_, k) => {
    const [own, then] = [stemOf(meanwhile, k), stemOf(after, k)]
    expect(differenceOf(own.subarray(0, 187 * 128), own.subarray(bar / 2, bar / 2 + 187 * 128))).toBe(null)
    expect(differenceOf(then.subarray(0, bar), then.subarray(bar, 2 * bar))).toBe(null)
    const left = bar - ((825 * 128 - bar) % (bar / 2)) // to the longer loop's end
    const first = stemOf(long.sound as Float32Array[], k)
    expect(differenceOf(then.subarray(left, left + bar), first)).toBe(null)
  })
})

test('what a loop skipped is heard once, at its own time', async () => {
  const emerge = 2 * bar
  const framesOf = ({ heard }: ReturnType<typeof openRig>) =>
    heard.flatMap((one) => (one.kind === 'heard' ? [one.frame] : []))
  const straight = openRig(record)
  straight.ensemble.receive({ kind: 'seek', sample: 0, emerge })
  await straight.send(0)
  straight.ensemble.receive({ kind: 'play', contextFrame: 0 })
  straight.blocks(1000)
  const rig = openRig(record)
  rig.ensemble.receive({ kind: 'seek', sample: 0, emerge })
  rig.ensemble.receive(await loopOf(rig, emerge, 2.5 * bar))
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  rig.blocks(200)
  await rig.send(0)
  rig.blocks(300)
  rig.ensemble.receive({ kind: 'unloop' })
  rig.blocks(700)
  const [own, wanted] = [framesOf(rig), framesOf(straight)]
  expect(own.length).toBeGreaterThan(9)
  expect(own).toEqual(wanted.slice(0, own.length))
})

test('told to rest at a frame it does so there, run and guest at one sample', async () => {
  const rig = openRig(record, 'shut')
  await rig.send(0)
  rig.ensemble.receive({ kind: 'play', contextFrame: 0 })
  rig.ensemble.receive({ kind: 'pause', contextFrame: 100 * 128 })
  const sound = rig.blocks(200)
  expect(rig.heard.at(-1)).toEqual({
    kind: 'position',
    sample: 100 * 128,
    contextFrame: 100 * 128,
    state: 'paused',
  })
  for (const stem of sound) expect(loudest(stem.subarray(100 * 128))).toBe(0)
  // Play takes the word back.
  rig.ensemble.receive({ kind: 'pause', contextFrame: rig.frame + 128 })
  rig.ensemble.receive({ kind: 'play', contextFrame: rig.frame })
  expect(rig.blocks(1000).some((stem) => loudest(stem.subarray(128 * 128)) > 0)).toBe(true)
})
