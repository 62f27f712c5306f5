// A track's section -> one slot of mono PCM: its patterns at the section's levels, bass and chords ducking under the kick,
// every track brought to one loudness, peaks kept below -6 dBFS. The slot repeats without a seam.
import type { Kernel } from '../kernel/index.ts'
import { InputError, type PartName, type Pattern, patternOf, type Section, type Track } from '../record/index.ts'
import { type Hertz, samplesOfSeconds } from '../units.ts'
import { checkRecordings, type PatternPlace, type RenderedPattern, renderPattern, type SampleBank } from './patterns.ts'

export interface SectionSettings {
  readonly sampleRate: Hertz
  readonly bpm: number
  /** Share of tempo change up to which pitch is kept. */
  readonly keyLock: number
  readonly samples: SampleBank
}

const partNames: readonly PartName[] = ['drums', 'bass', 'chords', 'lead']
/** Loudness of a track's fullest section, LUFS; a whole set comes out about 1 LU below (docs/sound.md). */
const trackLoudness = -16
/** No sample of a section is larger: -6 dBFS. */
const sectionCeiling = 0.5
/** Loudness of each part before levels, LUFS: parts are brought half of the way there, so that a track's own balance still counts. */
const partLoudness: Record<PartName, number> = { drums: -18, bass: -20, chords: -19, lead: -20 }
/** How far a part gives way under a full kick: 1 = silent. */
const duckDepth: Record<PartName, number> = { drums: 0, bass: 0.6, chords: 0.4, lead: 0.15 }
const duckAttackSeconds = 0.004
const duckReleaseSeconds = 0.16
/** Most patterns kept per kernel: two decks need about six each at a time. 20 of 15 s are 59 MB. */
const mostPatterns = 20

interface Kept {
  readonly key: string
  readonly rendered: RenderedPattern
}
const keptPatterns = new WeakMap<Kernel, Map<Pattern, Kept>>()

/**
 * One slot (32 beats at `bpm`) of the track's section, -1 .. 1, about -18 LUFS, peaks at most -6 dBFS.
 * `sectionIndex` counts round the track's sections. Patterns are rendered once per track and kept.
 * Throws InputError for a missing recording.
 */
export function renderSection(
  kernel: Kernel,
  track: Track,
  sectionIndex: number,
  settings: SectionSettings,
): Float32Array {
  const section = track.sections[sectionIndex % track.sections.length]
  if (section === undefined)
    throw new InputError(
      'section-index',
      `track ${track.id}: expected a section number of 0 or more, got ${sectionIndex}.`,
    )
  for (const part of partNames)
    for (const pattern of [track.parts[part], patternOf(track, section, part)])
      checkRecordings(pattern, { track: track.id, part, samples: settings.samples })
  const length = samplesOfSeconds(1920 / settings.bpm, settings.sampleRate)
  const into = kernel.allocate(length * 4)
  const gain = trackGain(kernel, track, settings)
  const curve = duckCurve(kernel, track, section, length, settings)
  for (const part of partNames) {
    const level = section.levels[part]
    const pattern = patternOf(track, section, part)
    if (level === 0 || isEmpty(pattern)) continue
    const kept = keepPattern(kernel, track, part, pattern, settings)
    const depth = duckDepth[part] * section.levels.drums
    kernel.addDucked(into, kept.pcm, curve, length, gain * level * partGain(kernel, part, kept), depth)
  }
  kernel.limitPeaks(into, length, sectionCeiling)
  const slot = new Float32Array(kernel.memory.buffer, into, length).slice()
  kernel.release(curve)
  kernel.release(into)
  return slot
}

/** Factor on all frequencies: within the key lock 1, beyond it the pitch moves with the speed. */
export function pitchRatioOf(track: Track, { bpm, keyLock }: { bpm: number; keyLock: number }): number {
  const speed = bpm / track.bpm
  return Math.abs(speed - 1) <= keyLock ? 1 : speed
}

function isEmpty(pattern: Pattern): boolean {
  return pattern.gain === 0 || (pattern.notes.length === 0 && pattern.samples.length === 0)
}

/** Half of the way (in dB, at most 3) from the part's own loudness to the usual one: the square root of the whole way's gain. */
function partGain(kernel: Kernel, part: PartName, { level }: RenderedPattern): number {
  return Math.sqrt(kernel.gainTowards(level, partLoudness[part], 6))
}

/** Brings the fullest section the track could have, all parts at their highest level, to one loudness. */
function trackGain(kernel: Kernel, track: Track, settings: SectionSettings): number {
  let power = 0
  for (const part of partNames) {
    const pattern = track.parts[part]
    const level = Math.max(...track.sections.map((section) => section.levels[part]))
    if (level === 0 || isEmpty(pattern)) continue
    const kept = keepPattern(kernel, track, part, pattern, settings)
    const gain = level * partGain(kernel, part, kept)
    power += gain * gain * kept.level
  }
  return kernel.gainTowards(power, trackLoudness, 30)
}

/** 1 everywhere but round the kicks of the section's drums. The caller releases it. */
function duckCurve(
  kernel: Kernel,
  track: Track,
  section: Section,
  length: number,
  { sampleRate }: SectionSettings,
): number {
  const curve = kernel.allocate(length * 4)
  kernel.clearDuck(curve, length)
  const drums = patternOf(track, section, 'drums')
  const attack = samplesOfSeconds(duckAttackSeconds, sampleRate)
  const release = samplesOfSeconds(duckReleaseSeconds, sampleRate)
  const steps = drums.bars * 16
  for (const step of kickSteps(drums))
    for (let start = 0; start < 128; start += steps)
      kernel.addDip(curve, length, Math.round(((start + step) * length) / 128) % length, attack, release)
  return curve
}

function kickSteps(drums: Pattern): number[] {
  const struck = drums.notes.filter((note) => note.midi >= 35 && note.midi < 36.5 && note.velocity > 0.3)
  const played = drums.samples.flatMap((use) =>
    use.kind === 'one-shot' && /^bd_|kick/.test(use.sample) ? use.hits : [],
  )
  return [...struck, ...played].map((hit) => hit.step).filter((step) => step < drums.bars * 16)
}

/** The pattern from the kernel's store, rendered on first use; the least recently used is let go. */
function keepPattern(
  kernel: Kernel,
  track: Track,
  part: PartName,
  pattern: Pattern,
  settings: SectionSettings,
): RenderedPattern {
  const kept = keptPatterns.get(kernel) ?? new Map<Pattern, Kept>()
  keptPatterns.set(kernel, kept)
  const { sampleRate, bpm, samples } = settings
  const place: PatternPlace = {
    part,
    track: track.id,
    sampleRate,
    bpm,
    samples,
    pitchRatio: pitchRatioOf(track, settings),
  }
  const key = `${part} ${sampleRate} ${bpm} ${place.pitchRatio}`
  const known = kept.get(pattern)
  if (known !== undefined) kept.delete(pattern)
  if (known !== undefined && known.key !== key) kernel.release(known.rendered.pcm)
  const entry = known?.key === key ? known : { key, rendered: renderPattern(kernel, pattern, place) }
  kept.set(pattern, entry)
  for (const [oldest, { rendered }] of kept) {
    if (kept.size <= mostPatterns) break
    kept.delete(oldest)
    kernel.release(rendered.pcm)
  }
  return entry.rendered
}
