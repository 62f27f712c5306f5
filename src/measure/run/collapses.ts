// The collapse detectors put to a run: per agent and per pair, each the slot and second of its onset, or null with its reason.
import type { AgentCollapses, Onset, PairCollapses } from '../../record/index.ts'
import {
  type Finding,
  findAttractor,
  findDomination,
  findGoodbyeLoop,
  findModeCollapse,
  findScoreLeak,
  holdsOn,
  type KnownReadings,
  notAsked,
  type PlacedTurn,
} from '../collapse/index.ts'
import { findCollapse, shortestTail } from '../vitality/index.ts'
import type { RunSoFar } from './so-far.ts'

type Reasons = Record<string, string>

const never = notAsked('no score was ever given').none
const shownToAll = notAsked('this condition shows the score').none
const tooShort = notAsked(`fewer than ${shortestTail} notes and words`).none

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
  const notes = notesInOrder(run, agent)
  const sung = repeatsFromIndex === null ? null : onsetAt(run, notes[repeatsFromIndex]?.onsetSeconds)
  const words = turns.reduce((sum, turn) => sum + turn.words.length, 0)
  const heard = Math.max(notes.length, words) >= shortestTail
  const styles = [findModeCollapse(marksBySlot(run, agent)), findModeCollapse(movesBySlot(run, turns))] as const
  const [marks, moves] = styles.map((finding) => slotOnset(run, placeOf(finding)))
  const leak = leakOf(run, agent, turns)
  return {
    repetition: note('repetition', earlier(sung, wordRepetition(turns)), heard ? holdsOn : tooShort),
    modeCollapse: note('modeCollapse', earlier(marks ?? null, moves ?? null), whyNone(...styles)),
    scoreLeak: note('scoreLeak', turnOnset(turns, placeOf(leak)), whyNone(leak)),
  }
}

export function collapsesOfPair(
  run: RunSoFar,
  [a, b]: readonly [string, string],
  at: string,
  reasons: Reasons,
): PairCollapses {
  const turns = run.turns.filter((turn) => turn.agent === a || turn.agent === b)
  const note = <Found extends Onset>(name: string, onset: Found | null, finding: Finding<unknown>) => {
    if (onset === null) reasons[`${at}.collapses.${name}`] = whyNone(finding)
    return onset
  }
  const [attractor, goodbye] = [findAttractor(turns, [a, b]), findGoodbyeLoop(turns)]
  const domination = findDomination(countsBySlot(run, a), countsBySlot(run, b))
  const place = placeOf(domination)
  const onset = slotOnset(run, place?.slot ?? null)
  const dominated = place === null || onset === null ? null : { ...onset, by: place.by === 0 ? a : b }
  return {
    attractor: note('attractor', turnOnset(turns, placeOf(attractor)), attractor),
    goodbye: note('goodbye', turnOnset(turns, placeOf(goodbye)), goodbye),
    domination: note('domination', dominated, domination),
  }
}

const placeOf = <Place>(finding: Finding<Place>): Place | null => ('at' in finding ? finding.at : null)

/** Why several ways of asking found nothing: one that could look outweighs those that could not. */
function whyNone(...findings: readonly Finding<unknown>[]): string {
  const reasons = findings.flatMap((finding) => ('none' in finding ? finding.none : []))
  return reasons.find((reason) => reason === holdsOn) ?? reasons[0] ?? holdsOn
}

function leakOf(run: RunSoFar, agent: string, turns: readonly PlacedTurn[]): Finding {
  if (run.session.condition === null) return { none: never }
  if (run.session.condition === 'explicit-score') return { none: shownToAll }
  return findScoreLeak(turns, readingsOf(run, agent))
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

function movesBySlot(run: RunSoFar, turns: readonly PlacedTurn[]): string[][] {
  return run.slots.map((_, slot) =>
    turns.filter((turn) => turn.slot === slot).flatMap((turn) => turn.moves.map((move) => move.do)),
  )
}

function marksBySlot(run: RunSoFar, agent: string): string[][] {
  const bySlot: string[][] = run.slots.map(() => [])
  for (const note of run.events.notesOf(agent, 'voice')) bySlot[slotAt(run, note.onsetSeconds)]?.push(note.mark)
  return bySlot
}

const countsBySlot = (run: RunSoFar, agent: string) => marksBySlot(run, agent).map((marks) => marks.length)

/** Before each slot the readings of the two slots before: what a feedback could have told. */
function readingsOf(run: RunSoFar, agent: string): KnownReadings {
  const bySlot = run.readings.map((reading) => {
    const own = reading.agents.find((one) => one.agent === agent)
    const { interlock, consonanceTogether, smoothnessBetween } = reading
    const values = [...Object.values(interlock), consonanceTogether, smoothnessBetween]
    return [...values, own?.consonanceWithin, own?.vitality, own?.order].flatMap((value) => value ?? [])
  })
  return bySlot.map((_, slot) => bySlot.slice(Math.max(0, slot - 2), slot).flat())
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
