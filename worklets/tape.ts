// What lies ready to sound, and where in it we are. `head` is the sample of the run that sounds next, `position` the one that the renderers
// would give next. They part where sound is skipped (behind), where one ensemble waits for another (ahead), and inside a loop, which
// sounds from memory while the renderers rest at its end.
import type { Samples } from '../src/units.ts'
import type { FromEnsemble, LoopMessage, SeekMessage, SlotMessage } from './messages.ts'
import type { Beginning, Players } from './players.ts'

type Parts = readonly Float32Array[]

export interface Tape {
  readonly head: Samples
  take(message: SlotMessage): void
  moveTo(message: SeekMessage): void
  /** No slot follows. */
  complete(): void
  setLoop(message: LoopMessage): void
  leaveLoop(): void
  /** The head is so many samples after `since`, whatever it has given so far. */
  keepTime(since: Samples, passed: Samples): void
  /** Renders without a sound until the renderers are where the head is, a piece at a time. `blocks` stay silent. */
  catchUp(blocks: Parts): void
  /** Whether the next so many samples can sound. */
  isReady(samples: Samples): boolean
  /** The next samples; true where a loop began anew or was left. */
  sound(blocks: Parts, manner: 'exact' | 'in step'): boolean
  isOver(): boolean
  finish(): void
}

/** Blocks skipped at once: .2 s of sound in about a third of a block's time. */
const skipAtOnce = 64
/** Who comes back in mid-sound does so in 5 ms. */
const returnSamples = 240

interface State {
  readonly players: Players
  readonly report: (message: FromEnsemble) => void
  beginning: Beginning
  head: Samples
  position: Samples
  scheduledUntil: Samples
  ends: { slot: number; sample: Samples }[]
  complete: boolean
  loop: LoopMessage | null
  isLeaving: boolean
  /** Samples of the ramp that are still to come. */
  returning: Samples
}

export function createTape(
  players: Players,
  { bpm, ears, report }: Pick<Beginning, 'bpm' | 'ears'> & Pick<State, 'report'>,
): Tape {
  const beginning = { sample: 0, emerge: 0, bpm, ears }
  const state: State = { players, report, beginning, returning: 0, ...standing(0, 0) }
  return {
    get head() {
      return state.head
    },
    take: (message) => take(state, message),
    moveTo: (message) => moveTo(state, message),
    complete() {
      state.complete = true
    },
    setLoop(message) {
      state.loop = message
      state.isLeaving = false
    },
    leaveLoop() {
      // Renderers that rest at its end go on from there when the head comes to it; before that there is nothing to leave.
      if (state.loop !== null && state.position === state.loop.to && state.head < state.loop.to) state.isLeaving = true
      else state.loop = null
    },
    keepTime: (since, passed) => keepTime(state, since, passed),
    catchUp: (blocks) => catchUp(state, blocks),
    isReady: (samples) => isReady(state, samples),
    sound: (blocks, manner) => sound(state, blocks, manner),
    isOver: () => state.complete && state.position === state.head && state.position >= state.scheduledUntil,
    finish: () => players.finish(),
  }
}

function standing(sample: Samples, head: Samples) {
  return { head, position: sample, scheduledUntil: sample, ends: [], complete: false, loop: null, isLeaving: false }
}

function take(state: State, message: SlotMessage): void {
  if (message.startSample !== state.scheduledUntil) return // of a time before the last seek
  state.players.schedule(message)
  state.scheduledUntil = message.startSample + message.lengthSamples
  state.ends.push({ slot: message.slot, sample: state.scheduledUntil })
  state.report({ kind: 'taken', slot: message.slot })
}

function moveTo(state: State, message: SeekMessage): void {
  const { sample, emerge = sample, bpm = state.beginning.bpm, ears = state.beginning.ears } = message
  state.beginning = { sample, emerge, bpm, ears }
  state.players.begin(state.beginning)
  Object.assign(state, standing(sample, emerge))
  state.report({ kind: 'moved', sample: emerge })
}

function keepTime(state: State, since: Samples, passed: Samples): void {
  const { loop } = state
  const straight = since + passed
  const isPast = loop?.sound != null && since < loop.to && straight >= loop.to
  const next = isPast ? loop.from + ((straight - loop.to) % (loop.to - loop.from)) : straight
  if (next !== state.head) state.returning = returnSamples
  state.head = next
}

