// The speed of what `hocket measure rhythm` does: user CPU seconds of this process, each figure the fastest of its passes.
// Two players over a pulse of 100 ms, each in two of three cells with a tenth of rests, 4 ms of play: half a million onsets each make
// some 23 hours. The rest is a pair of 30 s. Beside them a yardstick of the machine at hand: ten million sines added up.
import { measureCoupling, measureInterlock, measureRhythm } from '../../measure/index.ts'
import { seededRandom } from '../../random.ts'
import { timePasses, userSeconds } from './clock.ts'

export interface RhythmBench {
  /** Onsets of both streams together, and CPU seconds of all rhythm measures of them. */
  readonly long: readonly { readonly events: number; readonly cpuSeconds: number }[]
  /** CPU seconds for a pair of 30 s. */
  readonly short: {
    readonly events: number
    readonly interlockCpuSeconds: number
    readonly couplingCpuSeconds: number
    readonly allCpuSeconds: number
  }
  readonly yardstickCpuSeconds: number
}

const longest = 1_000_000
const pulseSeconds = 0.1
const shortSeconds = 30
const usualPasses = 3
const shortRounds = 8

/** `events` is how many onsets the longest pair has; a half and a quarter of them are measured before it. Everything else takes `passes`. */
export function measureRhythmSpeed(events: number = longest, passes: number = usualPasses): RhythmBench {
  const long = [events / 4, events / 2, events].map((count) => {
    const [a, b] = playPair(Math.round(count / 2))
    const start = userSeconds()
    measureRhythm(a, b)
    return { events: a.onsets.length + b.onsets.length, cpuSeconds: userSeconds() - start }
  })
  const [a, b] = playPair(1000).map(({ onsets }) => ({ onsets: onsets.filter((onset) => onset < shortSeconds) }))
  const [first, second] = [a ?? { onsets: [] }, b ?? { onsets: [] }]
  return {
    long,
    short: {
      events: first.onsets.length + second.onsets.length,
      interlockCpuSeconds: fastestRound(passes, () => measureInterlock(first, second)),
      couplingCpuSeconds: fastestRound(passes, () => measureCoupling(first, second)),
      allCpuSeconds: fastestRound(passes, () => measureRhythm(first, second)),
    },
    yardstickCpuSeconds: Math.min(...timePasses(passes, addSines)),
  }
}

/** Of one of the rounds in the fastest pass: the clock of a process ticks too slowly for a single one. */
function fastestRound(passes: number, work: () => void): number {
  const times = timePasses(passes, () => {
    for (let round = 0; round < shortRounds; round++) work()
  })
  return Math.min(...times) / shortRounds
}

function playPair(each: number): [{ onsets: number[] }, { onsets: number[] }] {
  const random = seededRandom('bench rhythm')
  const play = (start: number) => {
    const onsets: number[] = []
    for (let cell = 0; onsets.length < each; cell++)
      if (cell % 3 < 2 && random() > 0.1) onsets.push(start + pulseSeconds * cell + 0.004 * random())
    return { onsets }
  }
  return [play(0.1), play(0.1 + pulseSeconds)]
}

function addSines(): void {
  let sum = 0
  for (let i = 0; i < 1e7; i++) sum += Math.sin(i)
  if (Number.isNaN(sum)) throw new Error('bench: sines without a sum')
}
