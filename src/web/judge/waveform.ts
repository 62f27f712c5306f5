// A sound as a picture: in each column the lowest and highest sample of all channels, on a scale that several pictures share. In words beside it,
// for whoever does not see it: how long, where loudest, the level of each eighth in decibels below full scale (root mean square).
import { clockText } from './elements.ts'

const columns = 360
const parts = 8
/** Mean square: -120 dBFS, above the dither of a served clip. */
const silence = 1e-12

export interface WaveformWish {
  readonly name: string
  readonly sound: AudioBuffer
  /** The sample that fills the height. */
  readonly most: number
  seek(seconds: number): void
}

export interface Waveform {
  readonly part: SVGSVGElement
  /** Moves the playhead. */
  refresh(seconds: number): void
}

const channelsOf = (sound: AudioBuffer) =>
  Array.from({ length: sound.numberOfChannels }, (_, k) => sound.getChannelData(k))

export function drawWaveform({ name, sound, most, seek }: WaveformWish): Waveform {
  const channels = channelsOf(sound)
  const part = draw('svg', {
    class: 'wave',
    viewBox: `0 -1 ${columns} 2`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': describeSound(name, channels, sound.sampleRate),
  })
  const head = draw('line', { x1: '0', x2: '0', y1: '-1', y2: '1', 'vector-effect': 'non-scaling-stroke' })
  part.append(draw('path', { d: outline(channels, most) }), head)
  // The slider does the same by keyboard.
  part.addEventListener('click', ({ clientX }) => {
    const { left, width } = part.getBoundingClientRect()
    seek((Math.min(1, Math.max(0, (clientX - left) / width)) * sound.length) / sound.sampleRate)
  })
  return {
    part,
    refresh(seconds) {
      const at = ((columns * seconds * sound.sampleRate) / sound.length).toFixed(1)
      head.setAttribute('x1', at)
      head.setAttribute('x2', at)
    },
  }
}

function draw<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string>>) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

export const peakOf = (sound: AudioBuffer): number =>
  channelsOf(sound).reduce((most, channel) => channel.reduce((peak, x) => Math.max(peak, Math.abs(x)), most), 0)

/** There along the highest samples, back along the lowest; up is minus. A hair's breadth where nothing sounds. */
export function outline(channels: readonly Float32Array[], most: number): string {
  const length = channels[0]?.length ?? 0
  const [above, below]: [string[], string[]] = [[], []]
  for (let k = 0; k < columns; k++) {
    let [low, high] = [0, 0]
    const end = Math.floor(((k + 1) * length) / columns)
    for (const channel of channels)
      for (let i = Math.floor((k * length) / columns); i < end; i++) {
        const x = channel[i] as number
        if (x < low) low = x
        if (x > high) high = x
      }
    const y = (x: number) => Math.min(1, Math.max(-1, most > 0 ? x / most : 0))
    above.push(`${k} ${(-Math.max(0.01, y(high))).toFixed(3)} ${k + 1} ${(-Math.max(0.01, y(high))).toFixed(3)}`)
    below.unshift(`${k + 1} ${Math.max(0.01, -y(low)).toFixed(3)} ${k} ${Math.max(0.01, -y(low)).toFixed(3)}`)
  }
  return `M${[...above, ...below].join(' ')}Z`
}

export function describeSound(name: string, channels: readonly Float32Array[], sampleRate: number): string {
  const length = channels[0]?.length ?? 0
  const levels = Array.from({ length: parts }, (_, k) => {
    const [from, to] = [Math.floor((k * length) / parts), Math.floor(((k + 1) * length) / parts)]
    let power = 0
    for (const channel of channels) for (let i = from; i < to; i++) power += (channel[i] as number) ** 2
    return power / Math.max(1, channels.length * (to - from))
  })
  const below = levels.map((power) => (power > silence ? Math.round(-10 * Math.log10(power)) : null))
  // By what is told: dither makes no part the loudest.
  const loudest = below.indexOf(Math.min(...below.map((decibels) => decibels ?? Number.POSITIVE_INFINITY)))
  const where = loudest === -1 ? 'silent' : `loudest from ${clockText((loudest * length) / parts / sampleRate)} on`
  const words = below.map((decibels) => decibels ?? 'silent')
  return `Waveform of ${name}, ${clockText(length / sampleRate)} long, ${where}. Decibels below full scale by eighths: ${words.join(', ')}.`
}
