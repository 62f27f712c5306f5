// A player that outlives its sound device: when the device is gone, everything behind the loudspeakers is opened anew and set as it was,
// and goes on at the moment at which it fell silent. Whoever holds the player notices nothing but the words.
import type { Seconds } from '../../units.ts'
import type { StripControl } from '../view/strips.ts'
import type { Stretch } from './loops.ts'
import type { Casting, Mixer } from './mixer.ts'
import { openPlayer, type Player, type PlayerSettings } from './player.ts'
import type { Recorder } from './recorder.ts'

export interface SteadySettings extends Omit<PlayerSettings, 'onDevice'> {
  /** The sound is taken away, or there again; in words. */
  readonly onDevice: (state: 'lost' | 'back', words: string) => void
}

type Guests = Parameters<Player['invite']>[0]

/** How it was set by hand, and where it stood. */
interface Setting {
  seconds: Seconds
  playing: boolean
  speed: number
  loop: Stretch | null
  guest: Guests
}

const patienceMilliseconds = [0, 1000, 2000, 4000, 8000]

export async function openSteadyPlayer(settings: SteadySettings): Promise<Player> {
  let generation = 0
  let disposed = false
  /** null while it sounds as it should. */
  let lost: Setting | null = null
  let guest: Guests = null
  let recording: Recorder | null = null
  const open = (): Promise<Player> => {
    const own = ++generation
    const current = <Words extends unknown[]>(act: (...words: Words) => void) => {
      return (...words: Words) => void (own === generation && act(...words))
    }
    return openPlayer({
      ...settings,
      onState: current(settings.onState),
      onMessage: current(settings.onMessage),
      onMoved: current(settings.onMoved),
      onDevice: current((event) => {
        if (event === 'gone') void reopen()
        else if (event === 'interrupted')
          settings.onDevice('lost', 'The sound was taken away; it goes on as soon as it may.')
        else settings.onDevice('back', 'The sound is back; it went on where it stood.')
      }),
    })
  }
  let inner = await open()
  const mixer = createSteadyMixer(() => inner.mixer)

  const reopen = async () => {
    const sounded = inner.state === 'playing' || inner.state === 'waiting'
    const { speed, loop } = inner
    lost = { seconds: inner.seconds(), playing: sounded, speed, loop, guest }
    if (inner.recorder.isRecording) recording = inner.recorder
    generation++
    inner.dispose()
    settings.onDevice('lost', 'The sound device is gone; opening the sound anew.')
    for (let tries = 0; lost !== null && !disposed; tries++) {
      await new Promise((resolve) => setTimeout(resolve, patienceMilliseconds[Math.min(tries, 4)]))
      try {
        inner = await open()
        if (disposed) return inner.dispose()
        await restore(lost)
        lost = null
      } catch (error) {
        settings.onDevice('lost', `No sound (${(error as Error).message}); trying again.`)
      }
    }
    if (!disposed) settings.onDevice('back', 'The sound is back; it went on where it fell silent.')
  }
  const restore = async (setting: Setting) => {
    mixer.restore()
    if (setting.speed !== 1) inner.setSpeed(setting.speed)
    inner.seek(setting.seconds)
    if (setting.loop !== null) await inner.setLoop(setting.loop)
    if (setting.guest !== null) await inner.invite(setting.guest)
    mixer.recast()
    await inner.prepare()
    if (setting.playing) await inner.play()
  }
  return {
    mixer,
    get recorder() {
      if (recording?.isRecording === true) return recording
      return inner.recorder
    },
    get state() {
      return lost === null ? inner.state : lost.playing ? 'waiting' : 'paused'
    },
    get speed() {
      return lost?.speed ?? inner.speed
    },
    get loop() {
      return lost === null ? inner.loop : lost.loop
    },
    get guest() {
      return inner.guest
    },
    seconds: () => lost?.seconds ?? inner.seconds(),
    feed: () => lost === null && inner.feed(),
    prepare: () => (lost === null ? inner.prepare() : Promise.resolve()),
    async play() {
      if (lost === null) await inner.play()
      else lost.playing = true
    },
    pause() {
      if (lost === null) inner.pause()
      else lost.playing = false
    },
    seek(seconds) {
      if (lost === null) inner.seek(seconds)
      else lost.seconds = seconds
    },
    setSpeed(speed) {
      if (lost === null) inner.setSpeed(speed)
      else lost.speed = speed
    },
    async setLoop(loop) {
      if (lost === null) await inner.setLoop(loop)
      else lost.loop = loop
    },
    async invite(score) {
      guest = score
      if (lost === null) await inner.invite(score)
      else lost.guest = score
    },
    dispose() {
      disposed = true
      generation++
      if (lost === null) inner.dispose()
    },
  }
}

interface SteadyMixer extends Mixer {
  /** Sets a new mixer as the one before it was. */
  restore(): void
  /** Who sounded behind the strips sounds there again. */
  recast(): void
}

function createSteadyMixer(inner: () => Mixer): SteadyMixer {
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
