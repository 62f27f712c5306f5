// One agent's lane: its notes on the beat grid, running leftwards through a fixed line that is now.
// Three bands that never meet: the voice (height = pitch, colour and shape = role), its words, its deck (faint as its fader). Of two agents
// the first has its voice at the foot and the second at the head, so that the voices face each other.
import type { Note, Role, TokenLine } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { AgentSlot, SlotScore } from '../run/slots.ts'
import type { Stretch } from '../sound/loops.ts'
import type { Inks, Picture } from './canvas.ts'
import { displayText } from './elements.ts'
import {
  type Bands,
  bandsOf,
  createRows,
  type Facing,
  type Layers,
  placeOfPitch,
  type Rows,
  timesOf,
} from './lane-bands.ts'

export interface LaneMoment {
  readonly now: Seconds
  readonly bpm: number
  readonly slots: readonly SlotScore[]
  /** Place of the agent in the session. */
  readonly agent: number
  /** Middle of its voice, MIDI. */
  readonly registerMidi: number
  /** Turn pages instead of running. */
  readonly still: boolean
  /** What is repeated. */
  readonly loop: Stretch | null
  readonly facing: Facing
  readonly layers: Layers
}

interface Frame extends LaneMoment {
  readonly picture: Picture
  readonly inks: Inks
  readonly from: Seconds
  readonly until: Seconds
  readonly bands: Bands
  x(seconds: Seconds): number
}

/** Draws the lane as it is at a moment. */
export function drawLane(picture: Picture, inks: Inks, moment: LaneMoment): void {
  const { context, width, height } = picture
  if (!picture.seen) return
  const { from, until, x } = timesOf(width, moment)
  const frame: Frame = {
    ...moment,
    picture,
    inks,
    from,
    until,
    x,
    bands: bandsOf(height, moment.facing, moment.layers),
  }
  context.clearRect(0, 0, width, height)
  drawGrid(frame)
  drawLoop(frame)
  const rows = createRows(context)
  for (const slot of slotsBetween(moment.slots, from - ringSeconds, until)) {
    const part = slot.agents[moment.agent]
    if (part === undefined) continue
    drawDeckNotes(frame, part, slot)
    drawVoiceNotes(frame, part, rows)
  }
  context.globalAlpha = 1
  context.fillStyle = inks.ink
  drawUpright(frame, x(moment.now), 1)
}

/** A note may sound on so long into the next slot. */
const ringSeconds = 4

function slotsBetween(slots: readonly SlotScore[], from: Seconds, until: Seconds): readonly SlotScore[] {
  const length = slots[0]?.seconds ?? 1
  return slots.slice(Math.max(0, Math.floor(from / length)), Math.max(0, Math.ceil(until / length)))
}

/** Lines stop where words are: nothing crosses a word. */
function drawGrid(frame: Frame): void {
  const { picture, inks, from, until, bpm, x } = frame
  const beat = 60 / bpm
  picture.context.fillStyle = inks.line
  for (let k = Math.max(0, Math.ceil(from / beat)); k * beat < until; k++) {
    picture.context.globalAlpha = k % 32 === 0 ? 1 : k % 4 === 0 ? 0.8 : 0.3
    drawUpright(frame, x(k * beat), k % 32 === 0 ? 2 : 1)
  }
}

function drawUpright({ picture, bands }: Frame, x: number, width: number): void {
  for (const { top, bottom } of [bands.voice, bands.deck])
    picture.context.fillRect(Math.round(x), top, width, bottom - top)
}

/** A loop is tinted; its ends are lines. */
function drawLoop(frame: Frame): void {
  const { picture, inks, loop, x } = frame
  if (loop === null) return
  const { context, width, height } = picture
  const [from, to] = [x(loop.from), x(loop.to)]
  context.fillStyle = inks.speech
  context.globalAlpha = 0.1
  context.fillRect(Math.max(0, from), 0, Math.min(width, to) - Math.max(0, from), height)
  context.globalAlpha = 1
  for (const edge of [from, to]) drawUpright(frame, edge - 1, 2)
}

