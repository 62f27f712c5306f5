// Coupling of two agents of a run, by layer: who takes turns by slots answers by tones; whose words only flow, by pattern and timing.
import type { Layer, Note } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import { measureCoupling } from '../rhythm/coupling/coupling.ts'
import type { CouplingReading } from '../rhythm/coupling/reading.ts'
import { measureToneCoupling, type TurnTones } from '../rhythm/coupling/tones.ts'
import type { RunSoFar } from './so-far.ts'

/** A party's DJs plan a slot at a time, on one clock and from one kind of mind, so that cells and attacks would tell of the plan. */
export function coupleAgents(run: RunSoFar, a: string, b: string, layer: Layer): CouplingReading {
  if (run.session.scenario === null)
    return measureCoupling(run.events.streamOf(a, layer), run.events.streamOf(b, layer))
  const starts = run.slots.map(({ startSeconds }) => startSeconds)
  return coupleTurns(run.events.notesOf(a, layer), run.events.notesOf(b, layer), starts)
}

/** Coupling of two agents' notes by the tones of their turns. `starts`: when each turn begins, ascending. */
export function coupleTurns(a: readonly Note[], b: readonly Note[], starts: readonly Seconds[]): CouplingReading {
  return measureToneCoupling(countTones(a, starts), countTones(b, starts))
}

/** What is a command, a number or a drum has a pitch, but says nothing by it. A note counts to the turn it begins in. */
function countTones(notes: readonly Note[], starts: readonly Seconds[]): TurnTones[] {
  const turns = starts.map(() => new Float64Array(12))
  for (const { onsetSeconds, midi, timbre, role = 'speech' } of notes) {
    if (timbre === 'percussion' || role !== 'speech') continue
    const counts = turns[turnAt(starts, onsetSeconds)]
    const pitchClass = Math.round(midi) % 12
    if (counts !== undefined) counts[pitchClass] = (counts[pitchClass] as number) + 1
  }
  return turns
}

/** A note that begins with a turn may be computed a rounding before it. */
const rounding: Seconds = 1e-6

function turnAt(starts: readonly Seconds[], seconds: Seconds): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= seconds + rounding) low = middle + 1
    else high = middle
  }
  return low - 1
}
