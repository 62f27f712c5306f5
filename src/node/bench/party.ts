// The speed of a party, measured on the machine at hand: user CPU seconds of this process, one pass, nothing written.
import type { Kernel } from '../../kernel/index.ts'
import { defaultScenario } from '../../party/index.ts'
import { defaultMapping, type Scenario, stemsOf } from '../../record/index.ts'
import { askingOf } from '../command/model-options.ts'
import { seatAgents } from '../command/seats.ts'
import { loadInstruments } from '../run/instruments.ts'
import { type PartyPlan, playRun } from '../run/play.ts'
import { peakMemory, userSeconds } from './clock.ts'

export interface PartyBench {
  readonly slots: number
  readonly musicSeconds: number
  readonly stems: number
  readonly renderCpuSeconds: number
  readonly scoreCpuSeconds: number
  readonly peakRssBytes: number
}

/** The default party with seed 1, played, rendered and scored without files. Loading and decoding come before the clock starts. */
export async function measureParty(onSlot: (done: number, slots: number) => void): Promise<PartyBench> {
  const loaded = loadInstruments('party')
  const clock = createRenderClock(loaded.kernel)
  const plan = defaultPlan(defaultScenario, 1)
  let stems = 0
  const start = { cpu: userSeconds(), wall: performance.now() }
  const scores = await playRun(plan, {
    instruments: { ...loaded, kernel: clock.kernel },
    folder: null,
    choice: { sound: false, notes: false, scores: false, report: false },
    async writeLine(line) {
      if (line.kind === 'session') stems = stemsOf(line).length
    },
    onSlot: (done) => onSlot(done, plan.scenario.slots),
    isStopped: () => false,
  })
  const cpu = userSeconds() - start.cpu
  const renderShare = clock.milliseconds() / (performance.now() - start.wall)
  return {
    slots: plan.scenario.slots,
    musicSeconds: scores.seconds,
    stems,
    renderCpuSeconds: cpu * renderShare,
    scoreCpuSeconds: cpu * (1 - renderShare),
    peakRssBytes: peakMemory(),
  }
}

/** What `hocket party --seed N` plays. */
function defaultPlan(scenario: Scenario, seed: number): PartyPlan {
  const condition = 'hearing+comfort'
  const seats = { a: undefined, b: undefined, asking: askingOf({}, scenario, 2) }
  return { scenario, condition, seed, agents: seatAgents(condition, seats), mapping: defaultMapping }
}

/** The kernel with a clock on everything that makes sound; analysers, meters and transforms are left alone. */
function createRenderClock(kernel: Kernel): { kernel: Kernel; milliseconds(): number } {
  let spent = 0
  const timed: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(kernel)) {
    if (typeof member !== 'function' || /analys|meter|fourier/i.test(name)) {
      timed[name] = member
      continue
    }
    const routine = member as (...values: number[]) => number
    timed[name] = (...values: number[]) => {
      const start = performance.now()
      const result = routine(...values)
      spent += performance.now() - start
      return result
    }
  }
  return { kernel: timed as unknown as Kernel, milliseconds: () => spent }
}
