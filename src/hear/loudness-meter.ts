// Samples of one sound (mono or more channels) in, what loudness is made of out, through the kernel's meters (worklets/kernel/loudness.ts).
import type { Kernel } from '../kernel/index.ts'
import type { Hertz } from '../units.ts'
import type { LoudnessMeter, LoudnessTrace } from './frame.ts'

const mostSamples = 4096

/**
 * A meter for a sound of `weights.length` channels at 8000..192000 Hz. Weights after BS.1770: 1 for mono, left, right and centre, 1.41 for surround.
 * Memory grows by eight bytes per 10 ms. Throws RangeError for other settings.
 */
export function createLoudnessMeter(
  kernel: Kernel,
  settings: { readonly sampleRate: Hertz; readonly weights: readonly number[] },
): LoudnessMeter {
  const { sampleRate, weights } = settings
  const meters = weights.map(() => kernel.createMeter(sampleRate))
  if (meters.length === 0 || meters.includes(0))
    throw new RangeError(
      `createLoudnessMeter: expected 8000 to 192000 Hz and a weight per channel, got ${sampleRate} Hz and ${weights.length} weights.`,
    )
  const cells: Float64Array[] = weights.map(() => new Float64Array(1024))
  const counts = weights.map(() => 0)

  function pushChannel(channel: number, samples: Float32Array): void {
    const meter = meters[channel] as number
    for (let at = 0; at < samples.length; at += mostSamples) {
      const part = samples.subarray(at, at + mostSamples)
      new Float32Array(kernel.memory.buffer, kernel.meterInput(meter), mostSamples).set(part)
      const done = kernel.meterSamples(meter, part.length)
      const fresh = new Float64Array(kernel.memory.buffer, kernel.meterCells(meter), done)
      const count = counts[channel] as number
      cells[channel] = appended(cells[channel] as Float64Array, count, fresh)
      counts[channel] = count + done
    }
  }

  function trace(): LoudnessTrace {
    const count = counts[0] as number
    const cellPowers = new Float64Array(count)
    weights.forEach((weight, channel) => {
      const own = cells[channel] as Float64Array
      for (let n = 0; n < count; n++) cellPowers[n] = (cellPowers[n] as number) + weight * (own[n] as number)
    })
    return { cellPowers, cellSeconds: 0.01, truePeak: Math.max(...meters.map((meter) => kernel.meterTruePeak(meter))) }
  }

  return {
    push(channels) {
      if (channels.length !== weights.length || channels.some((block) => block.length !== channels[0]?.length))
        throw new RangeError(
          `LoudnessMeter.push: expected ${weights.length} blocks of equal length, got ${channels.map((block) => block.length).join(', ')}.`,
        )
      channels.forEach((samples, channel) => {
        pushChannel(channel, samples)
      })
    },
    trace,
    dispose() {
      for (const meter of meters) kernel.disposeMeter(meter)
    },
  }
}

/** `list` with `fresh` written from `count` on, in a list twice as long where it does not fit. */
function appended(list: Float64Array, count: number, fresh: Float64Array): Float64Array {
  let room = list
  if (count + fresh.length > list.length) {
    room = new Float64Array(2 * (count + fresh.length))
    room.set(list.subarray(0, count))
  }
  room.set(fresh, count)
  return room
}
