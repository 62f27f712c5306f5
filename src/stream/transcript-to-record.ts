// A transcript -> the lines of a record without a party: a session of imported agents, their tokens in order of time, the end.
// Tokens without times get synthetic ones: turn after turn, about a sixteenth for three letters, rests at punctuation.
import {
  type Agent,
  beatsPerSlot,
  InputError,
  type Mapping,
  type RecordLine,
  type SessionLine,
  schemaVersion,
  type TokenLine,
} from '../record/index.ts'
import type { Seconds } from '../units.ts'
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

const defaultPause = 8

interface TimedToken extends Pick<TokenLine, 'agent' | 'turn' | 't' | 'text' | 'role'> {
  readonly logprob?: number
}

/** A valid record. Throws InputError when there are more than 64 speakers. */
export function transcriptToRecord(transcript: Transcript, settings: ImportSettings): RecordLine[] {
  const agents = nameAgents(transcript.speakers)
  const ids = new Map(transcript.speakers.map((speaker, i) => [speaker, agents[i]?.agent ?? '']))
  const slotSeconds = (beatsPerSlot * 60) / settings.bpm
  const bySlot = settings.mapping.timing === 'speech'
  const timed = bySlot ? seatTurns(transcript, ids, slotSeconds) : timeTokens(transcript, ids, settings)
  const tokens = timed.map(
    (token, i): TokenLine => ({
      n: i + 1,
      kind: 'token',
      slot: Math.floor(token.t / slotSeconds + 1e-9),
      source: 'import',
      clock: transcript.clock === 'arrival' && !bySlot ? 'arrival' : 'synthetic',
      ...token,
    }),
  )
  const slots = (tokens.at(-1)?.slot ?? 0) + 1
  const end = { n: tokens.length + 1, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' } as const
  return [sessionFor(transcript, agents, settings), ...tokens, end]
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
function nameAgents(speakers: readonly string[]): Agent[] {
  if (speakers.length > 64)
    throw new InputError(
      'many-speakers',
      `transcript: expected at most 64 speakers, got ${speakers.length}. Are these names?`,
    )
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
    return { agent, title: speaker.slice(0, 80), dj: { kind: 'imported', from: '' }, mask: null }
  })
}

/** Turns numbered per agent. */
function numberTurns(transcript: Transcript, ids: ReadonlyMap<string, string>) {
  const counts = new Map<string, number>()
  return transcript.turns.map((turn) => {
    const agent = ids.get(turn.speaker) ?? ''
    const number = counts.get(agent) ?? 0
    counts.set(agent, number + 1)
    return { agent, number, turn }
  })
}

/** One turn after the other, each at the start of a slot. */
function seatTurns(transcript: Transcript, ids: ReadonlyMap<string, string>, slotSeconds: Seconds): TimedToken[] {
  return numberTurns(transcript, ids).flatMap(({ agent, number, turn }, slot) =>
    turn.tokens.map(({ text, role, logprob }) => ({
      agent,
      turn: number,
      t: slot * slotSeconds,
      text,
      role,
      ...(logprob === undefined ? {} : { logprob }),
    })),
  )
}

/** Every token at its time, earliest first, the first at 0. */
function timeTokens(transcript: Transcript, ids: ReadonlyMap<string, string>, settings: ImportSettings): TimedToken[] {
  const stepSeconds = 15 / settings.bpm
  let free = 0
  const tokens = numberTurns(transcript, ids).flatMap(({ agent, number, turn }) => {
    const start = turn.startSeconds ?? free
    const spoken = transcript.clock === 'arrival' ? knownTimes(turn) : madeUpTimes(turn, start, stepSeconds)
    free = Math.max(free, spoken.end)
    return turn.tokens.map(({ text, role, logprob }, i) => ({
      agent,
      turn: number,
      t: spoken.times[i] ?? start,
      text,
      role,
      ...(logprob === undefined ? {} : { logprob }),
    }))
  })
  const sorted = tokens.map((token, i) => ({ token, i })).sort((a, b) => a.token.t - b.token.t || a.i - b.i)
  return shortenPauses(
    sorted.map(({ token }) => token),
    settings.longestPauseSeconds ?? defaultPause,
  )
}

interface TokenTimes {
  readonly times: readonly Seconds[]
  readonly end: Seconds
}

function knownTimes(turn: TranscriptTurn): TokenTimes {
  return { times: turn.tokens.map((token) => token.seconds ?? 0), end: 0 }
}

/** A sixteenth for three letters begun, an eighth after a comma, a beat after a sentence, a bar between turns at most. */
function madeUpTimes(turn: TranscriptTurn, start: Seconds, stepSeconds: Seconds): TokenTimes {
  let step = 0
  const times = turn.tokens.map(({ text }) => {
    const at = step
    const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
    step += Math.min(8, Math.ceil(letters / 3))
    if (/[.!?…\n]/.test(text)) step = Math.ceil((step + 2) / 4) * 4
    else if (/[,;:–—]/.test(text)) step = Math.ceil((step + 1) / 2) * 2
    return start + at * stepSeconds
  })
  return { times, end: start + Math.ceil((step + 2) / 4) * 4 * stepSeconds }
}

function shortenPauses(tokens: readonly TimedToken[], longest: Seconds): TimedToken[] {
  let cut = tokens[0]?.t ?? 0
  let previous = cut
  return tokens.map((token) => {
    if (token.t - previous > longest) cut += token.t - previous - longest
    previous = token.t
    return { ...token, t: Math.max(0, token.t - cut) }
  })
}
