// Quantum by quantum on a plain page, where there is a clock: exactly what the worklet's `process` does, timed and counted.
import { createAnalyser } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { type LoadSound, loadRate, type QuantaLoad, quantumSamples } from './figures.ts'

const quantumMilliseconds = (1000 * quantumSamples) / loadRate
const transformPoints = 2048
const transformsTimed = 500

export function measureQuanta(sound: LoadSound, passes: number): QuantaLoad {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(sound.kernel))
  const kernel = exports as unknown as Kernel
  hearOnce(kernel, sound)
  const all = Array.from({ length: passes }, () => hearOnce(kernel, sound))
  const quanta = all[0]?.times.length ?? 0
  const fastest = Array.from({ length: quanta }, (_, q) => Math.min(...all.map(({ times }) => times[q] as number)))
  const points = all[0]?.points ?? []
  return {
    quanta,
    meanShare: mean(fastest) / quantumMilliseconds,
    mostShare: most(fastest) / quantumMilliseconds,
    worstShare: most(all.map(({ times }) => most(times))) / quantumMilliseconds,
    meanPoints: mean(points),
    mostPoints: most(points),
    transformShare: transformMilliseconds(kernel, passes) / quantumMilliseconds,
  }
}

/** Milliseconds and transformed points of each quantum. */
function hearOnce(kernel: Kernel, { stems, mixtures }: LoadSound): { times: number[]; points: number[] } {
  const analyser = createAnalyser(kernel, { sampleRate: loadRate, stems: stems.length, mixtures })
  const blocks = stems.map(() => new Float32Array(quantumSamples))
  const times: number[] = []
  const points: number[] = []
  const length = stems[0]?.length ?? 0
  for (let at = 0; at + quantumSamples <= length; at += quantumSamples) {
    for (const [k, block] of blocks.entries()) block.set(stems[k]?.subarray(at, at + quantumSamples) ?? [])
    const before = kernel.transformedPoints()
    const start = performance.now()
    analyser.push(blocks, ignore, ignore)
    times.push(performance.now() - start)
    points.push((kernel.transformedPoints() - before) | 0)
  }
  analyser.dispose()
  return { times, points }
}

function transformMilliseconds(kernel: Kernel, passes: number): number {
  const fourier = kernel.createFourier(transformPoints)
  const once = () => {
    const start = performance.now()
    for (let n = 0; n < transformsTimed; n++) kernel.transformFourier(fourier)
    return (performance.now() - start) / transformsTimed
  }
  once()
  const fastest = Math.min(...Array.from({ length: passes }, once))
  kernel.disposeFourier(fourier)
  return fastest
}

const ignore = () => {}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const most = (values: readonly number[]) => values.reduce((largest, value) => Math.max(largest, value), 0)
