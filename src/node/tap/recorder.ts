// What passes -> token events, as it comes, and to whoever listens. The proxy only hands over bytes and a time; all reading is done later, in
// short stretches between other work, and a fault in it is counted, never thrown.
import type { AddedTokens, HeardToken } from '../../stream/index.ts'
import type { Seconds } from '../../units.ts'
import { type Answer, type AnswerHead, openAnswer } from './answer.ts'
import type { EventFile } from './event-file.ts'
import { type AskedBy, createNamer } from './names.ts'
import { createRedactor, type Redactor } from './redact.ts'

/** A token as it is written down. */
export interface TokenEvent {
  readonly agent: string
  readonly turn: number
  readonly text: string
  /** Since the tap began; null: it came together with the one before. */
  readonly t: Seconds | null
  readonly role: HeardToken['role']
  readonly logprob?: number
}

export interface AnswerTap {
  push(bytes: Uint8Array): void
  end(): void
}

export interface RecorderCounts {
  readonly answers: number
  readonly tokens: number
  /** Names in order of their first word. */
  readonly agents: readonly string[]
  /** Answers of which something could not be heard, and the first reason. */
  readonly unheard: number
  readonly reason: string | null
}

export interface Recorder {
  begin(asked: AskedBy, head: AnswerHead): AnswerTap
  readonly counts: RecorderCounts
  /** Hears what has come so far; later bytes are not heard. */
  close(): Promise<void>
}

export interface RecorderSettings {
  readonly file: Pick<EventFile, 'append'>
  /** Seconds since the tap began. */
  clock(): Seconds
  onEvent?(event: TokenEvent): void
}

/** How long reading may hold up other work at a time, milliseconds. */
const stretchMilliseconds = 1
/** Bytes that wait to be read; what comes after is passed on unheard. */
const mostWaiting = 64 << 20

interface Job {
  readonly bytes: number
  run(): void
}

export function createRecorder({ file, clock, onEvent }: RecorderSettings): Recorder {
  const queue = createQueue()
  const nameOf = createNamer()
  const turns = new Map<string, number>()
  const ending = new Set<Promise<void>>()
  const counts = { answers: 0, tokens: 0, unheard: 0, reason: null as string | null }
  const write = (event: TokenEvent) => {
    counts.tokens++
    file.append(JSON.stringify(event))
    onEvent?.(event)
  }
  const fault = (why: string, isFirst: boolean) => {
    if (isFirst) counts.unheard++
    counts.reason ??= why
  }
  return {
    begin(asked, head) {
      counts.answers++
      const speech = createSpeech({ asked, nameOf, turns, write })
      return hearAnswer({ head, speech, queue, ending, clock, fault })
    },
    get counts() {
      return { ...counts, agents: [...turns.keys()] }
    },
    async close() {
      queue.drain()
      await Promise.all(ending)
    },
  }
}

interface HearAnswerSettings {
  readonly head: AnswerHead
  readonly speech: ReturnType<typeof createSpeech>
  readonly queue: ReturnType<typeof createQueue>
  /** Answers whose last bytes are being read. */
  readonly ending: Set<Promise<void>>
  readonly clock: () => Seconds
  readonly fault: (why: string, isFirst: boolean) => void
}

/** One answer: its bytes wait in the queue with the time at which they came. */
function hearAnswer({ head, speech, queue, ending, clock, fault }: HearAnswerSettings): AnswerTap {
  let faulty = false
  let now: Seconds = 0
  const onFault = (why: string) => {
    fault(why, !faulty)
    faulty = true
  }
  const answer = openAnswer(head, { onTokens: (added) => speech.add(added, now), onFault })
  const hearEnd = async (open: Answer) => {
    await open.end()
    speech.finish()
  }
  return {
    push(bytes) {
      if (answer === null) return
      const seconds = clock()
      const taken = queue.add(bytes.length, () => {
        now = seconds
        answer.push(bytes)
      })
      if (!taken) onFault('more came than could be read in time')
    },
    end() {
      if (answer === null) return
      queue.add(0, () => {
        const done = hearEnd(answer)
          .catch((error: unknown) => onFault(String(error)))
          .finally(() => ending.delete(done))
        ending.add(done)
      })
    },
  }
}

interface SpeechSettings {
  readonly asked: AskedBy
  readonly nameOf: (asked: AskedBy, model: string) => string
  readonly turns: Map<string, number>
  write(event: TokenEvent): void
}

interface Choice {
  readonly agent: string
  readonly turn: number
  readonly redactor: Redactor<TokenEvent>
}

/** One answer's turns: who speaks is known with the first token. Only the first token of what came at once has its time. */
function createSpeech({ asked, nameOf, turns, write }: SpeechSettings) {
  const choices = new Map<number, Choice>()
  const choiceOf = ({ turn: index, speaker }: AddedTokens): Choice => {
    const known = choices.get(index)
    if (known !== undefined) return known
    const agent = nameOf(asked, speaker)
    const turn = turns.get(agent) ?? 0
    turns.set(agent, turn + 1)
    const choice = { agent, turn, redactor: createRedactor<TokenEvent>(asked.secrets) }
    choices.set(index, choice)
    return choice
  }
  return {
    add(added: readonly AddedTokens[], seconds: Seconds): void {
      for (const one of added) {
        const { agent, turn, redactor } = choiceOf(one)
        const t = Math.round(1e4 * seconds) / 1e4
        const events = one.tokens.map(({ text, role, logprob }, i) => ({
          agent,
          turn,
          text,
          t: i === 0 ? t : null,
          role,
          ...(logprob === undefined ? {} : { logprob }),
        }))
        for (const event of redactor.push(events)) write(event)
      }
    },
    finish(): void {
      for (const { redactor } of choices.values()) for (const event of redactor.finish()) write(event)
    },
  }
}

/** Work for later, in order, a stretch at a time. */
function createQueue() {
  let jobs: Job[] = []
  let next = 0
  let waiting = 0
  let scheduled = false
  const runOne = () => {
    const job = jobs[next++] as Job
    waiting -= job.bytes
    job.run()
    if (next < jobs.length) return
    jobs = []
    next = 0
  }
  const stretch = () => {
    scheduled = false
    const until = performance.now() + stretchMilliseconds
    while (next < jobs.length && performance.now() < until) runOne()
    if (next > 4096) {
      jobs = jobs.slice(next)
      next = 0
    }
    if (next < jobs.length) schedule()
  }
  const schedule = () => {
    if (!scheduled) setImmediate(stretch)
    scheduled = true
  }
  return {
    /** Whether it was taken. */
    add(bytes: number, run: () => void): boolean {
      if (waiting + bytes > mostWaiting) return false
      waiting += bytes
      jobs.push({ bytes, run })
      schedule()
      return true
    },
    drain(): void {
      while (next < jobs.length) runOne()
    },
  }
}
