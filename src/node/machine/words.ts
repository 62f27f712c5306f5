// A sound in words, bar by bar, for a judge that reads: level, step from the bar before, attacks, tones. From our ear (src/hear, src/measure);
// levels are told against the sound's own mean, so that turning it up or down changes no word. No measure is among them, and no name.
//   bar 3: loud, much louder than before; 8 attacks; tones C3 E3 G3
import { longWindowSeconds } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { hearSound, lufsOfPower, nameNotes } from '../../measure/index.ts'
import { hearClip } from './hear-clip.ts'
import type { MonoSound } from './sounds.ts'

const levels: readonly (readonly [number, string])[] = [
  [-9, 'faint'],
  [-3, 'soft'],
  [3, 'medium'],
  [9, 'loud'],
  [Number.POSITIVE_INFINITY, 'very loud'],
]
const steps: readonly (readonly [number, string])[] = [
  [-6, 'much softer than before'],
  [-2, 'softer than before'],
  [2, 'as before'],
  [6, 'louder than before'],
  [Number.POSITIVE_INFINITY, 'much louder than before'],
]
const pitchNames = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']

/** Power that counts as silence, beside the sound's loudest bar. */
const silence = 1e-6

export function describeInWords(sound: MonoSound, barSeconds: number, kernel: Kernel): string {
  const { frames, onsets, seconds } = hearClip(sound, kernel)
  const bars = Array.from({ length: Math.max(1, Math.round(seconds / barSeconds)) }, (_, bar) => {
    const within = (time: number) => time >= bar * barSeconds && time < (bar + 1) * barSeconds
    const own = frames.filter(({ timeSeconds }) => within(timeSeconds))
    const power = own.reduce((sum, frame) => sum + (frame.stems[0]?.weightedPower ?? 0), 0) / Math.max(1, own.length)
    const stretch = { frames: own, mixture: 0, seconds: barSeconds, windowSeconds: longWindowSeconds(sound.sampleRate) }
    return {
      power,
      attacks: onsets.filter(({ timeSeconds }) => within(timeSeconds)).length,
      tones: nameNotes(hearSound(stretch).notes).map((midi) => `${pitchNames[midi % 12]}${Math.floor(midi / 12) - 1}`),
    }
  })
  const loudest = Math.max(...bars.map(({ power }) => power))
  const mean = lufsOfPower(bars.reduce((sum, { power }) => sum + power, 0) / bars.length)
  let before: number | null = null
  return bars
    .map(({ power, attacks, tones }, bar) => {
      const loudness = power > silence * loudest ? lufsOfPower(power) : null
      const level = loudness === null || mean === null ? 'silent' : wordOf(levels, loudness - mean)
      const step = loudness === null || before === null ? '' : `, ${wordOf(steps, loudness - before)}`
      before = loudness
      const said = `${attacks === 0 ? 'no' : attacks} ${attacks === 1 ? 'attack' : 'attacks'}; ${tones.length === 0 ? 'no tones' : `tones ${tones.join(' ')}`}`
      return `bar ${bar + 1}: ${level}${step}; ${said}`
    })
    .join('\n')
}

const wordOf = (scale: readonly (readonly [number, string])[], decibels: number) =>
  scale.find(([upTo]) => decibels <= upTo)?.[1] ?? ''
