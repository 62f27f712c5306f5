// A transcript's record -> the same with a surprise for every token that came without a probability: that of hocket's own n-gram model, in whole
// 64ths of a bit, and labelled so (`source: "reference-model"`). Each turn is read from its beginning. Source: docs/embedded-model.md.
import type { RecordLine, TokenLine } from '../../record/index.ts'
import type { PlannedRecord } from '../../stream/index.ts'

/** Longer transcripts keep what they have: model and tokeniser weigh some 150 MB, and such transcripts are seldom listened to. */
export const mostMeteredTokens = 100_000

type Meter = (text: string) => number

/** The plan itself when it is too long or lacks nothing. Model and tokeniser are loaded when they are needed. */
export async function meterPlan(plan: PlannedRecord): Promise<PlannedRecord> {
  if (plan.tokens > mostMeteredTokens || !lacksProbabilities(plan)) return plan
  const { openMeter } = await import('../embedded/open-meter.ts')
  return { ...plan, lines: () => meterLines(plan.lines(), openMeter) }
}

function lacksProbabilities(plan: PlannedRecord): boolean {
  for (const line of plan.lines()) if (line.kind === 'token' && line.logprob === undefined) return true
  return false
}

function* meterLines(lines: Iterable<RecordLine>, openMeter: () => Meter): Generator<RecordLine> {
  const meters = new Map<string, Meter>()
  const meterOf = ({ agent, turn }: TokenLine): Meter => {
    const name = `${agent} ${turn}`
    const meter = meters.get(name) ?? openMeter()
    meters.set(name, meter)
    return meter
  }
  for (const line of lines) {
    if (line.kind !== 'token') {
      yield line
      continue
    }
    const bits = meterOf(line)(line.text)
    yield line.logprob === undefined ? { ...line, logprob: 0 - bits * Math.LN2, source: 'reference-model' } : line
  }
}
