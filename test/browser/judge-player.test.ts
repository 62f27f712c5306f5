// The judges' player, sample by sample: what an OfflineAudioContext writes when sides are switched, loops run and the playhead is moved.
import { expect, test } from 'vitest'
import { createPairPlayer, type PairPlayer, rampSeconds, type Side } from '../../src/web/judge/player.ts'

const sampleRate = 48_000
const ramp = Math.round(rampSeconds * sampleRate)
/** Rendering stops for the page at multiples of this. */
const quantum = 128
const at = (samples: number) => samples / sampleRate

/** A counts its samples up from 1 / length, B counts them down below 0, X counts half as far: every sample says which one it is. */
function pair(context: BaseAudioContext, length: number): Record<Side, AudioBuffer> {
  const make = (sign: number) => {
    const buffer = new AudioBuffer({ length, sampleRate, numberOfChannels: 1 })
    buffer.copyToChannel(
      Float32Array.from({ length }, (_, i) => (sign * (i + 1)) / length),
      0,
    )
    return buffer
  }
  void context
  return { a: make(1), b: make(-1), x: make(0.5) }
}

interface Deed {
  /** In samples; a multiple of 128. */
  readonly when: number
  readonly does: (player: PairPlayer) => void
}

async function render(
  length: number,
  total: number,
  deeds: readonly Deed[],
  sides: 'two' | 'three' = 'two',
): Promise<{ sound: Float32Array; player: PairPlayer }> {
  const context = new OfflineAudioContext({ numberOfChannels: 1, length: total, sampleRate })
  const { a, b, x } = pair(context, length)
  const sounds = sides === 'two' ? { a, b } : { a, b, x }
  const player = createPairPlayer(context, { sounds, output: context.destination })
  const stops = deeds
    .filter(({ when }) => when > 0)
    .map(async ({ when, does }) => {
      await context.suspend(at(when))
      does(player)
      await context.resume()
    })
  for (const { when, does } of deeds) if (when === 0) does(player)
  const buffer = await context.startRendering()
  await Promise.all(stops)
  return { sound: buffer.getChannelData(0), player }
}

const expectEqual = (sound: Float32Array, from: number, to: number, value: (i: number) => number) => {
  let worst = 0
  for (let i = from; i < to; i++) worst = Math.max(worst, Math.abs((sound[i] ?? 0) - value(i)))
  expect(worst).toBeLessThan(1e-6)
}

test('a switch goes on at the very sample, and takes 5 ms', async () => {
  const [length, when] = [48_000, 100 * quantum]
  const { sound, player } = await render(length, length / 2, [
    { when: 0, does: (one) => one.play() },
    { when, does: (one) => one.listenTo('b') },
  ])
  expectEqual(sound, ramp, when, (i) => (i + 1) / length)
  expectEqual(sound, when + ramp, length / 2, (i) => -(i + 1) / length)
  // In between the two cross in a straight line: 1 - 2 k / ramp times what both would be.
  expectEqual(sound, when, when + ramp, (i) => ((i + 1) / length) * (1 - (2 * (i - when)) / ramp))
  expect(player.state()).toMatchObject({ side: 'b', switches: 1, first: 'a' })
})

test('three sounds: X goes on at the very sample too, and is counted as heard by itself; a pair has none', async () => {
  const [length, first, second] = [48_000, 60 * quantum, 120 * quantum]
  const deeds: Deed[] = [
    { when: 0, does: (one) => one.play() },
    { when: first, does: (one) => one.listenTo('x') },
    { when: second, does: (one) => one.listenTo('b') },
  ]
  const { sound, player } = await render(length, length / 2, deeds, 'three')
  expectEqual(sound, ramp, first, (i) => (i + 1) / length)
  expectEqual(sound, first + ramp, second, (i) => (0.5 * (i + 1)) / length)
  expectEqual(sound, second + ramp, length / 2, (i) => -(i + 1) / length)
  expect(player.heard('x')).toBeCloseTo(at(second - first), 3)
  expect(player.state()).toMatchObject({ switches: 2, first: 'a' })
  const two = await render(length, length / 2, deeds.slice(0, 2))
  expectEqual(two.sound, ramp, length / 2, (i) => (i + 1) / length)
  expect(two.player.state()).toMatchObject({ side: 'a', switches: 0 })
})

test('there and back a hundred times: the playhead has not moved by a sample', async () => {
  const length = 96_000
  const switches = Array.from({ length: 100 }, (_, k): Deed => {
    return { when: (k + 1) * 4 * quantum, does: (one) => one.listenTo(k % 2 === 0 ? 'b' : 'a') }
  })
  const { sound } = await render(length, length, [{ when: 0, does: (one) => one.play() }, ...switches])
  expectEqual(sound, 405 * quantum, length, (i) => (i + 1) / length)
})

test('a loop of both runs round without a gap', async () => {
  const [length, from, to] = [48_000, 9_600, 14_400]
  const { sound, player } = await render(length, 48_000, [
    { when: 0, does: (one) => one.loop({ from: at(from), to: at(to) }) },
    { when: 0, does: (one) => one.play() },
    { when: 200 * quantum, does: (one) => one.listenTo('b') },
  ])
  expectEqual(sound, ramp, 200 * quantum, (i) => (from + (i % (to - from)) + 1) / length)
  expectEqual(sound, 200 * quantum + ramp, 48_000, (i) => -(from + (i % (to - from)) + 1) / length)
  expect(player.heard('a')).toBeCloseTo(at(to - from), 3)
})

test('a seek is exact, faded at both ends, and what was skipped was not heard', async () => {
  const [length, when, wanted] = [48_000, 40 * quantum, 24_000]
  const { sound, player } = await render(length, 40 * quantum + 9_600, [
    { when: 0, does: (one) => one.play() },
    { when, does: (one) => one.seek(at(wanted)) },
  ])
  expectEqual(sound, when + 2 * ramp, when + 9_600, (i) => (wanted + i - when + 1) / length)
  const steps = sound.slice(1).map((value, i) => Math.abs(value - (sound[i] ?? 0)))
  expect(steps.reduce((most, step) => Math.max(most, step), 0)).toBeLessThan(0.01)
  expect(player.heard('a')).toBeCloseTo(at(when + 9_600), 2)
  expect(player.heard('b')).toBe(0)
})

test('paused it is silent, and goes on where it was', async () => {
  const length = 48_000
  const { sound } = await render(length, 200 * quantum, [
    { when: 0, does: (one) => one.play() },
    { when: 50 * quantum, does: (one) => one.pause() },
    { when: 100 * quantum, does: (one) => one.play() },
  ])
  expectEqual(sound, 50 * quantum + 2 * ramp, 100 * quantum, () => 0)
  expectEqual(sound, 100 * quantum + ramp, 200 * quantum, (i) => (i - 50 * quantum + 1) / length)
})
