// A transcript -> the lines of a record without a party: a session of imported agents, their tokens in order of time, the end.
// Tokens without times get synthetic ones: turn after turn, about a sixteenth for three letters, rests at punctuation.
// Lines are made one by one and only times are held, so that a million tokens need little memory.
import {
  type Agent,
  beatsPerSlot,
  type Mapping,
  type RecordLine,
  type SessionLine,
  schemaVersion,
  type TokenLine,
} from '../record/index.ts'
import type { Seconds } from '../units.ts'
import type { HeardToken } from './tokens.ts'
import type { Transcript, TranscriptTurn } from './transcript.ts'

export interface ImportSettings {
  readonly bpm: number
  /** `speech` gives every turn a slot of its own; `arrival` keeps the times, or makes them up. */
  readonly mapping: Mapping
  readonly seed?: number
  /** SHA-256 of kernel.wasm and the package's version, for the session line. */
  readonly kernel: string
  readonly hocket: string
  /** Silences longer than this are shortened to it; Infinity keeps them. */
  readonly longestPauseSeconds?: Seconds
}

export interface PlannedRecord {
  readonly session: SessionLine
  readonly slots: number
  readonly seconds: Seconds
  readonly tokens: number
  /** The whole record from its session line to its end, made anew at each call. */
  lines(): Generator<RecordLine>
}

const defaultPause = 8

/** A valid record. */
export function transcriptToRecord(transcript: Transcript, settings: ImportSettings): RecordLine[] {
  return [...planRecord(transcript, settings).lines()]
}

/** The same, line by line. */
export function planRecord(transcript: Transcript, settings: ImportSettings): PlannedRecord {
  const agents = nameAgents(transcript.speakers)
  const ids = new Map(transcript.speakers.map((speaker, i) => [speaker, agents[i]?.agent ?? '']))
  const slotSeconds = (beatsPerSlot * 60) / settings.bpm
  const bySlot = settings.mapping.timing === 'speech'
  const times = bySlot ? seatTurns(transcript, slotSeconds) : timeTokens(transcript, settings)
  const slotOf = (t: Seconds) => Math.floor(t / slotSeconds + 1e-9)
  const slots = slotOf(times.t.at(-1) ?? 0) + 1
  const session = sessionFor(transcript, agents, settings)
  return {
    session,
    slots,
    seconds: slots * slotSeconds,
    tokens: times.t.length,
    *lines() {
      yield session
      let n = 1
      for (const { turn, number, token, t, known } of walkTokens(transcript, times)) {
        const { text, role, logprob } = token
        yield {
          n: n++,
          kind: 'token',
          slot: slotOf(t),
          source: 'import',
          clock: known ? 'arrival' : 'synthetic',
          agent: ids.get(turn.speaker) ?? '',
          turn: number,
          t,
          text,
          role,
          ...(logprob === undefined ? {} : { logprob }),
        } satisfies TokenLine
      }
      yield { n, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' }
    },
  }
}

function sessionFor(transcript: Transcript, agents: Agent[], settings: ImportSettings): SessionLine {
  return {
    n: 0,
    kind: 'session',
    schema: schemaVersion,
    seed: settings.seed ?? 0,
    scenario: null,
    condition: null,
    agents: agents.map((agent) => ({ ...agent, dj: { kind: 'imported', from: transcript.format } })),
    mapping: settings.mapping,
    bpm: settings.bpm,
    kernel: settings.kernel,
    library: null,
    hocket: settings.hocket,
    plan: null,
  }
}

/** Names as the record wants them: lower case, ASCII, each once. */
export function nameAgents(speakers: readonly string[]): Agent[] {
  const taken = new Set<string>()
  return speakers.map((speaker) => {
    const plain = speaker.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    const slug =
      plain
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^[-0-9]+|-+$/g, '')
        .slice(0, 28) || 'speaker'
    let agent = slug
    for (let i = 2; taken.has(agent); i++) agent = `${slug}-${i}`
    taken.add(agent)
    return { agent, title: titleOf(speaker), dj: { kind: 'imported', from: '' }, mask: null }
  })
}

/** At most 80 UTF-16 units, no half of a pair at the end. */
const titleOf = (speaker: string) => speaker.slice(0, 80).replace(/[\ud800-\udbff]$/, '')

/** Tokens in the order in which they are heard. */
interface TokenTimes {
  /** Seconds of the run, rising. */
  readonly t: Float64Array
  /** Of which turn, and which of its tokens. */
  readonly turn: Uint32Array
  readonly token: Uint32Array
  /** 1: the source's own time. */
  readonly known: Uint8Array
}

interface TimedToken {
  readonly turn: TranscriptTurn
  /** Which of its speaker's turns. */
  readonly number: number
  readonly token: HeardToken
  readonly t: Seconds
  readonly known: boolean
}

