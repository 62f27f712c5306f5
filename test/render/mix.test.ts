// The mix of a party has headroom: two decks in step and two loud voices together stay below -1 dBTP.
import { expect, test } from 'vitest'
import { createLoudnessMeter } from '../../src/hear/index.ts'
import { measureLoudness } from '../../src/measure/index.ts'
import { seededRandom } from '../../src/random.ts'
import { createDeckRenderer, createVoiceRenderer, mixGains, renderSection } from '../../src/render/index.ts'
import { freshKernel } from '../kernel.ts'
import { note, sampleRate, slot, track } from './invented.ts'

const kernel = freshKernel()
const bpm = 126
const section = renderSection(kernel, track(), 0, { sampleRate, bpm, keyLock: 0.05, samples: () => undefined })

function deckStem(fader: number): Float32Array {
  const deck = createDeckRenderer(kernel, { sampleRate, bpm })
  const stem = new Float32Array(section.length)
  deck.schedule(slot({ fader: { from: fader, to: fader, overBeats: 0 } }), 0, stem.length, section)
  deck.render(stem)
  deck.dispose()
  return stem
}

/** A talker at five loud notes a second. */
function voiceStem(seed: string): Float32Array {
  const random = seededRandom(seed)
  const timbres = ['harmonic', 'hollow', 'bell', 'pluck', 'breath'] as const
  const voices = createVoiceRenderer(kernel, { sampleRate })
  const stem = new Float32Array(section.length)
  voices.schedule(
    Array.from({ length: 75 }, (_, i) =>
      note(i / 5, 0.25, 48 + random() * 30, timbres[i % 5] ?? 'bell', 0.6 + 0.4 * random()),
    ),
  )
  voices.render(stem)
  voices.dispose()
  return stem
}

test.each([
  ['faders in the middle', 0.5],
  ['both faders fully up', 1],
])('the same track on both decks in step, %s, with two loud talkers', (_, fader) => {
  const decks = deckStem(fader)
  const [a, b] = [voiceStem('a'), voiceStem('b')]
  const mix = decks.map((x, i) => mixGains.deck * 2 * x + mixGains.voice * ((a[i] ?? 0) + (b[i] ?? 0)))
  const meter = createLoudnessMeter(kernel, { sampleRate, weights: [1] })
  meter.push([mix])
  const loudness = measureLoudness(meter.trace())
  meter.dispose()
  expect(loudness.truePeakDbtp).toBeLessThan(-1)
  expect(loudness.integratedLufs).toBeGreaterThan(-24)
})
