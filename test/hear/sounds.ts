// Sounds of known content for tests of hearing.
import { seededRandom } from '../../src/random.ts'

export type Sine = readonly [hertz: number, amplitude: number]

/** Steady sines, each from a phase of its own if `seed` is given. */
export function sines(seconds: number, partials: readonly Sine[], rate = 48000, seed?: number): Float32Array {
  const random = seededRandom(seed ?? 0)
  const samples = new Float64Array(Math.round(seconds * rate))
  for (const [hertz, amplitude] of partials) {
    const phase = seed === undefined ? 0 : 2 * Math.PI * random()
    for (let n = 0; n < samples.length; n++)
      samples[n] = (samples[n] as number) + amplitude * Math.sin((2 * Math.PI * hertz * n) / rate + phase)
  }
  return Float32Array.from(samples)
}

/** Tones of eleven harmonics 1/n at 48 kHz, peak about `level` per tone, faded over 10 ms. */
export function chord(tonesHz: readonly number[], seconds: number, seed: number, level = 0.1): Float32Array {
  const partials = tonesHz.flatMap((hertz) =>
    Array.from({ length: 11 }, (_, i): Sine => [hertz * (i + 1), level / (i + 1)]),
  )
  const fade = 480
  return sines(seconds, partials, 48000, seed).map(
    (x, n, all) => x * Math.min(1, n / fade, (all.length - 1 - n) / fade),
  )
}

/** Which sixteenths are struck: a bar or more, repeated. */
export interface Beat {
  readonly kick: string
  readonly snare: string
  readonly hat: string
}

export const beats = {
  floor: { kick: 'x...x...', snare: '....x...', hat: 'xxxxxxxx' },
  broken: { kick: 'x.x.......xx....', snare: '....x..x.x..x..x', hat: 'x.x.x.x.x.x.x.x.' },
  half: { kick: 'x.....x...x.....', snare: '........x.......', hat: 'x.xxx.xxx.xxx.xx' },
  rolling: { kick: 'x..x..x.x..x..x.', snare: '....x.......x.xx', hat: 'xxxxxxxxxxxxxxxx' },
} as const satisfies Record<string, Beat>

/** Kick, snare and hats on a sixteenth grid at 126 bpm: 48 kHz, peak about `level`. */
export function drums(seconds: number, seed: number, level: number, beat: Beat = beats.floor): Float32Array {
  const random = seededRandom(seed)
  const noise = () => random() * 2 - 1
  const struck = (part: string, hit: number) => part[hit % part.length] === 'x'
  const samples = new Float32Array(Math.round(seconds * 48000))
  const step = 48000 * 0.119
  for (let hit = 0; hit * step < samples.length; hit++) {
    const from = Math.floor(hit * step)
    const [kick, snare, hat] = [struck(beat.kick, hit), struck(beat.snare, hit), struck(beat.hat, hit)]
    for (let n = 0; n < 12000 && from + n < samples.length; n++) {
      const t = n / 48000
      let x = hat ? 0.35 * Math.exp(-t / 0.02) * noise() : 0
      if (kick) {
        const phase = 2 * Math.PI * (48 * t + 5 * (1 - Math.exp(-30 * t)))
        x += Math.exp(-t / 0.12) * Math.sin(phase) + 0.3 * Math.exp(-t / 0.004) * noise()
      }
      if (snare) x += 0.7 * Math.exp(-t / 0.07) * noise() + 0.4 * Math.exp(-t / 0.06) * Math.sin(2 * Math.PI * 190 * t)
      samples[from + n] = (samples[from + n] as number) + level * x
    }
  }
  return samples
}

/** The sum of two sounds of one length. */
export function mixed(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((x, n) => x + (b[n] ?? 0))
}
