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
  const seconds = lengthOf(sounds)
  const whole: Region = { from: 0, to: seconds }
  const heard = settings.heard ?? newHeard()
  let voices: Voices | undefined
  let side: Side = 'a'
  let region = whole
  let first: Side | null = null
  let switches = 0
  // Where the playhead was, and when; while paused only where.
  let [at, since] = [0, 0]

  /** Moves the playhead to now and notes what was heard on the way. */
  function account(): void {
    if (voices === undefined) return
    const now = context.currentTime
    const { at: reached, passed } = runRound(at, Math.max(0, now - since), region)
    for (const [from, to] of passed) heard[side].add(from, to)
    ;[at, since] = [reached, Math.max(now, since)]
  }

  function start(): void {
    voices = startVoices(context, { sounds, output, side, at, region })
    since = context.currentTime
    first ??= side
  }

  function stop(): void {
    if (voices === undefined) return
    fadeOut(context, voices)
    voices = undefined
  }

  function restart(change: () => void): void {
    account()
    const playing = voices !== undefined
    stop()
    change()
    at = Math.min(Math.max(at, region.from), region.to - rampSeconds)
    if (playing) start()
  }

  return {
    play() {
      if (voices === undefined) start()
    },
    pause() {
      account()
      stop()
    },
    listenTo(wanted) {
      account()
      if (wanted === side || sounds[wanted] === undefined) return
      side = wanted
      switches++
      if (voices !== undefined) cross(context, voices, side)
    },
    seek: (wanted) =>
      restart(() => {
        at = wanted
      }),
    loop: (wanted) =>
      restart(() => {
        region = wanted ?? whole
      }),
    state() {
      account()
      return { playing: voices !== undefined, side, seconds: at, region, looped: region !== whole, switches, first }
    },
    heard(of) {
      account()
      return heard[of].seconds()
    },
    dispose: stop,
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
