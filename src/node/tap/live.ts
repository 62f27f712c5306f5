// Token events as they come -> a record that the page can follow. It begins when a slot of words is there, since the page hears slot by slot:
// who has spoken by then has a voice with its name. The other voices have none yet, each is taken by the next agent that speaks; when all are
// taken, they are shared. When the tap ends the whole is made anew, with everyone's name.
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
  /** An agent spoke for the first time, and its voice has another title in the record. */
  onVoice(agent: string, title: string): void
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
  readonly voice: number
  readonly at: Seconds
}

export function openLive(settings: LiveSettings): Live {
  const { bpm, voices } = settings
  const taken = new Map<string, number>()
  const laid = new Map<string, Seconds>()
  const lines = createLines(settings, () => titlesOf(taken, voices))
  const slotSeconds = (beatsPerSlot * 60) / bpm
  let pending: Due[] = []
  let first: Seconds | null = null
  const voiceOf = (agent: string): number => {
    const known = taken.get(agent)
    if (known !== undefined) return known
    const voice = taken.size % voices
    taken.set(agent, voice)
    const title = lines.titles()?.[voice]
    if (title !== undefined) settings.onVoice(agent, title)
    return voice
  }
  const writeUntil = async (now: Seconds) => {
    if (first === null || (lines.titles() === null && now < first + slotSeconds)) return
    const due = pending.filter(({ at }) => at <= now)
    if (due.length === 0) return
    pending = pending.filter(({ at }) => at > now)
    for (const one of due.sort((a, b) => a.at - b.at)) await lines.write(one)
  }
  return {
    add(event) {
      const at = event.t ?? (laid.get(event.agent) ?? 0) + stepsOf(event.text) * (15 / bpm)
      laid.set(event.agent, at)
      first ??= at
      pending.push({ event, voice: voiceOf(event.agent), at })
    },
    write: writeUntil,
    async close() {
      await writeUntil(Number.POSITIVE_INFINITY)
      await lines.close()
    },
  }
}

/** The record's lines, from its first token on; times never run back. */
function createLines(settings: LiveSettings, titlesNow: () => string[]) {
  const slotSeconds = (beatsPerSlot * 60) / settings.bpm
  const slotOf = (t: Seconds) => Math.floor(t / slotSeconds + 1e-9)
  let writer: RecordWriter | null = null
  let titles: readonly string[] | null = null
  let [n, cut, latest] = [1, 0, 0]
  const begin = async (at: Seconds): Promise<RecordWriter> => {
    const begun = createRecordWriter(path.join(settings.folder, recordName))
    titles = titlesNow()
    await begun.write(sessionOf(settings, titles))
    cut = at
    latest = at
    return begun
  }
  return {
    /** The voices' titles as the record has them; null before it begins. */
    titles: () => titles,
    async write({ event, voice, at }: Due) {
      writer ??= await begin(at)
      if (at - latest > longestPause) cut += at - latest - longestPause
      latest = Math.max(latest, at)
      const t = latest - cut
      const { turn, text, role, logprob } = event
      const clock = event.t === null ? 'synthetic' : 'arrival'
      const more = logprob === undefined ? {} : { logprob }
      const line = { n: n++, kind: 'token', agent: nameOf(voice), slot: slotOf(t), source: 'import', clock } as const
      await writer.write({ ...line, turn, t, text, role, ...more })
    },
    async close() {
      if (writer === null) return
      const slots = slotOf(latest - cut) + 1
      await writer.write({ n, kind: 'end', slots, seconds: slots * slotSeconds, reason: 'finished' })
      await writer.close()
    },
  }
}

/** A sixteenth for three letters, as a transcript without times has it. */
const stepsOf = (text: string) => Math.min(8, Math.ceil((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) / 3))

const nameOf = (voice: number) => `voice-${voice + 1}`

/** Longest title that a record takes, UTF-16 units. */
const longestTitle = 80

/** Who has a voice gives it its name; who shares one is named together. */
function titlesOf(taken: ReadonlyMap<string, number>, voices: number): string[] {
  return Array.from({ length: voices }, (_, voice) => {
    const names = [...taken].filter(([, of]) => of === voice).map(([agent]) => agent)
    const title = names.join(', ') || `voice ${voice + 1}`
    return title.slice(0, longestTitle).replace(/[\ud800-\udbff]$/, '')
  })
}

function sessionOf({ mapping, bpm, kernel, hocket }: LiveSettings, titles: readonly string[]): SessionLine {
  const dj = { kind: 'imported', from: 'token-events' } as const
  return {
    n: 0,
    kind: 'session',
    schema: schemaVersion,
    seed: 0,
    scenario: null,
    condition: null,
    agents: titles.map((title, voice) => ({ agent: nameOf(voice), title, dj, mask: null })),
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
