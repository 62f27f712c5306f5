// Stems in, frames and onsets out, through the kernel's analysers (worklets/kernel/analysers.ts). This side only gathers samples into
// the kernel's quanta of 128 and copies results out, so it costs little and cannot depend on block size.
import type { Kernel } from '../kernel/index.ts'
import type { Hertz, Seconds } from '../units.ts'
import type { Analyser, AnalyserSettings, HeardFrame, HeardMixture, HeardOnset, HeardStem } from './frame.ts'

const quantum = 128
/** Samples that the kernel has room for per stem. */
const room = 16 * quantum
const mostPartials = 60
const stemRow = 16 + 2 * mostPartials
const mostNotes = 12
const mixtureRow = 3 + 2 * mostNotes + 2 * mostPartials

/** Length of the longest windows, in which tones below 600 Hz are heard: about .68 s (.51 to 1.02 s by rate). */
export function longWindowSeconds(sampleRate: Hertz): Seconds {
  return (4096 * 2 ** Math.max(0, Math.round(Math.log2(sampleRate / 6000)))) / sampleRate
}

type OnFrame = (frame: HeardFrame) => void
type OnOnset = (onset: HeardOnset) => void

/**
 * An ear for `stems` (1..64) mono stems at 8000..192000 Hz, side by side, and for mixtures of them. Throws RangeError for other settings.
 * A frame comes about half a second after the sound in its middle; onsets about a tenth of a second after theirs, ascending per stem.
 */
export function createAnalyser(kernel: Kernel, settings: AnalyserSettings): Analyser {
  const { sampleRate, stems, mixtures, notesOf, onsets } = settled(settings)
  const pointer = kernel.createAnalyser(sampleRate, stems, mixtures.length)
  if (pointer === 0)
    throw new RangeError(
      `createAnalyser: expected 8000 to 192000 Hz, 1 to 64 stems and at most 256 mixtures, got ${sampleRate} Hz, ${stems} and ${mixtures.length}. Resample or split.`,
    )
  if (onsets === 'ignored') kernel.ignoreOnsets(pointer)
  const width = stems + 1
  const members = new Int32Array(kernel.memory.buffer, kernel.analyserMembers(pointer), mixtures.length * width)
  mixtures.forEach((mixture, m) => {
    for (const s of mixture) members[m * width + s] = 1
  })
  for (const m of notesOf) members[m * width + stems] = 1
  const ear = new Ear(kernel, pointer, { sampleRate, stems, mixtures })
  return {
    push: (blocks, onFrame, onOnset) => ear.push(blocks, onFrame, onOnset),
    finish: (onFrame, onOnset) => ear.finish(onFrame, onOnset),
    dispose: () => kernel.disposeAnalyser(pointer),
  }
}

/** Defaults filled in; RangeError for mixtures that cannot be. */
function settled({ sampleRate, stems, ...asked }: AnalyserSettings): Required<AnalyserSettings> {
  const sets = asked.mixtures?.map((mixture) => [...new Set(mixture)].sort((a, b) => a - b))
  const mixtures = sets ?? Array.from({ length: stems }, (_, s) => [s])
  const notesOf = asked.notesOf ?? mixtures.map((_, m) => m)
  const among = (index: number, count: number) => Number.isInteger(index) && index >= 0 && index < count
  for (const mixture of mixtures)
    if (mixture.length === 0 || !mixture.every((s) => among(s, stems)))
      throw new RangeError(
        `createAnalyser: expected mixtures of stems 0 to ${stems - 1}, got [${mixture}]. Name at least one stem of each.`,
      )
  if (!notesOf.every((m) => among(m, mixtures.length)))
    throw new RangeError(
      `createAnalyser: expected notesOf to name ${mixtures.length} mixtures from 0 on, got [${notesOf}].`,
    )
  return { sampleRate, stems, mixtures, notesOf, onsets: asked.onsets ?? 'heard' }
}

class Ear {
  readonly #kernel: Kernel
  readonly #pointer: number
  readonly #stems: number
  readonly #mixtures: readonly (readonly number[])[]
  readonly #sampleRate: number
  readonly #hop: number
  #inputs: Float32Array[] = []
  /** Samples laid out in the kernel's inputs, and those of them that were taken. */
  #filled = 0
  #taken = 0
  #samples = 0
  #frames = 0
  #ended = false

  constructor(
    kernel: Kernel,
    pointer: number,
    settings: Required<Pick<AnalyserSettings, 'sampleRate' | 'stems' | 'mixtures'>>,
  ) {
    this.#kernel = kernel
    this.#pointer = pointer
    this.#stems = settings.stems
    this.#mixtures = settings.mixtures
    this.#sampleRate = settings.sampleRate
    this.#hop = kernel.analyserHop(pointer)
  }

