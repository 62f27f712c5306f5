// What lies ready to sound, and where in it we are. `head` is the sample of the run that sounds next, `position` the one that the renderers
// would give next. They part where sound is skipped (behind), where one ensemble waits for another (ahead), and inside a loop, which
// sounds from memory while the renderers go to its end and rest there.
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
  /** So many samples go by without a sound. */
  pass(samples: Samples): void
  /** Renders without a sound until the renderers are where the head is, a piece at a time. `blocks` stay silent. */
  catchUp(blocks: Parts): void
  /** Whether the next so many samples can sound. */
  isReady(samples: Samples): boolean
  /** The next samples; true where a loop began anew or was left. */
  sound(blocks: Parts, manner: 'exact' | 'in step'): boolean
  isOver(): boolean
  finish(): void
}

/** Blocks skipped at once: .2 s of sound in about a third of a block's time. Where they are heard all the same, fewer. */
const skipAtOnce = 64
const hearAtOnce = 8
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
  /** Takes the loop's place where that ends. */
  nextLoop: LoopMessage | null
  /** What sounded last was the loop's memory: from then on only that sounds in it. */
  fromMemory: boolean
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
    setLoop: (message) => setLoop(state, message),
    leaveLoop() {
      state.nextLoop = null
      // What sounds from memory does so to the loop's end; whoever is on the way there has nothing to leave.
      if (loopAt(state) !== null) state.isLeaving = true
      else state.loop = null
    },
    keepTime: (since, passed) => keepTime(state, since, passed),
    pass: (samples) => pass(state, samples),
    catchUp: (blocks) => catchUp(state, blocks),
    isReady: (samples) => isReady(state, samples),
    sound: (blocks, manner) => sound(state, blocks, manner),
    isOver: () => isOver(state),
    finish: () => players.finish(),
  }
}

function standing(sample: Samples, head: Samples) {
  const loop = { loop: null, nextLoop: null, fromMemory: false, isLeaving: false }
  return { head, position: sample, scheduledUntil: sample, ends: [], complete: false, ...loop }
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

/** A loop that sounds goes on until the one that takes its place is rendered, and to its end if the head is outside of that. */
function setLoop(state: State, message: LoopMessage): void {
  const sounds = loopAt(state) !== null && state.fromMemory
  if (sounds && message.sound === null) return
  state.isLeaving = false
  if (sounds && !isInside(message, state.head)) state.nextLoop = message
  else state.loop = message
}

function keepTime(state: State, since: Samples, passed: Samples): void {
  const next = placeAfter(state, since, passed)
  if (next === state.head) return
  state.returning = returnSamples
  state.head = next
  if (state.isLeaving && !isInside(state.loop as LoopMessage, next)) dropLoop(state)
}

/** Back at the loop's end as often as it comes there; it stays there while the loop is being rendered. */
function placeAfter({ loop, head, isLeaving }: State, since: Samples, passed: Samples): Samples {
  const straight = since + passed
  if (loop === null || since > loop.to || straight < loop.to) return straight
  if (loop.sound === null) return loop.to
  const turned = loop.from + ((straight - loop.to) % (loop.to - loop.from))
  return isLeaving && turned !== head ? straight : turned
}

function pass(state: State, samples: Samples): void {
  for (let left = samples; left > 0 && !isWaitingForLoop(state); ) {
    const { loop, head } = state
    const step = loop !== null && isInside(loop, head) ? Math.min(left, loop.to - head) : left
    state.head += step
    left -= step
    turn(state)
  }
  state.returning = returnSamples
}

function dropLoop(state: State): void {
  state.loop = null
  state.isLeaving = false
}

const isInside = ({ from, to }: LoopMessage, head: Samples) => head >= from && head < to

/** Inside the loop, and not on the renderers' own way to its end. */
function loopAt({ loop, head, position, fromMemory }: State): LoopMessage | null {
  return loop?.sound != null && isInside(loop, head) && (fromMemory || position !== head) ? loop : null
}

/** To the head, or to the end of the loop that sounds meanwhile. What was to be heard is heard, though it does not sound. */
function catchUp(state: State, blocks: Parts): void {
  const target = loopAt(state)?.to ?? state.head
  if (state.position >= target) return
  const size = blocks[0]?.length ?? 0
  const { emerge, ears } = state.beginning
  const { play, skip } = state.players
  for (let k = 0; k < skipAtOnce && (k < hearAtOnce || ears === 'shut' || state.position < emerge); k++) {
    const isBefore = state.position < emerge
    const until = Math.min(target, state.scheduledUntil, isBefore ? emerge : Number.POSITIVE_INFINITY)
    const count = Math.min(size, until - state.position)
    if (count <= 0) break
    advance(state, partOf(blocks, 0, count), isBefore ? skip : play)
  }
  for (const block of blocks) block.fill(0)
}

function isReady(state: State, samples: Samples): boolean {
  const { loop, head, position, scheduledUntil, complete } = state
  if (loopAt(state) !== null || position > head) return true
  if (position < head || isWaitingForLoop(state)) return false
  const turns = loop !== null && isInside(loop, head) && loop.to <= scheduledUntil
  return complete || turns || scheduledUntil - position >= samples
}

function isOver({ complete, position, head, scheduledUntil, loop }: State): boolean {
  const isLooping = loop !== null && isInside(loop, head)
  return complete && !isLooping && position === head && position >= scheduledUntil
}

const isWaitingForLoop = ({ loop, head }: State) => loop !== null && loop.sound === null && head === loop.to

function sound(state: State, blocks: Parts, manner: 'exact' | 'in step'): boolean {
  const size = blocks[0]?.length ?? 0
  let turned = turn(state)
  let done = 0
  while (done < size) {
    const count = fill(state, partOf(blocks, done, size))
    if (count === 0) break
    done += count
    state.head += count
    if (turn(state)) turned = true
  }
  if (manner === 'exact') return turned
  if (state.returning > 0) comeBack(state, blocks)
  if (done < size) pass(state, size - done)
  return turned
}

/** Samples from the loop's memory or from the renderers; how many. */
function fill(state: State, parts: Parts): Samples {
  const wanted = parts[0]?.length ?? 0
  const memory = loopAt(state)
  state.fromMemory = memory !== null
  if (memory !== null) return readLoop(memory, state.head, parts)
  if (state.position > state.head) {
    state.returning = returnSamples
    return Math.min(wanted, state.position - state.head) // holds its breath
  }
  if (isWaitingForLoop(state)) return 0
  const { loop, head, position, scheduledUntil } = state
  const untilTurn = loop !== null && isInside(loop, head) ? loop.to - head : wanted
  const count = Math.min(wanted, scheduledUntil - position, untilTurn)
  if (count > 0) advance(state, partOf(parts, 0, count), state.players.play)
  return count
}

/** At the loop's end: back to its start, or out of it. */
function turn(state: State): boolean {
  const { loop } = state
  if (loop?.sound == null || state.head !== loop.to) return false
  if (state.isLeaving) {
    dropLoop(state)
  } else {
    state.loop = state.nextLoop ?? loop
    state.nextLoop = null
    state.head = state.loop.from
    state.fromMemory = true
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
