// A record of many agents who all talk at once for as long as is wanted: what the page is weighed with. Words by turns, no dice.
import { closeSync, openSync, writeSync } from 'node:fs'
import { beatsPerSlot, defaultMapping, formatLine, type RecordLine, type SessionLine } from '../../record/index.ts'
import { secondsOfBeats } from '../../units.ts'

export interface LongRecordSettings {
  readonly agents: number
  readonly tokens: number
}

const bpm = 126
/** Each agent's, a second: about what a hosted model streams when many ask it. */
const tokensPerSecond = 10
const tokensPerTurn = 40
const words = ' the night is long and we play on one beat more then you answer slowly listen again . ,'.split(/(?= )/)

/** The lines one by one; a million of them are never held. */
export function* longRecord({ agents, tokens }: LongRecordSettings): Generator<RecordLine> {
  const names = Array.from({ length: agents }, (_, k) => `agent-${k + 1}`)
  yield openSession(names)
  const slotSeconds = secondsOfBeats(beatsPerSlot, bpm)
  let t = 0
  for (let k = 0; k < tokens; k++) {
    t = k / (agents * tokensPerSecond)
    const own = Math.floor(k / agents)
    yield {
      n: k + 1,
      kind: 'token',
      agent: names[k % agents] ?? '',
      slot: Math.floor(t / slotSeconds),
      turn: Math.floor(own / tokensPerTurn),
      t,
      text: words[(own * 7 + (k % agents) * 3) % words.length] ?? '',
      role: 'speech',
      source: 'import',
      clock: 'arrival',
    }
  }
  yield { n: tokens + 1, kind: 'end', slots: Math.floor(t / slotSeconds) + 1, seconds: t, reason: 'finished' }
}

function openSession(names: readonly string[]): SessionLine {
  return {
    n: 0,
    kind: 'session',
    schema: 1,
    seed: 1,
    scenario: null,
    condition: null,
    agents: names.map((agent) => ({ agent, title: agent, dj: { kind: 'imported', from: 'bench' }, mask: null })),
    mapping: { ...defaultMapping, timing: 'arrival' },
    bpm,
    kernel: '',
    library: null,
    hocket: '',
    plan: null,
  }
}

export function writeLongRecord(file: string, settings: LongRecordSettings): { bytes: number; slots: number } {
  const handle = openSync(file, 'w')
  let held = ''
  let bytes = 0
  let slots = 0
  const flush = () => {
    bytes += writeSync(handle, held)
    held = ''
  }
  try {
    for (const line of longRecord(settings)) {
      held += `${formatLine(line)}\n`
      if (held.length > 1 << 20) flush()
      if (line.kind === 'end') slots = line.slots
    }
    flush()
  } finally {
    closeSync(handle)
  }
  return { bytes, slots }
}
