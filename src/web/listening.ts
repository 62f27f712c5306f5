// One run being listened to: its record streams in, becomes slots, sounds, is measured and drawn.
import type { FromEnsemble } from '../../worklets/messages.ts'
import type { UnhashedScores } from '../measure/index.ts'
import { type Library, type RecordLine, type Scores, stemsOf } from '../record/index.ts'
import type { Lexicon } from '../sonify/index.ts'
import type { Seconds } from '../units.ts'
import { type Company, createCompany } from './company.ts'
import { createComposer } from './run/compose.ts'
import { differencesOf } from './run/differences.ts'
import { type Measures, openMeasures } from './run/measures.ts'
import { createReadings, type Readings } from './run/readings.ts'
import { fetchRun, fetchScores } from './run/server.ts'
import type { PartyScore } from './run/slots.ts'
import { type Connection, openRecordStream } from './run/stream.ts'
import type { Stretch } from './sound/loops.ts'
import type { Player, PlayerState } from './sound/player.ts'
import { openSteadyPlayer } from './sound/steady.ts'
import { createRoomView, type RoomView } from './view/room-view.ts'

export interface Materials {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly library: Library | null
  readonly lexicon: Lexicon
}

export interface ListeningSettings {
  readonly run: string
  readonly materials: Materials
  /** Where to stand at first; null: at the start. */
  readonly from: Seconds | null
  /** Can be started now, and sounds at once. */
  readonly onReady: (score: PartyScore) => void
  readonly onState: (state: PlayerState) => void
  readonly onGrowth: (score: PartyScore) => void
  readonly onMoment: (now: Seconds, total: Seconds) => void
  /** A stretch was marked on the curves. */
  readonly onStretch: (stretch: Stretch) => void
  readonly onConnection: (connection: Connection, words: string) => void
  /** The sound was taken away, or is there again; in words. */
  readonly onDevice: (state: 'lost' | 'back', words: string) => void
  /** The whole run was heard and measured; in words, how that compares with what is stored. */
  readonly onMeasured: (words: string) => void
  readonly onFailed: (words: string) => void
}

export interface Listening {
  readonly player: Player | undefined
  readonly view: RoomView | undefined
  readonly score: PartyScore | undefined
  readonly company: Company
  /** Goes to a moment and reads its slot. */
  seek(seconds: Seconds): void
  dispose(): void
}

/** What belongs to a run once its session line is known. */
interface Opened {
  readonly player: Player
  readonly view: RoomView
  readonly readings: Readings
  readonly measures: Measures
}

export function openListening(settings: ListeningSettings): Listening {
  const { run, materials } = settings
  const composer = createComposer(materials)
  let opened: Opened | undefined
  let stored: Scores | null = null
  let disposed = false
  /** The moment that was asked for, until it is there and the page stands at it. */
  let heading = settings.from

  const seek = (seconds: Seconds) => {
    const score = composer.score
    const last = score?.slots.at(-1)
    if (opened === undefined || score === undefined || last === undefined) return
    heading = null
    const target = Math.max(0, Math.min(last.startSeconds + last.seconds - 0.5, seconds))
    opened.player.seek(target)
    opened.view.read(Math.floor(target / score.slotSeconds + 1e-9))
  }
  /** A link may lead further than the record has come; whoever plays meanwhile is left where they are. */
  const settle = (score: PartyScore) => {
    if (heading === null || opened === undefined) return
    if (opened.player.state !== 'paused') heading = null
    else if (score.ended || heading < score.slots.length * score.slotSeconds) seek(heading)
  }
  const fail = (error: Error) => settings.onFailed(error.message)
  const learnStored = async () => {
    stored = await fetchStored(run)
    if (stored !== null) opened?.readings.compareWith(stored)
  }
  const add = (line: RecordLine) => {
    const grew = composer.add(line)
    const score = composer.score
    if (score === undefined || !grew) return
    if (line.kind === 'session')
      open(score, settings, { seek, stored: () => stored })
        .then(async (all) => {
          if (disposed) return close(all)
          opened = all
          if (stored !== null) all.readings.compareWith(stored)
          settle(score)
          await all.player.prepare()
          if (!disposed) settings.onReady(score)
        })
        .catch(fail)
    opened?.player.feed()
    settle(score)
    settings.onGrowth(score)
    if (line.kind === 'end') void learnStored()
  }
  const url = `api/runs/${encodeURIComponent(run)}/record`
  const stop = openRecordStream({ url, onLine: add, onConnection: settings.onConnection })
  const parts = {
    get player() {
      return opened?.player
    },
    get view() {
      return opened?.view
    },
    get score() {
      return composer.score
    },
  }
  const company = createCompany(parts, run, materials)
  return Object.assign(parts, {
    company,
    seek,
    dispose() {
      disposed = true
      stop()
      if (opened !== undefined) close(opened)
    },
  })
}

interface Bonds {
  readonly seek: (seconds: Seconds) => void
  readonly stored: () => Scores | null
}

async function open(score: PartyScore, settings: ListeningSettings, { seek, stored }: Bonds): Promise<Opened> {
  const { kernel, library } = settings.materials
  const readings = createReadings(score)
  const onScores = (scores: UnhashedScores, whole: boolean) => {
    if (whole) settings.onMeasured(compare(scores, stored()))
  }
  const onTooMuch = () =>
    settings.onMeasured('So much sounds at once that interlock and vitality are measured no further.')
  const measures = openMeasures({ score, onSeries: (series) => readings.take(series), onScores, onTooMuch })
  const onMessage = (message: FromEnsemble) => {
    if (player.speed !== 1) return // nothing is heard then, and nothing measured
    if (message.kind === 'heard') readings.hear(message.frame)
    measures.hear(message)
    if (message.kind === 'position' && message.state === 'ended') measures.finish()
  }
  const onMoved = (slot: number) => {
    readings.seek(slot * score.slotSeconds)
    measures.seek(slot)
  }
  const { onState, onFailed, onMoment, onDevice } = settings
  const sound = { kernel, stems: stemsOf(score.session), score, library }
  const player: Player = await openSteadyPlayer({ ...sound, onState, onMessage, onMoved, onFailed, onDevice })
  const onStrips = () => view.refreshStrips()
  const controls = player.mixer.strips
  const loop = () => player.loop
  const { onStretch } = settings
  const hands = { onSeek: seek, onStretch, onStrips, onMoment }
  const view: RoomView = createRoomView({ score, library, readings, controls, loop, ...hands })
  return { player, view, readings, measures }
}

function close({ player, view, measures }: Opened): void {
  player.dispose()
  view.dispose()
  measures.dispose()
}

function compare(heard: UnhashedScores, stored: Scores | null): string {
  if (stored === null) return 'Heard and measured to the end.'
  const { hashes: _, twins: __, ...rest } = stored
  const [first] = differencesOf(heard, rest)
  return first === undefined
    ? 'Heard to the end; every measure taken here equals the stored one.'
    : `Heard to the end; measured here and stored differ at ${first}.`
}

/** The stored measures, drawn faintly behind what is heard. Without them the page is whole all the same. */
async function fetchStored(run: string): Promise<Scores | null> {
  try {
    const entry = await fetchRun(run)
    return entry?.files.includes('scores.json') === true ? await fetchScores(run) : null
  } catch {
    return null
  }
}
