// One run being listened to: its record streams in, becomes slots, sounds, is measured and drawn.
import type { FromEnsemble } from '../../worklets/messages.ts'
import type { UnhashedScores } from '../measure/index.ts'
import { type Library, type RecordLine, type Scores, stemsOf } from '../record/index.ts'
import type { Lexicon } from '../sonify/index.ts'
import type { Seconds } from '../units.ts'
import { type Company, createCompany } from './company.ts'
import { createChanceWatch } from './run/chance.ts'
import { createComposer } from './run/compose.ts'
import { claimConnection } from './run/connections.ts'
import { type Measures, openMeasures } from './run/measures.ts'
import { createReadings, type Readings } from './run/readings.ts'
import { fetchChance, fetchRun, fetchScores, type RunEntry } from './run/server.ts'
import type { PartyScore } from './run/slots.ts'
import { standingOf, watchRun } from './run/standing.ts'
import { createStored } from './run/stored.ts'
import { type Connection, openRecordStream } from './run/stream.ts'
import type { Stretch } from './sound/loops.ts'
import type { Player, PlayerState } from './sound/player.ts'
import { openSteadyPlayer, type SteadySettings } from './sound/steady.ts'
import { createRoomView, type RoomView } from './view/room-view.ts'

export interface Materials {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly library: Library | null
  readonly lexicon: Lexicon
}

export interface ListeningSettings
  extends Pick<SteadySettings, 'onDevice' | 'onTrouble' | 'onMissing' | 'onRecording' | 'onFailed'> {
  readonly run: string
  readonly materials: Materials
  /** Where to stand at first; null: at the start. */
  readonly from: Seconds | null
  /** Can be started now, and sounds at once. */
  readonly onReady: (score: PartyScore) => void
  readonly onState: (state: PlayerState) => void
  readonly onGrowth: (score: PartyScore) => void
  readonly onMoment: (now: Seconds, total: Seconds) => void
  /** A hand went to a moment, wherever on the page. */
  readonly onSeek: (seconds: Seconds) => void
  /** A stretch was marked on the curves. */
  readonly onStretch: (stretch: Stretch) => void
  readonly onConnection: (connection: Connection, words: string) => void
  /** What the server says of the run: how it stands, what can be downloaded. */
  readonly onEntry: (entry: RunEntry) => void
  /** While no record streams: the server does not answer, or does again; in words. */
  readonly onServer: (state: 'lost' | 'back', words: string) => void
  /** The whole run was heard and measured; in words, how that compares with what is stored. */
  readonly onMeasured: (words: string) => void
}

