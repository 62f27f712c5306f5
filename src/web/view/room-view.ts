// Everything one sees of a run, put into index.html's places and redrawn as time goes.
import type { Library, SessionLine } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import { castScore } from '../run/cast.ts'
import type { OtherRun } from '../run/other-run.ts'
import type { Readings } from '../run/readings.ts'
import { type PartyScore, type SlotScore, slotAt } from '../run/slots.ts'
import type { Stretch } from '../sound/loops.ts'
import type { Casting } from '../sound/mixer.ts'
import { type AgentRow, createAgentRow, type Look, layersOf } from './agent.ts'
import { readInks, timesFitted, wantsStillness } from './canvas.ts'
import { displayText, find, setText } from './elements.ts'
import { createFloorView } from './floor-view.ts'
import type { Facing } from './lane-bands.ts'
import { createMeasured } from './measured.ts'
import { describeMoment } from './moment.ts'
import { type Cast, castOf, describeStranger, tellPresence } from './seats.ts'
import { createStage } from './stage.ts'
import { createStrands, type Strands } from './strands.ts'
import type { StripControl } from './strips.ts'

export interface RoomView {
  /** Once a frame: everything at this moment of the run. */
  draw(now: Seconds): void
  /** After the theme changed. */
  repaint(): void
  /** Draws who sounds now: the run itself, or with another run's players in its seats. */
  showCast(casting: Casting, other: OtherRun | null): void
  /** Strips as their controls say. */
  refreshStrips(): void
  /** Reads a slot aloud, in the live region. */
  read(slot: number): void
  dispose(): void
}

export interface RoomViewSettings {
  readonly score: PartyScore
  readonly library: Library | null
  readonly readings: Readings
  readonly controls: readonly StripControl[]
  readonly onSeek: (seconds: Seconds) => void
  /** A stretch of the curves was marked, to be repeated. */
  readonly onStretch: (stretch: Stretch) => void
  /** What is repeated. */
  readonly loop: () => Stretch | null
  readonly onStrips: () => void
  /** A few times a second while drawing. */
  readonly onMoment: (now: Seconds, total: Seconds) => void
}

/** Nothing is drawn yet of who sounds now. */
const unshown = 'unshown'

