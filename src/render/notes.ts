// What a deck plays during a slot, as notes: for rhythm measures, the note lanes and MIDI. Recorded loops have no notes of their own.
import { type DeckSlot, type Note, type PartName, type Pattern, patternOf, type Track } from '../record/index.ts'
import type { Seconds } from '../units.ts'
import { pitchRatioOf } from './sections.ts'

export interface DeckNoteSettings {
  /** Start of the slot. */
  readonly startSeconds: Seconds
  readonly bpm: number
  readonly keyLock: number
}

const partNames: readonly PartName[] = ['drums', 'bass', 'chords', 'lead']
const stepsPerSlot = 128
/** Notes fainter than this (-34 dB, amplitude goes with velocity) are not heard beside others. */
const leastVelocity = 0.02

interface Struck {
  readonly step: number
  readonly steps: number
  readonly midi: number
  readonly velocity: number
  readonly mark: string
}

/** Notes in order of onset, layer `deck`; velocity carries level, fader and equaliser. A deck that cannot be heard gives none. */
export function deckNotes(slot: DeckSlot, track: Track, settings: DeckNoteSettings): Note[] {
  const section = track.sections[slot.section % track.sections.length]
  if (!slot.playing || section === undefined) return []
  const shift = 12 * Math.log2(pitchRatioOf(track, settings))
  const notes: Note[] = []
  for (const part of partNames) {
    const level = section.levels[part]
    const pattern = patternOf(track, section, part)
    if (level === 0 || pattern.gain === 0) continue
    for (const struck of strikesOf(pattern, part, shift))
      for (const step of placesOf(struck.step, slot)) {
        const heard = struck.velocity * level * bandOf(part, struck.midi, slot) * faderAt(step, slot)
        if (heard < leastVelocity) continue
        notes.push({
          agent: slot.agent,
          layer: 'deck',
          onsetSeconds: settings.startSeconds + (step * 15) / settings.bpm,
          durationSeconds: (struck.steps * 15) / settings.bpm,
          midi: struck.midi,
          velocity: Math.min(1, heard),
          timbre: pattern.timbre,
          mark: struck.mark,
        })
      }
  }
  return notes.sort((a, b) => a.onsetSeconds - b.onsetSeconds)
}

/** The pattern over eight bars, recordings struck once included. */
function strikesOf(pattern: Pattern, part: PartName, shift: number): Struck[] {
  const period = pattern.bars * 16
  const isPercussion = pattern.timbre === 'percussion'
  const once: Struck[] = pattern.notes.map((note) => {
    const midi = isPercussion ? note.midi : Math.max(0, Math.min(127, note.midi + shift))
    const kind = isPercussion ? Math.round(midi) : Math.round(midi) % 12
    return { step: note.step, steps: note.steps, midi, velocity: note.velocity, mark: `${part}:${kind}` }
  })
  for (const use of pattern.samples)
    if (use.kind === 'one-shot')
      for (const { step, velocity } of use.hits)
        once.push({ step, steps: 1, midi: drumOf(use.sample), velocity, mark: `${part}:${use.sample}` })
  const all: Struck[] = []
  for (let start = 0; start < stepsPerSlot; start += period)
    for (const struck of once) if (struck.step < period) all.push({ ...struck, step: start + struck.step })
  return all
}

/** The General MIDI drum that a recording is nearest to, by its name. */
function drumOf(sample: string): number {
  if (/^bd_|kick/.test(sample)) return 36
  if (/^sn_|snare/.test(sample)) return 38
  if (/^hat_|cymbal/.test(sample)) return 42
  if (/snap|clap/.test(sample)) return 39
  return 76
}

/** Where in the slot, in sixteenths of the beat clock, a step of the section sounds: once, never, or at every turn of the loop. */
function placesOf(step: number, slot: DeckSlot): number[] {
  const speed = 1 + slot.nudgePercent / 100
  const turn = slot.loopBeats === null ? stepsPerSlot : slot.loopBeats * 4
  if (step >= turn) return []
  const places: number[] = []
  for (let at = step / speed; at < stepsPerSlot - 1e-9; at += turn / speed) places.push(at)
  return places
}

/** Equal-power gain of the fader at a step. */
function faderAt(step: number, { fader }: DeckSlot): number {
  const moved = fader.overBeats === 0 ? 1 : Math.min(1, step / 4 / fader.overBeats)
  return Math.sin((fader.from + (fader.to - fader.from) * moved) * (Math.PI / 2))
}

const highDrums = new Set([42, 44, 46, 49, 51, 52, 53, 54, 55, 57, 59, 69, 70, 82])

/** Gain of the band in which the event mostly lies. */
function bandOf(part: PartName, midi: number, { eq }: DeckSlot): number {
  if (part === 'bass') return eq.low
  if (part !== 'drums') return eq.mid
  const drum = Math.round(midi)
  if (drum <= 36) return eq.low
  return highDrums.has(drum) ? eq.high : eq.mid
}