/** A turn's tokens are read when its first is due and forgotten after its last. */
function* walkTokens({ turns }: Transcript, times: TokenTimes): Generator<TimedToken> {
  const numbers = numberTurns(turns)
  const open = new Map<number, { readonly tokens: readonly HeardToken[]; left: number }>()
  for (let i = 0; i < times.t.length; i++) {
    const index = times.turn[i] as number
    const turn = turns[index] as TranscriptTurn
    let state = open.get(index)
    if (state === undefined) {
      const { tokens } = turn
      state = { tokens, left: tokens.length }
      open.set(index, state)
    }
    const token = state.tokens[times.token[i] as number] as HeardToken
    yield { turn, number: numbers[index] as number, token, t: times.t[i] as number, known: times.known[i] === 1 }
    if (--state.left === 0) open.delete(index)
  }
}

/** Turns numbered per speaker. */
function numberTurns(turns: readonly TranscriptTurn[]): Uint32Array {
  const counts = new Map<string, number>()
  return Uint32Array.from(turns, ({ speaker }) => {
    const number = counts.get(speaker) ?? 0
    counts.set(speaker, number + 1)
    return number
  })
}

/** Gathers times in the order of the transcript. */
function createTimes() {
  const all = { t: [] as number[], turn: [] as number[], token: [] as number[], known: [] as number[] }
  return {
    add(turn: number, token: number, t: Seconds, known: boolean) {
      all.t.push(t)
      all.turn.push(turn)
      all.token.push(token)
      all.known.push(known ? 1 : 0)
    },
    /** Earliest first; what comes at once keeps its order. */
    sorted(): TokenTimes {
      const order = Uint32Array.from(all.t, (_, i) => i)
      const early = (i: number) => all.t[i] as number
      if (all.t.some((t, i) => i > 0 && t < early(i - 1))) order.sort((a, b) => early(a) - early(b) || a - b)
      return {
        t: Float64Array.from(order, early),
        turn: Uint32Array.from(order, (i) => all.turn[i] as number),
        token: Uint32Array.from(order, (i) => all.token[i] as number),
        known: Uint8Array.from(order, (i) => all.known[i] as number),
      }
    },
  }
}

/** One turn after the other, each at the start of a slot. */
function seatTurns({ turns }: Transcript, slotSeconds: Seconds): TokenTimes {
  const times = createTimes()
  for (const [slot, turn] of turns.entries())
    for (let i = 0; i < turn.tokens.length; i++) times.add(slot, i, slot * slotSeconds, false)
  return times.sorted()
}

/** Every token at its time, earliest first, the first at 0. */
function timeTokens({ turns, clock }: Transcript, settings: ImportSettings): TokenTimes {
  const stepSeconds = 15 / settings.bpm
  const times = createTimes()
  let free = 0
  for (const [index, turn] of turns.entries()) {
    const { tokens } = turn
    const spoken = layTurn(tokens, turn.startSeconds ?? free, stepSeconds)
    for (const [i, token] of tokens.entries())
      times.add(index, i, spoken.times[i] ?? 0, clock === 'arrival' && token.seconds !== undefined)
    free = Math.max(free, spoken.end)
  }
  const sorted = times.sorted()
  shortenPauses(sorted.t, settings.longestPauseSeconds ?? defaultPause)
  return sorted
}

/**
 * Known times are kept; from one to the next, and where none is known, a sixteenth for three letters begun, an eighth after a comma,
 * a beat after a sentence, a bar between turns at most. Made-up times never pass the next known one.
 */
function layTurn(
  tokens: readonly HeardToken[],
  start: Seconds,
  stepSeconds: Seconds,
): { times: Seconds[]; end: Seconds } {
  const limits = nextKnown(tokens)
  let origin = start
  let step = 0
  const times = tokens.map(({ text, seconds }, i) => {
    if (seconds !== undefined) {
      origin = seconds
      step = 0
    }
    const at = step
    const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
    step += Math.min(8, Math.ceil(letters / 3))
    if (/[.!?…\n]/.test(text)) step = Math.ceil((step + 2) / 4) * 4
    else if (/[,;:–—]/.test(text)) step = Math.ceil((step + 1) / 2) * 2
    return Math.min(origin + at * stepSeconds, limits[i] as number)
  })
  return { times, end: origin + Math.ceil((step + 2) / 4) * 4 * stepSeconds }
}

/** For each token the first known time from it on; Infinity behind the last. */
function nextKnown(tokens: readonly HeardToken[]): Float64Array {
  const limits = new Float64Array(tokens.length)
  let limit = Number.POSITIVE_INFINITY
  for (let i = tokens.length - 1; i >= 0; i--) {
    limit = tokens[i]?.seconds ?? limit
    limits[i] = limit
  }
  return limits
}

/** In place: the first at 0, no silence longer than `longest`. */
function shortenPauses(t: Float64Array, longest: Seconds): void {
  let cut = t[0] ?? 0
  let previous = cut
  for (let i = 0; i < t.length; i++) {
    const time = t[i] as number
    if (time - previous > longest) cut += time - previous - longest
    previous = time
    t[i] = Math.max(0, time - cut)
  }
}
