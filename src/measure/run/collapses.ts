// The collapse detectors put to a run: per agent and per pair, each the slot and second of its onset, or null with its reason.
import type { AgentCollapses, Onset, PairCollapses } from '../../record/index.ts'
import {
  findAttractor,
  findDomination,
  findGoodbyeLoop,
  findModeCollapse,
  findScoreLeak,
  type PlacedTurn,
} from '../collapse/index.ts'
import { findCollapse } from '../vitality/index.ts'
import type { RunSoFar } from './so-far.ts'

type Reasons = Record<string, string>

const holdsOn = 'it does not come to that'
const noWords = 'nothing was said'

/** `repeatsFromIndex`: of the agent's notes in order of onset, where vitality finds that they only repeat. */
export function collapsesOfAgent(
  run: RunSoFar,
  agent: string,
  repeatsFromIndex: number | null,
  at: string,
  reasons: Reasons,
): AgentCollapses {
  const turns = run.turns.filter((turn) => turn.agent === agent)
  const note = (name: string, onset: Onset | null, reason: string) => {
    if (onset === null) reasons[`${at}.collapses.${name}`] = reason
    return onset
  }
  const sung = repeatsFromIndex === null ? null : onsetAt(run, notesInOrder(run, agent)[repeatsFromIndex]?.onsetSeconds)
  const repetition = earlier(sung, wordRepetition(turns))
  const narrow = earlier(slotOnset(run, findModeCollapse(marksBySlot(run, agent))), modeCollapseOfMoves(run, turns))
  const shown = run.session.condition === 'explicit-score'
  const leak = shown ? null : findScoreLeak(turns, readingsBefore(run, agent))
  return {
    repetition: note('repetition', repetition, holdsOn),
    modeCollapse: note('modeCollapse', narrow, holdsOn),
    scoreLeak: note('scoreLeak', turnOnset(turns, leak), shown ? 'this condition shows the score' : holdsOn),
  }
}

export function collapsesOfPair(
  run: RunSoFar,
  [a, b]: readonly [string, string],
  at: string,
  reasons: Reasons,
): PairCollapses {
  const turns = run.turns.filter((turn) => turn.agent === a || turn.agent === b)
  const spoken = turns.some(({ words }) => words.length > 0)
  const note = <Found extends Onset>(name: string, onset: Found | null, reason: string) => {
    if (onset === null) reasons[`${at}.collapses.${name}`] = reason
    return onset
  }
  const domination = findDomination(countsBySlot(run, a), countsBySlot(run, b))
  const onset = slotOnset(run, domination?.slot ?? null)
  const dominated = domination === null || onset === null ? null : { ...onset, by: domination.by === 0 ? a : b }
  const silent = [a, b].every((agent) => run.events.notesOf(agent, 'voice').length === 0)
  return {
    attractor: note('attractor', turnOnset(turns, findAttractor(turns, [a, b])), spoken ? holdsOn : noWords),
    goodbye: note('goodbye', turnOnset(turns, findGoodbyeLoop(turns)), turns.length > 0 ? holdsOn : noWords),
    domination: note('domination', dominated, silent ? 'no voice sounds' : holdsOn),
  }
}

function wordRepetition(turns: readonly PlacedTurn[]): Onset | null {
  const words = turns.flatMap((turn) => turn.words.map((word) => ({ word, turn })))
  const numbers = new Map<string, number>()
  const symbols = words.map(({ word }) => {
    const number = numbers.get(word) ?? numbers.size
    numbers.set(word, number)
    return number
  })
  const { fromIndex } = findCollapse(symbols)
  const turn = fromIndex === null ? undefined : words[fromIndex]?.turn
  return turn === undefined ? null : { slot: turn.slot, seconds: turn.seconds }
}

function modeCollapseOfMoves(run: RunSoFar, turns: readonly PlacedTurn[]): Onset | null {
  const kinds = run.slots.map((_, slot) =>
    turns.filter((turn) => turn.slot === slot).flatMap((turn) => turn.moves.map((move) => move.do)),
  )
  return slotOnset(run, findModeCollapse(kinds))
}

function marksBySlot(run: RunSoFar, agent: string): string[][] {
  const bySlot: string[][] = run.slots.map(() => [])
  for (const note of run.events.notesOf(agent, 'voice')) bySlot[slotAt(run, note.onsetSeconds)]?.push(note.mark)
  return bySlot
}

const countsBySlot = (run: RunSoFar, agent: string) => marksBySlot(run, agent).map((marks) => marks.length)

/** Readings of the two slots before: what a feedback could have told. */
function readingsBefore(run: RunSoFar, agent: string): (slot: number) => number[] {
  return (slot) =>
    run.readings.slice(Math.max(0, slot - 2), slot).flatMap((reading) => {
      const own = reading.agents.find((one) => one.agent === agent)
      const { interlock, consonanceTogether, smoothnessBetween } = reading
      const values = [...Object.values(interlock), consonanceTogether, smoothnessBetween]
      return [...values, own?.consonanceWithin, own?.vitality, own?.order].flatMap((value) => value ?? [])
    })
}

function notesInOrder(run: RunSoFar, agent: string) {
  return run.events.notesOf(agent, 'voice')
}

function slotAt(run: RunSoFar, seconds: number): number {
  const after = run.slots.findIndex(({ startSeconds }) => startSeconds > seconds + 1e-9)
  return after < 0 ? run.slots.length - 1 : Math.max(0, after - 1)
}

function onsetAt(run: RunSoFar, seconds: number | undefined): Onset | null {
  return seconds === undefined ? null : { slot: slotAt(run, seconds), seconds }
}

function slotOnset(run: RunSoFar, slot: number | null): Onset | null {
  const seconds = slot === null ? undefined : run.slots[slot]?.startSeconds
  return slot === null || seconds === undefined ? null : { slot, seconds }
}

function turnOnset(turns: readonly PlacedTurn[], index: number | null): Onset | null {
  const turn = index === null ? undefined : turns[index]
  return turn === undefined ? null : { slot: turn.slot, seconds: turn.seconds }
}

function earlier(one: Onset | null, other: Onset | null): Onset | null {
  if (one === null || other === null) return one ?? other
  return one.seconds <= other.seconds ? one : other
}