  push(blocks: readonly Float32Array[], onFrame: OnFrame, onOnset?: OnOnset): void {
    if (this.#ended)
      throw new RangeError('Analyser.push: expected no more samples after finish. Create a new analyser.')
    const length = blocks[0]?.length ?? 0
    if (blocks.length !== this.#stems || blocks.some((block) => block.length !== length))
      throw new RangeError(
        `Analyser.push: expected ${this.#stems} blocks of equal length, got ${blocks.map((block) => block.length).join(', ')}.`,
      )
    this.#samples += length
    for (let at = 0; at < length; ) {
      const count = Math.min(room - this.#filled, length - at)
      this.#fill(blocks, at, count)
      at += count
      this.#advance(onFrame, onOnset)
    }
  }

  finish(onFrame: OnFrame, onOnset?: OnOnset): void {
    if (this.#ended) return
    this.#ended = true
    const frames = Math.ceil(this.#samples / this.#hop)
    const silence = new Float32Array(quantum)
    const silent = Array.from({ length: this.#stems }, () => silence)
    while (this.#frames < frames) {
      this.#fill(silent, 0, quantum - (this.#filled % quantum))
      this.#advance(onFrame, onOnset)
    }
  }

  #fill(blocks: readonly Float32Array[], from: number, count: number): void {
    const inputs = this.#views()
    blocks.forEach((block, s) => {
      const part = count === block.length ? block : block.subarray(from, from + count)
      inputs[s]?.set(part, this.#filled)
    })
    this.#filled += count
  }

  /** Views of the kernel's inputs, made anew when its memory has grown. */
  #views(): Float32Array[] {
    const buffer = this.#kernel.memory.buffer
    if (this.#inputs[0]?.buffer !== buffer)
      this.#inputs = Array.from(
        { length: this.#stems },
        (_, s) => new Float32Array(buffer, this.#kernel.analyserInput(this.#pointer, s), room),
      )
    return this.#inputs
  }

  /** Hears every whole quantum that is laid out. */
  #advance(onFrame: OnFrame, onOnset?: OnOnset): void {
    const whole = Math.floor((this.#filled - this.#taken) / quantum)
    this.#kernel.takeQuanta(this.#pointer, this.#taken / quantum, whole)
    for (let n = 0; n < whole; n++) {
      const result = this.#kernel.analyseQuantum(this.#pointer)
      if (result > 1 && onOnset) this.#passOnsets(result >> 1, onOnset)
      if (result & 1) onFrame(this.#readFrame(this.#frames++))
    }
    this.#taken += whole * quantum
    if (this.#taken === room) this.#filled = this.#taken = 0
  }

  #passOnsets(count: number, onOnset: OnOnset): void {
    const rows = new Float64Array(this.#kernel.memory.buffer, this.#kernel.analyserOnsets(this.#pointer), 3 * count)
    for (let n = 0; n < count; n++) {
      const sample = rows[3 * n + 1] as number
      if (sample >= this.#samples) continue // an abrupt end is no onset
      onOnset({
        stem: rows[3 * n] as number,
        timeSeconds: sample / this.#sampleRate,
        strength: rows[3 * n + 2] as number,
      })
    }
  }

  #readFrame(index: number): HeardFrame {
    const [stems, mixtures] = [this.#stems, this.#mixtures.length]
    const sums = stems * stemRow
    const powers = sums + stems * stems
    const mixed = powers + stems
    const cosines = mixed + mixtures * mixtureRow
    const length = cosines + mixtures * mixtures
    // One copy, of which all lists are views: making an array costs more than filling it.
    const row = new Float64Array(this.#kernel.memory.buffer, this.#kernel.analyserFrame(this.#pointer), length).slice()
    return {
      index,
      timeSeconds: ((index + 0.5) * this.#hop) / this.#sampleRate,
      stems: Array.from({ length: stems }, (_, s) => readStem(row, s * stemRow)),
      roughnessSums: row.subarray(sums, powers),
      partialPower: row.subarray(powers, mixed),
      mixtures: this.#mixtures.map((members, m) => {
        let weightedPower = 0
        for (const s of members) weightedPower += row[s * stemRow + 1] as number
        return readMixture(row, mixed + m * mixtureRow, weightedPower)
      }),
      similarities: row.subarray(cosines, length),
    }
  }
}

function readStem(row: Float64Array, at: number): HeardStem {
  const count = row[at] as number
  const tones = at + 16
  return {
    partialsHz: row.subarray(tones, tones + count),
    amplitudes: row.subarray(tones + mostPartials, tones + mostPartials + count),
    chroma: row.subarray(at + 4, tones),
    weightedPower: row[at + 1] as number,
    power: row[at + 2] as number,
    tonality: row[at + 3] as number,
  }
}

function readMixture(row: Float64Array, at: number, weightedPower: number): HeardMixture {
  const [partials, harmonicity, notes] = [row[at] as number, row[at + 1] as number, row[at + 2] as number]
  const list = (from: number, count: number) => row.subarray(at + from, at + from + count)
  const tones = 3 + 2 * mostNotes
  return {
    weightedPower,
    partialsHz: list(tones, partials),
    amplitudes: list(tones + mostPartials, partials),
    harmonicity: harmonicity < 0 ? null : harmonicity,
    notes: notes < 0 ? null : { midi: list(3, notes), saliences: list(3 + mostNotes, notes) },
  }
}