/** Inside the loop, and not on the renderers' own way to its end. */
function loopAt({ loop, head, position }: State): LoopMessage | null {
  return loop?.sound != null && head >= loop.from && head < loop.to && position !== head ? loop : null
}

function catchUp(state: State, blocks: Parts): void {
  if (state.position >= state.head || loopAt(state) !== null) return
  const size = blocks[0]?.length ?? 0
  for (let k = 0; k < skipAtOnce; k++) {
    const count = Math.min(size, state.head - state.position, state.scheduledUntil - state.position)
    if (count <= 0) break
    advance(state, partOf(blocks, 0, count), state.players.skip)
  }
  for (const block of blocks) block.fill(0)
}

function isReady(state: State, samples: Samples): boolean {
  const { loop, head, position, scheduledUntil, complete } = state
  if (loopAt(state) !== null || position > head) return true
  if (position < head || isWaitingForLoop(state)) return false
  const turns = loop !== null && head >= loop.from && head < loop.to && loop.to <= scheduledUntil
  return complete || turns || scheduledUntil - position >= samples
}

const isWaitingForLoop = ({ loop, head }: State) => loop !== null && loop.sound === null && head === loop.to

function sound(state: State, blocks: Parts, manner: 'exact' | 'in step'): boolean {
  const size = blocks[0]?.length ?? 0
  let turned = turn(state)
  for (let done = 0; done < size; ) {
    const count = fill(state, partOf(blocks, done, size))
    if (count === 0) break
    done += count
    state.head += count
    if (turn(state)) turned = true
  }
  if (manner === 'in step' && state.returning > 0) comeBack(state, blocks)
  return turned
}

/** Samples from the loop's memory or from the renderers; how many. */
function fill(state: State, parts: Parts): Samples {
  const wanted = parts[0]?.length ?? 0
  const memory = loopAt(state)
  if (memory !== null) return readLoop(memory, state.head, parts)
  if (state.position > state.head) {
    state.returning = returnSamples
    return Math.min(wanted, state.position - state.head) // holds its breath
  }
  if (isWaitingForLoop(state)) return 0
  const { loop, head, position, scheduledUntil } = state
  const untilTurn = loop !== null && head >= loop.from && head < loop.to ? loop.to - head : wanted
  const count = Math.min(wanted, scheduledUntil - position, untilTurn)
  if (count > 0) advance(state, partOf(parts, 0, count), state.players.play)
  return count
}

/** At the loop's end: back to its start, or out of it. */
function turn(state: State): boolean {
  const { loop } = state
  if (loop?.sound == null || state.head !== loop.to) return false
  if (state.isLeaving) {
    state.loop = null
    state.isLeaving = false
  } else {
    state.head = loop.from
    state.report({ kind: 'looped' })
  }
  return true
}

/** Cut where slots meet, so that a slot's frames are told before its end is. Cutting changes no sample and no feature. */
function advance(state: State, parts: Parts, act: (parts: Parts) => void): void {
  const count = parts[0]?.length ?? 0
  for (let done = 0; done < count; ) {
    const [end] = state.ends
    const piece = Math.min(count - done, (end?.sample ?? Number.POSITIVE_INFINITY) - state.position)
    act(partOf(parts, done, done + piece))
    done += piece
    state.position += piece
    if (state.position !== end?.sample) continue
    state.report({ kind: 'sounded', slot: end.slot })
    state.ends.shift()
  }
}

/** The same arrays where it is all of them: nothing is allocated then. */
function partOf(parts: Parts, from: Samples, until: Samples): Parts {
  return from === 0 && until === parts[0]?.length ? parts : parts.map((part) => part.subarray(from, until))
}

function readLoop(loop: LoopMessage, head: Samples, parts: Parts): Samples {
  const count = Math.min(parts[0]?.length ?? 0, loop.to - head)
  const at = head - loop.from
  parts.forEach((part, k) => {
    part.set(loop.sound?.[k]?.subarray(at, at + count) ?? [])
  })
  return count
}

/** A straight ramp up. */
function comeBack(state: State, blocks: Parts): void {
  const count = Math.min(blocks[0]?.length ?? 0, state.returning)
  for (const block of blocks)
    for (let n = 0; n < count; n++) block[n] = (block[n] as number) * (1 - (state.returning - n) / returnSamples)
  state.returning -= count
}
