// A mixer that outlives the one behind it: it remembers how it was set by hand, and sets the next one so.
import type { StripControl } from '../view/strips.ts'
import type { Casting, Mixer } from './mixer.ts'

export interface SteadyMixer extends Mixer {
  /** Sets a new mixer as the one before it was. */
  restore(): void
  /** Who sounded behind the strips sounds there again. */
  recast(): void
}

/** `inner`: the mixer as it is now. */
export function createSteadyMixer(inner: () => Mixer): SteadyMixer {
  let master: number | null = null
  let muted = false
  let casting: Casting = 'own'
  const strips = inner().strips.map((strip, k) => createSteadyStrip(strip, () => inner().strips[k] as StripControl))
  return {
    strips: strips.map(({ control }) => control),
    connectSource: (source) => inner().connectSource(source),
    connectGuest: (source, stems) => inner().connectGuest(source, stems),
    releaseGuest: () => inner().releaseGuest(),
    tap: (node) => inner().tap(node),
    fade: (to, at) => inner().fade(to, at),
    readLevel: () => inner().readLevel(),
    cast(next) {
      casting = next
      inner().cast(next)
    },
    setMasterDecibels(decibels) {
      master = decibels
      inner().setMasterDecibels(decibels)
    },
    setMuted(next) {
      muted = next
      inner().setMuted(next)
    },
    restore() {
      if (master !== null) inner().setMasterDecibels(master)
      inner().setMuted(muted)
      for (const strip of strips) strip.restore()
    },
    recast: () => inner().cast(casting),
  }
}

/** One strip that remembers how it was set. */
function createSteadyStrip({ agent, layer, pan }: StripControl, inner: () => StripControl) {
  const kept = { solo: false, mute: false, levelDecibels: 0, pan }
  const dials = ['levelDecibels', 'pan', 'mute', 'solo'] as const
  const control = { agent, layer, readLevel: () => inner().readLevel() }
  for (const dial of dials)
    Object.defineProperty(control, dial, {
      enumerable: true,
      get: () => inner()[dial],
      set(value: never) {
        kept[dial] = value
        inner()[dial] = value
      },
    })
  const restore = () => {
    for (const dial of dials) inner()[dial] = kept[dial] as never
  }
  return { control: control as StripControl, restore }
}
