// The headphone check after Woods, Siegel, Traer & McDermott (2017): three tones of 200 Hz, one 6 dB quieter, one in opposite phase left and
// right. Over headphones the quieter one is plain; over loudspeakers the one in opposite phase cancels and seems quietest.

export const toneTrials = 6
const [toneSeconds, gapSeconds, rampSeconds] = [1, 0.5, 0.1]
const [hertz, loud, quiet] = [200, 0.25, 0.125]

export interface ToneTrial {
  /** Place of the quieter tone, 0 to 2: the right answer. */
  readonly quieter: number
  /** Place of the tone in opposite phase, another. */
  readonly opposite: number
}

/** Each place of the quieter tone twice. `random` draws from [0, 1). */
export function drawToneTrials(random: () => number): ToneTrial[] {
  const places = Array.from({ length: toneTrials }, (_, k) => k % 3)
  return places
    .map((quieter) => ({ quieter, opposite: (quieter + 1 + Math.floor(2 * random())) % 3, order: random() }))
    .sort((p, q) => p.order - q.order)
    .map(({ quieter, opposite }) => ({ quieter, opposite }))
}

export function renderTones(context: BaseAudioContext, { quieter, opposite }: ToneTrial): AudioBuffer {
  const { sampleRate } = context
  const total = 3 * toneSeconds + 2 * gapSeconds
  const buffer = new AudioBuffer({ numberOfChannels: 2, length: Math.round(total * sampleRate), sampleRate })
  const [left, right] = [buffer.getChannelData(0), buffer.getChannelData(1)]
  for (const place of [0, 1, 2]) {
    const first = Math.round(place * (toneSeconds + gapSeconds) * sampleRate)
    const count = Math.round(toneSeconds * sampleRate)
    for (let i = 0; i < count; i++) {
      const edge = Math.min(1, i / sampleRate / rampSeconds, (count - i) / sampleRate / rampSeconds)
      const level = (place === quieter ? quiet : loud) * edge * Math.sin((2 * Math.PI * hertz * i) / sampleRate)
      left[first + i] = level
      right[first + i] = place === opposite ? -level : level
    }
  }
  return buffer
}
