// Everything one sees of a run, put into index.html's places and redrawn as time goes.
import type { Library, SessionLine } from '../../record/index.ts'
import { type Beats, beatsOfSeconds, pitchNameOf, type Seconds } from '../../units.ts'
import { castScore } from '../run/cast.ts'
import type { OtherRun } from '../run/other-run.ts'
import type { Readings } from '../run/readings.ts'
import { type PartyScore, type SlotScore, slotAt } from '../run/slots.ts'
import type { Stretch } from '../sound/loops.ts'
import type { Casting } from '../sound/mixer.ts'
import { type AgentRow, createAgentRow, type Look, layersOf } from './agent.ts'
import { createPicture, readInks, wantsStillness } from './canvas.ts'
import { type Curve, type CurveLine, createCurve } from './curves.ts'
import { displayText, find, setText } from './elements.ts'
import { describeFloor, drawFloor, gatherCrowd } from './floor.ts'
import type { Facing } from './lane-bands.ts'
import { type CurveName, describeChance, describeMoment, describeValue } from './moment.ts'
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

const curveTitles: Readonly<Record<CurveName, string>> = {
  consonance: 'Consonance',
  interlock: 'Interlock',
  vitality: 'Vitality',
}
const curveNames = Object.keys(curveTitles) as CurveName[]

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
  const read = (index: number) => {
    const slot = score.slots[index]
    if (slot !== undefined) setText(moment, describeSlot(settings, slot))
  }
  const curves = createCurves({
    voices: score.session.agents.map((agent) => displayText(agent.title, 20)),
    onSeek: (share) => settings.onSeek(share * totalSeconds()),
    onStretch: (from, to) => settings.onStretch({ from: from * totalSeconds(), to: to * totalSeconds() }),
    onPoint: (share) => share !== null && read(Math.max(0, slotOfShare(share))),
  })
  let inks = readInks()
  let shown: SlotScore | undefined
  let drawnCurves = -1
  let sounding = score
  let strangers: readonly (string | null)[] = []

  const draw = (now: Seconds) => {
    const slot = slotAt(sounding, now)
    const look = { inks, still: wantsStillness(), loop: settings.loop() }
    if (slot !== shown) {
      shown = slot
      for (const row of rows) row.showSlot(slot)
      floor.show(slot)
    }
    if (document.documentElement.dataset.stage !== undefined) {
      stage.draw(now, sounding, { isOwn: sounding === score, strangers })
    } else {
      drawRows(rows, { now, slot, score: sounding, look })
      floor.draw(now, slot, sounding, look)
      if (sounding === score) strands?.draw(now, look)
      else strands?.clear()
    }
    // The curves change slowly; four times a second is enough.
    const quarter = Math.floor(performance.now() / 250)
    if (quarter === drawnCurves) return
    drawnCurves = quarter
    drawCurves(curves, readings, { now, total: totalSeconds(), loop: look.loop })
    settings.onMoment(now, totalSeconds())
  }
  return {
    draw,
    read,
    repaint() {
      inks = readInks()
      for (const curve of Object.values(curves)) curve.redraw()
    },
    showCast(casting, other) {
      sounding = casting === 'own' || other === null ? score : castScore(score, other.score, casting)
      shown = undefined
      strangers = rows.map((_, seat) => describeStranger(casting, other, seat))
      rows.forEach((row, seat) => {
        row.showStranger(strangers[seat] ?? null)
      })
      markCasting(casting)
    },
    refreshStrips() {
      for (const row of rows) for (const strip of row.strips) strip.refresh()
    },
    dispose() {
      for (const row of rows) row.dispose()
      strands?.dispose()
      emptyRoom()
    },
  }
}

function describeSlot({ score, library, readings }: RoomViewSettings, slot: SlotScore): string {
  const middle = slot.startSeconds + slot.seconds / 2
  return describeMoment({ score, slot, library, readings: readings.at(middle), rubbing: readings.rubbingAt(middle) })
}

function emptyRoom(): void {
  for (const article of find('agents', HTMLElement).querySelectorAll('article')) article.remove()
  find('curves', HTMLElement).replaceChildren()
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

/** Who sits at a seat instead of the run's own agent, in words; null: nobody. */
function describeStranger(casting: Casting, other: OtherRun | null, seat: number): string | null {
  const isSwapped = casting === 'other' || (casting !== 'own' && casting.seat === seat)
  if (!isSwapped || other === null) return null
  const title = other.score.session.agents[seat]?.title
  if (title === undefined) return `nobody: ${other.name} has no such seat`
  return `${displayText(title, 40)}, ${casting === 'other' ? '' : 'a stranger from '}${other.name}`
}

interface RowMoment {
  readonly now: Seconds
  readonly slot: SlotScore | undefined
  readonly score: PartyScore
  readonly look: Look
}

function drawRows(rows: readonly AgentRow[], { now, slot, score, look }: RowMoment): void {
  for (const row of rows) {
    row.draw(now, slot, score, look)
    for (const strip of row.strips) strip.meter()
  }
}

interface CurvesSettings {
  readonly voices: readonly string[]
  readonly onSeek: (share: number) => void
  readonly onStretch: (from: number, to: number) => void
  readonly onPoint: (share: number | null) => void
}

function createCurves({ voices, onSeek, onStretch, onPoint }: CurvesSettings): Record<CurveName, Curve> {
  const root = find('curves', HTMLElement)
  const curve = (name: CurveName, legend: readonly string[]) =>
    createCurve(root, { name: curveTitles[name], legend, onSeek, onStretch, onPoint })
  return { consonance: curve('consonance', []), interlock: curve('interlock', []), vitality: curve('vitality', voices) }
}

interface CurvesMoment {
  readonly now: Seconds
  readonly total: Seconds
  readonly loop: Stretch | null
}

function drawCurves(curves: Record<CurveName, Curve>, readings: Readings, { now, total, loop }: CurvesMoment): void {
  const values = readings.at(now)
  const rubbing = readings.rubbingAt(now)
  for (const name of curveNames) {
    const lines: readonly CurveLine[] = readings.lines(name)
    const words = describeValue(name, values[name])
    const rub =
      name === 'consonance' && rubbing !== null ? `, ${pitchNameOf(rubbing.aHz)} on ${pitchNameOf(rubbing.bHz)}` : ''
    curves[name].show(
      { lines, now, total, loop },
      `${words}${rub}${describeChance(lines, values[name], now).replace(/, no band: .*/, ', no band')}`,
    )
  }
}

interface FloorView {
  show(slot: SlotScore | undefined): void
  draw(now: Seconds, slot: SlotScore | undefined, score: PartyScore, look: Look): void
}

function createFloorView(session: SessionLine): FloorView {
  const section = find('floor', HTMLElement)
  const words = find('floor-words', HTMLElement)
  section.hidden = session.scenario === null
  const crowd = gatherCrowd(session.scenario)
  const picture = createPicture(find('floor-picture', HTMLCanvasElement), () => {})
  return {
    show(slot) {
      setText(words, describeFloor(slot?.world ?? null))
    },
    draw(now, slot, score, { inks, still }) {
      if (session.scenario === null) return
      const beats: Beats = beatsOfSeconds(now, session.bpm)
      const before = slot === undefined ? null : (score.slots[slot.slot - 1]?.world ?? null)
      const share = slot === undefined ? 1 : (now - slot.startSeconds) / slot.seconds
      drawFloor(picture(), inks, crowd, { beats, world: slot?.world ?? null, before, share, still })
    },
  }
}
