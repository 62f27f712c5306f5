// Clear twin of the kernel's tones: every partial a sine of its own, every envelope a formula of time. Slow, and nothing is shared with the kernel.

export interface ToneNote {
  readonly midi: number
  readonly velocity: number
  readonly durationSamples: number
}

const ramp = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x))
const hertz = (midi: number) => 440 * 2 ** ((midi - 69) / 12)
const registerGain = (hz: number) => Math.min(1.5, Math.max(0.67, (440 / hz) ** 0.16))

/** Amplitudes of partials 1..count falling as n^-power exp(-n / bend), scaled to a root mean square of 1 over `full` partials. */
function partials(count: number, full: number, power: number, bend: number): number[] {
  const all = Array.from({ length: full }, (_, i) => Math.exp(-(i + 1) / bend) / (i + 1) ** power)
  const scale = 1 / Math.sqrt(all.reduce((sum, a) => sum + 0.5 * a * a, 0))
  return all.slice(0, count).map((a) => a * scale)
}

/** Sample t of a `harmonic` note: a bright spectrum that mellows with time constant .28 s, a level that falls with 1.3 s. */
export function harmonicTone(note: ToneNote, sampleRate: number): (t: number) => number {
  const hz = hertz(note.midi)
  const count = Math.floor(18000 / hz)
  const bright = partials(count, 64, 1, 22)
  const dull = partials(count, 16, 1.25, 8)
  const release = Math.floor(0.1 * sampleRate)
  return (t) => {
    const seconds = t / sampleRate
    const mix = (0.2 + 0.6 * note.velocity) * Math.exp(-seconds / 0.28)
    let sum = 0
    for (let n = 1; n <= Math.min(64, count); n++) {
      const amplitude = (1 - mix) * (dull[n - 1] ?? 0) + mix * (bright[n - 1] ?? 0)
      sum += amplitude * Math.sin(2 * Math.PI * n * hz * seconds)
    }
    const envelope = ramp(t / Math.floor(0.006 * sampleRate)) * (1 - ramp((t - note.durationSamples) / release))
    return 0.229 * note.velocity * registerGain(hz) * Math.exp(-seconds / 1.3) * envelope * sum
  }
}

/** Sample t of a `bell` note: eight partials at n^log2(2.1), the higher the shorter. */
export function bellTone(note: ToneNote, sampleRate: number): (t: number) => number {
  const hz = hertz(note.midi)
  const longest = Math.min(2.2, 1.1 * Math.sqrt(440 / hz))
  const release = Math.floor(0.25 * sampleRate)
  return (t) => {
    const seconds = t / sampleRate
    let sum = 0
    for (let n = 1; n <= 8; n++) {
      const partialHz = hz * n ** Math.log2(2.1)
      if (partialHz > 18000) continue
      const amplitude = n ** (-0.9 - 0.5 * (1 - note.velocity))
      sum += amplitude * Math.exp((-seconds * n ** 0.85) / longest) * Math.sin(2 * Math.PI * partialHz * seconds)
    }
    const envelope = ramp(t / Math.floor(0.002 * sampleRate)) * (1 - ramp((t - note.durationSamples) / release))
    return 0.256 * note.velocity * registerGain(hz) * envelope * sum
  }
}