export interface Listening {
  readonly player: Player | undefined
  readonly view: RoomView | undefined
  readonly score: PartyScore | undefined
  readonly company: Company
  /** A hand goes to a moment: its slot is read, and `onSeek` told. Before the run can sound: there it will stand. */
  seek(seconds: Seconds): void
  /** The page itself goes there, along with a run that grows. */
  goAlong(seconds: Seconds): void
  /** Asks the server how the run stands. */
  look(): void
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
  let disposed = false
  let isChanceComing = false
  /** The connection stood for a while and brought nothing. */
  let isQuiet = false
  const place = createPlace(settings.from, { score: () => composer.score, opened: () => opened })
  const seek = (seconds: Seconds) => settings.onSeek(place.goTo(seconds) ?? seconds)
  const { onMeasured } = settings
  const onScores = (scores: Scores) => {
    opened?.readings.compareWith(scores)
    chance.look(scores)
  }
  const stored = createStored({ fetchScores: () => fetchScores(run), onScores, onMeasured })
  const chance = createChanceWatch({
    ask: () => fetchChance(run),
    onComing(coming) {
      isChanceComing = coming
      opened?.readings.expectChance(coming)
    },
    onThere: stored.again,
  })
  const watch = watchRun({
    ask: () => fetchRun(run),
    onEntry(entry) {
      stored.see(entry)
      chance.look(stored.scores)
      settings.onEntry(entry)
      if (isQuiet && composer.score === undefined && standingOf(entry) === 'broken off')
        settings.onFailed('This run has no record that can be read.')
    },
    onServer: settings.onServer,
  })
  const begin = async (score: PartyScore) => {
    const all = await open(score, settings, { seek, onHeard: stored.compare })
    if (disposed) return close(all)
    opened = all
    if (stored.scores !== null) all.readings.compareWith(stored.scores)
    all.readings.expectChance(isChanceComing)
    place.settle(score)
    await all.player.prepare()
    if (!disposed) settings.onReady(score)
  }
  const onLine = (line: RecordLine) => {
    const grew = composer.add(line)
    const score = composer.score
    if (score === undefined || !grew) return
    if (line.kind === 'session') begin(score).catch(({ message }: Error) => disposed || settings.onFailed(message))
    opened?.player.feed()
    place.settle(score)
    settings.onGrowth(score)
  }
  const onConnection = (connection: Connection, words: string) => {
    if (connection === 'ended') watch.keepLooking()
    settings.onConnection(connection, words)
  }
  const url = `api/runs/${encodeURIComponent(run)}/record`
  const seat = claimConnection()
  const onQuiet = () => {
    isQuiet = true
    watch.look()
  }
  const stop = openRecordStream({ url, onLine, onConnection, onQuiet, mayStay: seat.mayStay })
  watch.look()
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
    goAlong: (seconds: Seconds) => void place.goTo(seconds),
    look: watch.look,
    dispose() {
      disposed = true
      stop()
      seat.release()
      watch.stop()
      if (opened !== undefined) close(opened)
    },
  })
}

interface Place {
  /** Goes there, as far as the record has come; null: as soon as it can. */
  goTo(seconds: Seconds): Seconds | null
  /** The record has come so far. */
  settle(score: PartyScore): void
}

interface Standpoint {
  readonly score: () => PartyScore | undefined
  readonly opened: () => Opened | undefined
}

function createPlace(from: Seconds | null, { score, opened }: Standpoint): Place {
  /** The moment that was asked for, until it is there and the page stands at it. */
  let heading = from
  const goTo = (seconds: Seconds): Seconds | null => {
    heading = seconds
    const [all, now] = [opened(), score()]
    const last = now?.slots.at(-1)
    if (all === undefined || now === undefined || last === undefined) return null
    heading = null
    const target = Math.max(0, Math.min(last.startSeconds + last.seconds - 0.5, seconds))
    all.player.seek(target)
    all.view.read(Math.floor(target / now.slotSeconds + 1e-9))
    return target
  }
  return {
    goTo,
    /** A link may lead further than the record has come; whoever plays meanwhile is left where they are. */
    settle({ ended, slots, slotSeconds }) {
      const all = opened()
      if (heading === null || all === undefined) return
      if (all.player.state !== 'paused') heading = null
      else if (ended || heading < slots.length * slotSeconds) goTo(heading)
    },
  }
}

interface Bonds {
  readonly seek: (seconds: Seconds) => void
  /** The whole run was heard. */
  readonly onHeard: (scores: UnhashedScores) => void
}

async function open(score: PartyScore, settings: ListeningSettings, { seek, onHeard }: Bonds): Promise<Opened> {
  const { kernel, library } = settings.materials
  const readings = createReadings(score)
  const onScores = (scores: UnhashedScores, whole: boolean) => {
    if (whole) onHeard(scores)
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
  const { onState, onFailed, onMoment, onDevice, onTrouble, onMissing, onRecording } = settings
  const sound = { kernel, stems: stemsOf(score.session), score, library }
  const words = { onState, onFailed, onDevice, onTrouble, onMissing, onRecording }
  const player: Player = await openSteadyPlayer({ ...sound, ...words, onMessage, onMoved })
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
