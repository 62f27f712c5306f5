// The ensemble: every stem's renderer and the analyser, block by block, with a playhead. No audio API in here, so Node runs it too.
// In: slots ahead of time. Out: one block per stem, and reports of where it is and what was heard.
import type { Kernel } from '../src/kernel/index.ts'
import type { Samples } from '../src/units.ts'
import type { EnsembleState, PlayMessage, ToEnsemble } from './messages.ts'
import { createPlayers, type PlayersSettings } from './players.ts'
import { createTape, type Tape } from './tape.ts'

export type EnsembleSettings = PlayersSettings

export interface Ensemble {
  receive(message: ToEnsemble): void
  /** Fills one block per stem (silence while not playing); `contextFrame` is the first frame's time on the context's clock. */
  render(blocks: readonly Float32Array[], contextFrame: Samples): void
  /** Gives the kernel's memory back; nothing may be asked of it afterwards. */
  dispose(): void
}

/** Blocks between reports of the position: 16 of 128 samples are 43 ms. */
const reportEvery = 16

/** The kernel must have no other user on this thread while the ensemble lives. */
export function createEnsemble(kernel: Kernel, settings: EnsembleSettings): Ensemble {
  const players = createPlayers(kernel, settings)
  const tape = createTape(players, settings)
  let state: EnsembleState = 'paused'
  let start: PlayMessage = { kind: 'play', contextFrame: 0 }
  let isPlaced = true
  let stopFrame = Number.POSITIVE_INFINITY
  let untilReport = 0
  let frame = 0

  const tell = (contextFrame: Samples) => {
    untilReport = reportEvery
    settings.report({ kind: 'position', sample: tape.head, contextFrame, state })
  }
  const enter = (next: EnsembleState, contextFrame: Samples) => {
    if (next === state) return
    state = next
    tell(contextFrame)
  }
  const rest = () => {
    stopFrame = Number.POSITIVE_INFINITY
    state = 'paused'
    tell(frame)
  }
  const play = (blocks: readonly Float32Array[], contextFrame: Samples) => {
    const size = blocks[0]?.length ?? 0
    const end = contextFrame + size
    const manner = start.sample === undefined ? 'exact' : 'in step'
    if (--untilReport <= 0) tell(contextFrame)
    if (!tape.isReady(size)) {
      enter('waiting', contextFrame)
      if (manner === 'in step') tape.pass(size)
      return
    }
    enter('playing', contextFrame)
    const turned = tape.sound(blocks, manner)
    if (turned) tell(end)
    if (!tape.isOver()) return
    tape.finish()
    enter('ended', end)
  }
  return {
    receive(message) {
      if (message.kind === 'pause') {
        stopFrame = message.contextFrame ?? frame
        if (stopFrame <= frame) rest()
      } else if (message.kind === 'play') {
        stopFrame = Number.POSITIVE_INFINITY
        start = message
        isPlaced = message.sample === undefined
        state = 'playing'
      } else order(tape, message)
    },
    render(blocks, contextFrame) {
      frame = contextFrame
      for (const block of blocks) block.fill(0)
      if (contextFrame >= stopFrame) rest()
      const isDue = state !== 'paused' && state !== 'ended' && contextFrame >= start.contextFrame
      if (isDue && !isPlaced) {
        tape.keepTime(start.sample ?? 0, contextFrame - start.contextFrame)
        isPlaced = true
      }
      tape.catchUp(blocks)
      if (isDue) play(blocks, contextFrame)
    },
    dispose: players.dispose,
  }
}

function order(tape: Tape, message: Exclude<ToEnsemble, { kind: 'play' | 'pause' }>): void {
  switch (message.kind) {
    case 'slot':
      tape.take(message)
      break
    case 'seek':
      tape.moveTo(message)
      break
    case 'complete':
      tape.complete()
      break
    case 'loop':
      tape.setLoop(message)
      break
    case 'unloop':
      tape.leaveLoop()
  }
}
