// One run being listened to: its record streams in, becomes slots, sounds, is measured and drawn.
import type { StemName } from '../../worklets/messages.ts'
import type { Library, RecordLine } from '../record/index.ts'
import type { Lexicon } from '../sonify/index.ts'
import { createComposer } from './run/compose.ts'
import { createReadings, type Readings } from './run/readings.ts'
import { fetchScores } from './run/server.ts'
import { type Connection, openRecordStream } from './run/stream.ts'
import { ensembleRate } from './sound/ensemble.ts'
import { openPlayer, type Player, type PlayerState } from './sound/player.ts'
import type { PartyScore } from './run/slots.ts'
import { createRoomView, type RoomView } from './view/room-view.ts'

export interface Materials {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly library: Library | null
  readonly lexicon: Lexicon
}

export interface ListeningSettings {
  readonly run: string
  readonly materials: Materials
  /** Can be started now. */
  readonly onReady: (score: PartyScore) => void
  readonly onState: (state: PlayerState) => void
  readonly onGrowth: (score: PartyScore) => void
  readonly onConnection: (connection: Connection, words: string) => void
  readonly onFailed: (words: string) => void
}

export interface Listening {
  readonly player: Player | undefined
  readonly view: RoomView | undefined
  readonly score: PartyScore | undefined
  /** Goes to a slot and reads it. */
  seek(slot: number): void
  dispose(): void
}

export function openListening(settings: ListeningSettings): Listening {
  const { run, materials } = settings
  const composer = createComposer({ ...materials, sampleRate: ensembleRate })
  let player: Player | undefined
  let view: RoomView | undefined
  let readings: Readings | undefined
  let disposed = false

  const seek = (slot: number) => {
    const last = (composer.score?.slots.length ?? 0) - 1
    if (player === undefined || last < 0) return
    const target = Math.max(0, Math.min(last, slot))
    player.seek(target)
    readings?.seek()
    view?.read(target)
  }
  const set = async (score: PartyScore) => {
    readings = createReadings(score)
    const own = readings
    const stems: StemName[] = score.session.agents.flatMap(({ agent }) => [
      { agent, layer: 'voice' as const },
      { agent, layer: 'deck' as const },
    ])
    const { kernel, library } = materials
    const { onState, onFailed } = settings
    player = await openPlayer({ kernel, stems, score, library, onState, onHeard: (message) => own.hear(message), onFailed })
    if (disposed) return player.dispose()
    const onStrips = () => view?.refreshStrips()
    view = createRoomView({ score, library, readings, controls: player.mixer.strips, onSeek: seek, onStrips })
    settings.onReady(score)
  }
  const add = (line: RecordLine) => {
    const grew = composer.add(line)
    const score = composer.score
    if (score === undefined || !grew) return
    if (line.kind === 'session') set(score).catch((error: Error) => settings.onFailed(error.message))
    readings?.grow()
    player?.feed()
    settings.onGrowth(score)
    if (line.kind === 'end') void showScores(run, () => readings)
  }
  const stop = openRecordStream({
    url: `api/runs/${encodeURIComponent(run)}/record`,
    onLine: add,
    onConnection: settings.onConnection,
  })
  return {
    get player() {
      return player
    },
    get view() {
      return view
    },
    get score() {
      return composer.score
    },
    seek,
    dispose() {
      disposed = true
      stop()
      player?.dispose()
      view?.dispose()
    },
  }
}

/** The stored measures, drawn faintly behind what is heard. Without them the page is whole all the same. */
async function showScores(run: string, readings: () => Readings | undefined): Promise<void> {
  const scores = await fetchScores(run).catch(() => null)
  if (scores !== null) readings()?.compareWith(scores)
}
