// Two sounds under one playhead, or three (X is one of the two). All always run, started at the same sample; which one is heard is a matter of gains, which cross in 5 ms.
// Whatever moves the playhead (seeking, another loop) starts all anew at one moment, faded.
import { createHeard, type Heard, type Region, runRound } from './heard.ts'

export type Side = 'a' | 'b' | 'x'
/** Something for each sound of a trial; X where there is one. */
export type BySide<Value> = Readonly<Record<'a' | 'b', Value> & { x?: Value }>

export interface PairPlayer {
  play(): void
  pause(): void
  listenTo(side: Side): void
  /** Within the loop. */
  seek(seconds: number): void
  /** null: the whole clip. */
  loop(region: Region | null): void
  state(): PlayerState
  /** Seconds of a side that were heard, up to now. */
  heard(side: Side): number
  dispose(): void
}

export interface PlayerState {
  readonly playing: boolean
  readonly side: Side
  readonly seconds: number
  readonly region: Region
  readonly looped: boolean
  readonly switches: number
  /** Which side was heard first; null: none yet. */
  readonly first: Side | null
}

export interface PlayerSettings {
  readonly sounds: BySide<AudioBuffer>
  readonly output: AudioNode
  /** What was heard of this trial before. */
  readonly heard?: Readonly<Record<Side, Heard>>
}

export const rampSeconds = 0.005

/** What a trial has, in its order. */
export const sidesOf = (sounds: BySide<unknown>): readonly Side[] =>
  sounds.x === undefined ? ['a', 'b'] : ['a', 'b', 'x']

export const newHeard = (): Readonly<Record<Side, Heard>> => ({ a: createHeard(), b: createHeard(), x: createHeard() })

/** All are equally long; should one be shorter, it rules. */
export const lengthOf = (sounds: BySide<AudioBuffer>): number =>
  Math.min(sounds.a.duration, sounds.b.duration, sounds.x?.duration ?? Number.POSITIVE_INFINITY)

interface Voices {
  readonly sources: readonly AudioBufferSourceNode[]
  readonly gains: ReadonlyMap<Side, GainNode>
  readonly edge: GainNode
}

export function createPairPlayer(context: BaseAudioContext, settings: PlayerSettings): PairPlayer {
  const { sounds, output } = settings
  const heard = settings.heard ?? newHeard()
  const head = createPlayhead({ length: lengthOf(sounds), heard, now: () => context.currentTime })
  let voices: Voices | undefined
  let [side, first]: [Side, Side | null] = ['a', null]
  let switches = 0
  const start = () => {
    voices = startVoices(context, { sounds, output, side, at: head.at(side), region: head.region() })
    head.run()
    first ??= side
  }
  const stop = () => {
    if (voices !== undefined) fadeOut(context, voices)
    voices = undefined
    head.stand()
  }
  const restart = (change: () => void) => {
    head.at(side)
    const playing = voices !== undefined
    stop()
    change()
    if (playing) start()
  }
  return {
    play() {
      if (voices === undefined) start()
    },
    pause() {
      head.at(side)
      stop()
    },
    listenTo(wanted) {
      head.at(side)
      if (wanted === side || sounds[wanted] === undefined) return
      side = wanted
      switches++
      if (voices !== undefined) cross(context, voices, side)
    },
    seek: (wanted) => restart(() => head.seek(wanted)),
    loop: (wanted) => restart(() => head.loop(wanted)),
    state() {
      const seconds = head.at(side)
      return {
        playing: voices !== undefined,
        side,
        seconds,
        region: head.region(),
        looped: head.looped(),
        switches,
        first,
      }
    },
    heard(of) {
      head.at(side)
      return heard[of].seconds()
    },
    dispose: stop,
  }
}

interface PlayheadSettings {
  readonly length: number
  readonly heard: Readonly<Record<Side, Heard>>
  /** In seconds. */
  readonly now: () => number
}

/** Where the playhead is, running or standing, and what it passed. */
function createPlayhead({ length, heard, now }: PlayheadSettings) {
  const whole: Region = { from: 0, to: length }
  let region = whole
  let at = 0
  /** null: it stands. */
  let since: number | null = null
  const settle = () => {
    at = Math.min(Math.max(at, region.from), region.to - rampSeconds)
  }
  return {
    region: () => region,
    looped: () => region !== whole,
    /** Moves it to now; what it passed was heard of this side. */
    at(side: Side): number {
      if (since === null) return at
      const until = Math.max(now(), since)
      const { at: reached, passed } = runRound(at, until - since, region)
      for (const [from, to] of passed) heard[side].add(from, to)
      ;[at, since] = [reached, until]
      return at
    },
    run() {
      since = now()
    },
    stand() {
      since = null
    },
    seek(wanted: number) {
      at = wanted
      settle()
    },
    /** null: the whole clip. */
    loop(wanted: Region | null) {
      region = wanted ?? whole
      settle()
    },
  }
}

interface Start {
  readonly sounds: BySide<AudioBuffer>
  readonly output: AudioNode
  readonly side: Side
  readonly at: number
  readonly region: Region
}

function startVoices(context: BaseAudioContext, { sounds, output, side, at, region }: Start): Voices {
  const now = context.currentTime
  const edge = new GainNode(context, { gain: 0 })
  edge.gain.setValueAtTime(0, now)
  edge.gain.linearRampToValueAtTime(1, now + rampSeconds)
  edge.connect(output)
  const gains = new Map<Side, GainNode>()
  const sources = sidesOf(sounds).map((one) => {
    const { from: loopStart, to: loopEnd } = region
    const buffer = sounds[one] ?? null
    const source = new AudioBufferSourceNode(context, { buffer, loop: true, loopStart, loopEnd })
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(one === side ? 1 : 0, now)
    gains.set(one, gain)
    source.connect(gain).connect(edge)
    source.start(now, at)
    return source
  })
  return { sources, gains, edge }
}

function cross(context: BaseAudioContext, { gains }: Voices, side: Side): void {
  const now = context.currentTime
  for (const [one, { gain }] of gains) {
    gain.cancelScheduledValues(now)
    gain.setValueAtTime(gain.value, now)
    gain.linearRampToValueAtTime(one === side ? 1 : 0, now + rampSeconds)
  }
}

function fadeOut(context: BaseAudioContext, { sources, edge }: Voices): void {
  const now = context.currentTime
  edge.gain.cancelScheduledValues(now)
  edge.gain.setValueAtTime(edge.gain.value, now)
  edge.gain.linearRampToValueAtTime(0, now + rampSeconds)
  for (const source of sources) source.stop(now + 2 * rampSeconds)
}
