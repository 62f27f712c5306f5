// Everything one sees of a run, put into index.html's places and redrawn as time goes.
import type { Library, SessionLine } from '../../record/index.ts'
import { type Beats, beatsOfSeconds, pitchNameOf, type Seconds } from '../../units.ts'
import type { Readings } from '../run/readings.ts'
import { type PartyScore, type SlotScore, slotAt } from '../run/slots.ts'
import { type AgentRow, createAgentRow } from './agent.ts'
import { createPicture, type Inks, readInks, wantsStillness } from './canvas.ts'
import { type Curve, type CurveLine, createCurve } from './curves.ts'
import { displayText, find, setText } from './elements.ts'
import { describeFloor, drawFloor, gatherCrowd } from './floor.ts'
import { type CurveName, describeChance, describeMoment, describeValue } from './moment.ts'
import type { StripControl } from './strips.ts'

export interface RoomView {
  /** Once a frame: everything at this moment of the run. */
  draw(now: Seconds): void
  /** After the theme changed. */
  repaint(): void
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
  readonly onSeek: (slot: number) => void
  readonly onStrips: () => void
  /** A few times a second while drawing. */
  readonly onMoment: (now: Seconds, total: Seconds) => void
}

const curveTitles: Readonly<Record<CurveName, string>> = {
  consonance: 'Consonance together',
  interlock: 'Interlock of the voices',
  vitality: 'Vitality',
}
const curveNames = Object.keys(curveTitles) as CurveName[]

export function createRoomView(settings: RoomViewSettings): RoomView {
  const { score, library, readings, controls } = settings
  const agentsRoot = find('agents', HTMLElement)
  const rows = score.session.agents.map((_, index) =>
    createAgentRow(agentsRoot, { session: score.session, index, library, controls, onChange: settings.onStrips }),
  )
  const floor = createFloorView(score.session)
  const moment = find('moment', HTMLElement)
  const totalSeconds = () => Math.max(1, score.plannedSlots) * score.slotSeconds
  const slotOfShare = (share: number) =>
    Math.min(score.slots.length - 1, Math.floor((share * totalSeconds()) / score.slotSeconds))
  const describe = (slot: SlotScore) => {
    const middle = slot.startSeconds + slot.seconds / 2
    return describeMoment({ score, slot, library, readings: readings.at(middle), rubbing: readings.rubbingAt(middle) })
  }
  const read = (index: number) => {
    const slot = score.slots[index]
    if (slot !== undefined) setText(moment, describe(slot))
  }
  const curves = createCurves({
    voices: score.session.agents.map((agent) => displayText(agent.title, 20)),
    onSeek: (share) => settings.onSeek(Math.max(0, slotOfShare(share))),
    onPoint: (share) => share !== null && read(Math.max(0, slotOfShare(share))),
  })
  let inks = readInks()
  let shown: SlotScore | undefined
  let drawnCurves = -1

  const draw = (now: Seconds) => {
    const slot = slotAt(score, now)
    const look = { inks, still: wantsStillness() }
    if (slot !== shown) {
      shown = slot
      for (const row of rows) row.showSlot(slot)
      floor.show(slot)
    }
    drawRows(rows, { now, slot, score, look })
    floor.draw(now, slot, score, look)
    // The curves change slowly; four times a second is enough.
    const quarter = Math.floor(performance.now() / 250)
    if (quarter === drawnCurves) return
    drawnCurves = quarter
    drawCurves(curves, readings, now, totalSeconds())
    settings.onMoment(now, totalSeconds())
  }
  return {
    draw,
    read,
    repaint() {
      inks = readInks()
      for (const curve of Object.values(curves)) curve.redraw()
    },
    refreshStrips() {
      for (const row of rows) for (const strip of row.strips) strip.refresh()
    },
    dispose() {
      for (const row of rows) row.dispose()
      for (const article of agentsRoot.querySelectorAll('article')) article.remove()
      find('curves', HTMLElement).replaceChildren()
      setText(moment, '')
    },
  }
}

interface RowMoment {
  readonly now: Seconds
  readonly slot: SlotScore | undefined
  readonly score: PartyScore
  readonly look: { inks: Inks; still: boolean }
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
  readonly onPoint: (share: number | null) => void
}

function createCurves({ voices, onSeek, onPoint }: CurvesSettings): Record<CurveName, Curve> {
  const root = find('curves', HTMLElement)
  const curve = (name: CurveName, legend: readonly string[]) =>
    createCurve(root, { name: curveTitles[name], legend, onSeek, onPoint })
  return { consonance: curve('consonance', []), interlock: curve('interlock', []), vitality: curve('vitality', voices) }
}

function drawCurves(curves: Record<CurveName, Curve>, readings: Readings, now: Seconds, total: Seconds): void {
  const values = readings.at(now)
  const rubbing = readings.rubbingAt(now)
  for (const name of curveNames) {
    const lines: readonly CurveLine[] = readings.lines(name)
    const words = describeValue(name, values[name])
    const rub =
      name === 'consonance' && rubbing !== null ? `, ${pitchNameOf(rubbing.aHz)} on ${pitchNameOf(rubbing.bHz)}` : ''
    curves[name].show(lines, now, total, `${words}${rub}${describeChance(lines, values[name], now)}`)
  }
}

interface FloorView {
  show(slot: SlotScore | undefined): void
  draw(now: Seconds, slot: SlotScore | undefined, score: PartyScore, look: { inks: Inks; still: boolean }): void
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
