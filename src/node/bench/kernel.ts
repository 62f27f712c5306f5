// One resolution, one window: the work that spectral libraries do frame by frame, done by the kernel to be compared like for like
// (worklets/kernel/yardstick.ts). The product's own ear resolves far more; its figures are those of agents.ts and length.ts.
import type { Kernel } from '../../kernel/index.ts'
import { InputError } from '../../record/index.ts'
import { loadInstalledKernel } from '../installation.ts'
import { readWav } from '../sound/wav-reader.ts'
import { timePasses, timesRealTime } from './clock.ts'
import { benchRate, makeTestStem } from './test-sound.ts'

export interface KernelBench {
  readonly seconds: number
  /** Frames of 2048 samples, 1024 apart. */
  readonly frames: number
  /** Mean over both stems. */
  readonly peaksPerFrame: number
  /** One time a pass: the first stem to peaks, roughness within it, chroma. */
  readonly stemCpuSeconds: readonly number[]
  /** Both stems to peaks, roughness between them. */
  readonly pairCpuSeconds: readonly number[]
  /** null when a pass is too short for the clock. */
  readonly stemXRealtime: number | null
  readonly pairXRealtime: number | null
  /** Between the stems, one a frame. */
  readonly roughness: readonly number[]
  /** Of the first stem, C first, mean over its frames. */
  readonly chroma: readonly number[]
}

const frameSamples = 2048
const hopSamples = 1024
/** Seconds of the stems it makes itself. */
const ownSeconds = 60

/** Times the kernel on two WAV files (mono 48 kHz), or on two stems of its own. Throws InputError. */
export function measureKernel(files: readonly string[], passes: number): KernelBench {
  const stems = files.length > 0 ? readPair(files) : [makeTestStem(0, ownSeconds), makeTestStem(1, ownSeconds)]
  return measureStems(stems, passes)
}

/** Two stems of one length, at least a frame. */
export function measureStems(stems: readonly Float32Array[], passes: number): KernelBench {
  const { kernel } = loadInstalledKernel()
  const work = createWork(kernel, stems)
  const seconds = (stems[0] as Float32Array).length / benchRate
  const pairCpuSeconds = timePasses(passes, work.hearPair)
  const roughness = [...work.roughness]
  const peaksPerFrame = work.peaks() / (2 * work.frames)
  const stemCpuSeconds = timePasses(passes, work.hearStem)
  return {
    seconds,
    frames: work.frames,
    peaksPerFrame,
    stemCpuSeconds,
    pairCpuSeconds,
    stemXRealtime: timesRealTime(seconds, stemCpuSeconds),
    pairXRealtime: timesRealTime(seconds, pairCpuSeconds),
    roughness,
    chroma: [...work.chroma].map((sum) => sum / work.frames),
  }
}

/** One pass over all frames, ready to be timed; the stems lie in the kernel's memory, as they would in a worklet. */
function createWork(kernel: Kernel, stems: readonly Float32Array[]) {
  const length = (stems[0] as Float32Array).length
  const frames = Math.floor((length - frameSamples) / hopSamples) + 1
  const [a, b] = stems.map((stem) => copyIn(kernel, stem)) as [number, number]
  const yardstick = kernel.createYardstick(benchRate)
  const classes = new Float32Array(kernel.memory.buffer, kernel.yardstickChroma(yardstick), 12)
  const roughness = new Float32Array(frames)
  const within = new Float32Array(frames)
  const chroma = new Float64Array(12)
  let peaks = 0
  return {
    frames,
    roughness,
    within,
    chroma,
    peaks: () => peaks,
    hearPair() {
      peaks = 0
      for (let n = 0; n < frames; n++) {
        const at = n * hopSamples * Float32Array.BYTES_PER_ELEMENT
        peaks += kernel.yardstickPartials(yardstick, a + at, 0)
        peaks += kernel.yardstickPartials(yardstick, b + at, 1)
        roughness[n] = kernel.yardstickRoughness(yardstick)
      }
    },
    hearStem() {
      chroma.fill(0)
      for (let n = 0; n < frames; n++) {
        kernel.yardstickPartials(yardstick, a + n * hopSamples * Float32Array.BYTES_PER_ELEMENT, 0)
        within[n] = kernel.yardstickWithin(yardstick)
        kernel.yardstickChroma(yardstick)
        for (let k = 0; k < 12; k++) chroma[k] = (chroma[k] as number) + (classes[k] as number)
      }
    },
  }
}

function copyIn(kernel: Kernel, samples: Float32Array): number {
  const block = kernel.allocate(samples.byteLength)
  new Float32Array(kernel.memory.buffer, block, samples.length).set(samples)
  return block
}

function readPair(files: readonly string[]): Float32Array[] {
  if (files.length !== 2)
    throw new InputError('usage', `bench: --stems: expected two WAV files, got ${files.length}. Name two.`)
  const stems = files.map((file) => {
    const { sampleRate, channels } = readWav(file)
    const [samples] = channels
    if (samples === undefined || channels.length !== 1 || sampleRate !== benchRate)
      throw new InputError(
        'bad-stem',
        `${file}: expected one channel at ${benchRate} Hz, got ${channels.length} at ${sampleRate} Hz. Convert it.`,
      )
    if (samples.length < frameSamples)
      throw new InputError(
        'bad-stem',
        `${file}: expected at least ${frameSamples} samples, got ${samples.length}. Take a longer one.`,
      )
    return samples
  })
  const [a, b] = stems.map((samples) => samples.length)
  if (a !== b)
    throw new InputError(
      'bad-stem',
      `bench: --stems: expected stems of one length, got ${a} and ${b} samples. Cut one.`,
    )
  return stems
}