function drawVoiceNotes(frame: Frame, part: AgentSlot, rows: Rows): void {
  const { from, until, now, inks, picture, bands, registerMidi, x } = frame
  const { context } = picture
  const texts = new Map<number, TokenLine>(part.tokens.map((token) => [token.n, token]))
  const said = new Set<number>()
  for (const note of part.voiceNotes) {
    if (note.onsetSeconds >= until || note.onsetSeconds + note.durationSeconds <= from) continue
    drawMark(frame, note, placeOfPitch(note.midi, registerMidi, bands), isSounding(note, now))
    if (note.token === undefined || said.has(note.token)) continue
    said.add(note.token) // a word once, at its first note
    const sounding = isSounding(note, now)
    context.fillStyle = sounding ? inks[note.role ?? 'speech'] : inks.quiet
    context.globalAlpha = sounding || note.onsetSeconds > now ? 1 : 0.7
    const text = displayText(texts.get(note.token)?.text ?? '', 24).trim()
    rows.write(text, { x: x(note.onsetSeconds), bands, weight: sounding ? 700 : 400 })
  }
}

const isSounding = (note: Note, now: Seconds) =>
  note.onsetSeconds <= now && now < note.onsetSeconds + note.durationSeconds

function drawMark({ picture, inks, x }: Frame, note: Note, y: number, sounding: boolean): void {
  const { context } = picture
  const role: Role = note.role ?? 'speech'
  const left = x(note.onsetSeconds)
  const width = Math.max(6, x(note.onsetSeconds + note.durationSeconds) - left - 1)
  const half = (sounding ? 4.5 : 3) + 1.5 * note.velocity
  context.globalAlpha = sounding ? 1 : 0.8
  context.fillStyle = inks[role]
  context.strokeStyle = inks[role]
  context.lineWidth = 1.5
  context.beginPath()
  tracePath(context, role, { left, width, y, half })
  if (role === 'quoted') context.stroke()
  else context.fill()
}

interface Mark {
  readonly left: number
  readonly width: number
  readonly y: number
  readonly half: number
}

/** A shape per role, so that colour is never needed to tell them apart. */
export function tracePath(context: CanvasRenderingContext2D | Path2D, role: Role, mark: Mark): void {
  const { left, width, y, half } = mark
  switch (role) {
    case 'speech':
    case 'quoted':
      context.roundRect(left, y - half, width, 2 * half, half)
      return
    case 'action':
      context.moveTo(left, y)
      context.lineTo(left + Math.min(width / 2, half + 1), y - half - 2)
      context.lineTo(left + width, y)
      context.lineTo(left + Math.min(width / 2, half + 1), y + half + 2)
      context.closePath()
      return
    case 'number':
      context.rect(left, y - half - 2, half * 1.4, 2 * half + 4)
      context.rect(left, y - 1, width, 2)
  }
}

function drawDeckNotes(frame: Frame, part: AgentSlot, slot: SlotScore): void {
  const { picture, inks, from, until, now, x } = frame
  const { context } = picture
  const { top, bottom } = frame.bands.deck
  const room = bottom - top - 16
  context.fillStyle = inks.warm
  for (const note of part.deckNotes) {
    const end = note.onsetSeconds + note.durationSeconds
    if (note.onsetSeconds > until || end < from) continue
    const sounding = isSounding(note, now)
    const share = faderAt(part, note.onsetSeconds - slot.startSeconds, frame.bpm)
    context.globalAlpha = (sounding ? 0.95 : 0.6) * (0.15 + 0.85 * share)
    const left = x(note.onsetSeconds)
    if (note.timbre === 'percussion') {
      const row = note.midi <= 36 ? 2 : note.midi <= 40 ? 1 : 0
      context.fillRect(left, bottom - 11 + row * 4, row === 2 ? 5 : 3, 3)
    } else {
      const y = top + room * (1 - Math.max(0, Math.min(1, (note.midi - 28) / 60)))
      context.fillRect(left, y, Math.max(2, x(end) - left - 1), 2.5)
    }
  }
}

/** Fader share so many seconds into the slot; 1 when no deck line is known. */
export function faderAt(part: AgentSlot, seconds: Seconds, bpm: number): number {
  if (part.deck === null) return 1
  const { from, to, overBeats } = part.deck.fader
  const beats = (seconds * bpm) / 60
  return overBeats <= 0 ? to : from + (to - from) * Math.max(0, Math.min(1, beats / overBeats))
}