export function createRoomView(settings: RoomViewSettings): RoomView {
  const { score, library, readings, controls } = settings
  const agentsRoot = find('agents', HTMLElement)
  const { session } = score
  const rows = session.agents.map((_, index) => {
    const facing: Facing = index === 0 && session.agents.length > 1 ? 'down' : 'up'
    return createAgentRow(agentsRoot, { session, index, library, controls, facing, onChange: settings.onStrips })
  })
  const strands = hangStrands(agentsRoot, rows, { session, readings })
  const floor = createFloorView(score.session)
  const stage = createStage(find('scene', HTMLCanvasElement), readings)
  const moment = find('moment', HTMLElement)
  const totalSeconds = () => Math.max(1, score.plannedSlots) * score.slotSeconds
  const slotOfShare = (share: number) =>
    Math.min(score.slots.length - 1, Math.floor((share * totalSeconds()) / score.slotSeconds))
  let sounding = score
  let cast: Cast | null = null
  /** The slot whose words stand there; null: none was read. */
  let wasRead: number | null = null
  const read = (index: number) => {
    const slot = sounding.slots[index]
    if (slot === undefined) return
    wasRead = index
    setText(moment, describeSlot(settings, slot, cast))
  }
  const measured = createMeasured({
    readings,
    voices: score.session.agents.map((agent) => displayText(agent.title, 20)),
    onSeek: (share) => settings.onSeek(share * totalSeconds()),
    onStretch: (from, to) => settings.onStretch({ from: from * totalSeconds(), to: to * totalSeconds() }),
    onPoint: (share) => share !== null && read(Math.max(0, slotOfShare(share))),
  })
  let inks = readInks()
  let shown: SlotScore | undefined | typeof unshown = unshown
  let drawnCurves = -1
  /** What the pictures show that stand there; empty: nothing of it holds. */
  let drawn = ''
  let index = 0
  let strangers: readonly (string | null)[] = []
  const showStrangers = () => {
    strangers = rows.map((_, seat) => describeStranger(score, cast, seat, index))
    rows.forEach((row, seat) => {
      row.showStranger(strangers[seat] ?? null)
    })
  }

  const draw = (now: Seconds) => {
    const slot = slotAt(sounding, now)
    const look = { inks, still: wantsStillness(), loop: settings.loop() }
    if (slot !== shown) {
      shown = slot
      const before = index
      index = Math.floor(now / score.slotSeconds + 1e-9)
      // What stands there tells who sounds; where that is another than before, it is told anew.
      if (wasRead !== null && cast !== null && tellPresence(cast, before) !== tellPresence(cast, index)) read(index)
      for (const row of rows) row.showSlot(slot)
      showStrangers()
      floor.show(slot, index, cast)
      drawn = ''
    }
    for (const { strips } of rows) for (const strip of strips) strip.meter()
    // The curves change slowly; four times a second is enough. So it is for all pictures at rest, where the same moment stays.
    const quarter = Math.floor(performance.now() / 250)
    const wanted = [
      now,
      quarter,
      timesFitted(),
      look.loop?.from,
      look.loop?.to,
      document.documentElement.dataset.stage,
    ].join()
    if (wanted === drawn) return
    drawn = wanted
    if (document.documentElement.dataset.stage !== undefined) {
      stage.draw(now, sounding, { isOwn: sounding === score, strangers })
    } else {
      drawRows(rows, { now, slot, score: sounding, look })
      floor.draw(now, slot, sounding, look)
      if (sounding === score) strands?.draw(now, look)
      else strands?.clear()
    }
    if (quarter === drawnCurves) return
    drawnCurves = quarter
    measured.draw({ now, total: totalSeconds(), loop: look.loop })
    settings.onMoment(now, totalSeconds())
  }
  return {
    draw,
    read,
    repaint() {
      inks = readInks()
      drawn = ''
      measured.redraw()
    },
    showCast(casting, other) {
      cast = castOf(casting, other)
      sounding = cast === null ? score : castScore(score, cast.other.score, casting)
      shown = unshown
      showStrangers()
      measured.showWhose(cast === null ? 'itself' : 'another')
      markCasting(casting)
      if (wasRead !== null) read(index)
      if (typeof casting === 'object') rows[casting.seat]?.reveal()
    },
    refreshStrips() {
      for (const row of rows) for (const strip of row.strips) strip.refresh()
    },
    dispose() {
      for (const row of rows) row.dispose()
      strands?.dispose()
      floor.dispose()
      stage.dispose()
      measured.dispose()
      emptyRoom()
    },
  }
}

function describeSlot({ score, library, readings }: RoomViewSettings, slot: SlotScore, cast: Cast | null): string {
  const middle = slot.startSeconds + slot.seconds / 2
  const [values, rubbing] = [readings.at(middle), readings.rubbingAt(middle)]
  const lines = {
    consonance: readings.linesAt('consonance', middle),
    interlock: readings.linesAt('interlock', middle),
    vitality: readings.linesAt('vitality', middle),
  }
  return describeMoment({ score, slot, cast, library, readings: values, lines, rubbing })
}

function emptyRoom(): void {
  for (const article of find('agents', HTMLElement).querySelectorAll('article')) article.remove()
  setText(find('moment', HTMLElement), '')
}

/** Tells the style sheet who sounds. */
function markCasting(casting: Casting): void {
  document.documentElement.dataset.casting = casting === 'own' || casting === 'other' ? casting : 'null'
}

/** Between the first two, whose voices face each other; null for one alone. */
function hangStrands(
  root: HTMLElement,
  [first, second]: readonly AgentRow[],
  { session, readings }: { readonly session: SessionLine; readonly readings: Readings },
): Strands | null {
  if (first === undefined || second === undefined) return null
  const registersMidi = [first.registerMidi, second.registerMidi] as const
  const lanes = [first.lane, second.lane] as const
  return createStrands({ root, lanes, registersMidi, bpm: session.bpm, layers: layersOf(session), readings })
}

interface RowMoment {
  readonly now: Seconds
  readonly slot: SlotScore | undefined
  readonly score: PartyScore
  readonly look: Look
}

function drawRows(rows: readonly AgentRow[], { now, slot, score, look }: RowMoment): void {
  for (const row of rows) row.draw(now, slot, score, look)
}
