// Token events as they come -> a record that the page can follow. Who will speak is not known when it begins, so it has seats, each taken by
// the next agent that speaks; when all are taken, seats are shared. When the tap ends the whole is made anew, with everyone's name.
import path from 'node:path'
import { beatsPerSlot, type Mapping, type SessionLine, schemaVersion } from '../../record/index.ts'
import type { Transcript } from '../../stream/index.ts'
import type { Seconds } from '../../units.ts'
import { createRecordWriter, type RecordWriter } from '../store/record-file.ts'
import { recordName } from '../store/run-folder.ts'
import type { TokenEvent } from './recorder.ts'

/** The most voices that sound together. */
export const mostVoices = 16

export interface LiveSettings {
  readonly folder: string
  readonly voices: number
  readonly bpm: number
  readonly mapping: Mapping
  readonly kernel: string
  readonly hocket: string
  /** An agent spoke for the first time, and sits there. */
  onSeat(agent: string, title: string): void
}

export interface Live {
  add(event: TokenEvent): void
  /** Writes what is due by now. Throws when the disk refuses. */
  write(now: Seconds): Promise<void>
  close(): Promise<void>
}

/** Longer silences are shortened, as in any transcript. */
const longestPause: Seconds = 8

interface Due {
  readonly event: TokenEvent
  readonly seat: number
  readonly at: Seconds
}

export function openLive(settings: LiveSettings): Live {
  const { bpm, voices } = settings
  const slotSeconds = (beatsPerSlot * 60) / bpm
  const seats = new Map<string, number>()
  const laid = new Map<string, Seconds>()
  let pending: Due[] = []
  let writer: RecordWriter | null = null
  let [n, cut, latest] = [1, 0, 0]
  const seatOf = (agent: string): number => {
    const known = seats.get(agent)
    if (known !== undefined) return known
    const seat = seats.size % voices
    seats.set(agent, seat)
    settings.onSeat(agent, titleOf(seat))
    return seat
  }
  const writeOne = async ({ event, seat, at }: Due) => {
    if (writer === null) {
      writer = createRecordWriter(path.join(settings.folder, recordName))
      await writer.write(sessionOf(settings))
      cut = at
      latest = at
    }
    if (at - latest > longestPause) cut += at - latest - longestPause
    latest = Math.max(latest, at)
    const t = latest - cut
    const { turn, text, role, logprob } = event
    const slot = Math.floor(t / slotSeconds + 1e-9)
    const clock = event.t === null ? 'synthetic' : 'arrival'
    const more = logprob === undefined ? {} : { logprob }
    await writer.write({
      n: n++,
      kind: 'token',
      agent: nameOf(seat),
      slot,
      source: 'import',
      clock,
      turn,
      t,
      text,
      role,
      ...more,
    })
  }
  const writeUntil = async (now: Seconds) => {
    const due = pending.filter(({ at }) => at <= now)
    if (due.length === 0) return
    pending = pending.filter(({ at }) => at > now)
    for (const one of due.sort((a, b) => a.at - b.at)) await writeOne(one)
  }
  return {
    add(event) {
      const at = event.t ?? (laid.get(event.agent) ?? 0) + stepsOf(event.text) * (15 / bpm)
      laid.set(event.agent, at)
      pending.push({ event, seat: seatOf(event.agent), at })
    },
    write: writeUntil,
    async close() {
      await writeUntil(Number.POSITIVE_INFINITY)
      if (writer === null) return
      const slots = Math.floor((latest - cut) / slotSeconds + 1e-9) + 1
      await writer.write({ n, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' })
      await writer.close()
    },
  }
}

/** A sixteenth for three letters, as a transcript without times has it. */
const stepsOf = (text: string) => Math.min(8, Math.ceil((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) / 3))

const nameOf = (seat: number) => `voice-${seat + 1}`
const titleOf = (seat: number) => `voice ${seat + 1}`

function sessionOf({ voices, mapping, bpm, kernel, hocket }: LiveSettings): SessionLine {
  const dj = { kind: 'imported', from: 'token-events' } as const
  return {
    n: 0,
    kind: 'session',
    schema: schemaVersion,
    seed: 0,
    scenario: null,
    condition: null,
    agents: Array.from({ length: voices }, (_, seat) => ({
      agent: nameOf(seat),
      title: titleOf(seat),
      dj,
      mask: null,
    })),
    mapping,
    bpm,
    kernel,
    library: null,
    hocket,
    plan: null,
  }
}

/** A transcript with at most so many speakers: who spoke first has a voice of its own, the others share theirs; who shares is named together. */
export function shareVoices(transcript: Transcript, most: number): Transcript {
  const { speakers, turns } = transcript
  if (speakers.length <= most) return transcript
  const groups = Array.from({ length: most }, (_, i) => speakers.filter((_, j) => j % most === i).join(', '))
  const voiceOf = new Map(speakers.map((speaker, i) => [speaker, groups[i % most] as string]))
  return {
    ...transcript,
    speakers: groups,
    turns: turns.map((turn) => ({
      speaker: voiceOf.get(turn.speaker) as string,
      ...(turn.startSeconds === undefined ? {} : { startSeconds: turn.startSeconds }),
      get tokens() {
        return turn.tokens
      },
    })),
  }
}
