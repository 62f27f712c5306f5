// One agent's lane: its notes on the beat grid, running leftwards through a fixed line that is now.
// Upper part: the voice, height = pitch, colour and shape = role, with the token's text. Lower part: the deck, faint as its fader.
import type { Note, Role, TokenLine } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { AgentSlot, SlotScore } from '../run/slots.ts'
import type { Stretch } from '../sound/loops.ts'
import type { Inks, Picture } from './canvas.ts'
import { displayText } from './elements.ts'

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
}

interface Frame extends LaneMoment {
  readonly picture: Picture
  readonly inks: Inks
  readonly from: Seconds
  readonly until: Seconds
  x(seconds: Seconds): number
}

const nowShare = 0.3
const voiceSpan = 11 // semitones each way around the register that the lane's upper part shows

/** Draws the lane as it is at a moment. */
export function drawLane(picture: Picture, inks: Inks, moment: LaneMoment): void {
  const { context, width, height } = picture
  if (!picture.seen) return
  const seconds = Math.max(5, Math.min(11, width / 80))
  const from = firstSecond(moment, seconds)
  const x = (at: Seconds) => ((at - from) / seconds) * width
  const frame: Frame = { ...moment, picture, inks, from, until: from + seconds, x }
  context.clearRect(0, 0, width, height)
  drawGrid(frame)
  drawLoop(frame)
  const labels: Label[] = []
  for (const slot of moment.slots) {
    if (slot.startSeconds > frame.until || slot.startSeconds + slot.seconds + 4 < from) continue
    const part = slot.agents[moment.agent]
    if (part === undefined) continue
    drawDeckNotes(frame, part, slot)
    drawVoiceNotes(frame, part, labels)
  }
  context.globalAlpha = 1
  context.fillStyle = inks.ink
  context.fillRect(Math.round(x(moment.now)), 0, 1, height)
}

function firstSecond({ now, bpm, still }: LaneMoment, seconds: number): Seconds {
  if (!still) return now - nowShare * seconds
  const bar = 240 / bpm
  const page = Math.max(1, Math.floor(seconds / bar)) * bar
  return Math.floor(now / page) * page
}

function drawGrid({ picture, inks, from, until, bpm, x }: Frame): void {
  const { context, height } = picture
  const beat = 60 / bpm
  context.fillStyle = inks.line
  for (let k = Math.max(0, Math.ceil(from / beat)); k * beat < until; k++) {
    context.globalAlpha = k % 32 === 0 ? 1 : k % 4 === 0 ? 0.8 : 0.3
    context.fillRect(Math.round(x(k * beat)), 0, k % 32 === 0 ? 2 : 1, height)
  }
  context.globalAlpha = 0.5
  context.fillRect(0, Math.round(height * 0.66), picture.width, 1)
}

/** A loop is tinted; its ends are lines. */
function drawLoop({ picture, inks, loop, x }: Frame): void {
  if (loop === null) return
  const { context, width, height } = picture
  const [from, to] = [x(loop.from), x(loop.to)]
  context.fillStyle = inks.speech
  context.globalAlpha = 0.08
  context.fillRect(Math.max(0, from), 0, Math.min(width, to) - Math.max(0, from), height)
  context.globalAlpha = 1
  for (const edge of [from, to]) context.fillRect(Math.round(edge) - 1, 0, 2, height)
}

function drawVoiceNotes(frame: Frame, part: AgentSlot, labels: Label[]): void {
  const { from, until, now, inks, picture, x } = frame
  const texts = new Map<number, TokenLine>(part.tokens.map((token) => [token.n, token]))
  const heights = new Map<number, number>()
  const visible = part.voiceNotes.filter(
    (note) => note.onsetSeconds < until && note.onsetSeconds + note.durationSeconds > from,
  )
  for (const note of visible) {
    const y = heightOf(frame, note)
    drawMark(frame, note, y, isSounding(note, now))
    if (note.token !== undefined) heights.set(note.token, Math.min(y, heights.get(note.token) ?? y))
  }
  for (const note of visible) {
    const y = heights.get(note.token ?? -1)
    if (note.token === undefined || y === undefined) continue
    heights.delete(note.token) // a word once, at its first note, above its highest
    const sounding = isSounding(note, now)
    picture.context.fillStyle = sounding ? inks.ink : inks.quiet
    picture.context.globalAlpha = sounding || note.onsetSeconds > now ? 1 : 0.75
    const text = displayText(texts.get(note.token)?.text ?? '', 24).trim()
    drawLabel(picture, text, { x: x(note.onsetSeconds), y: y - 8 }, labels)
  }
}

const isSounding = (note: Note, now: Seconds) =>
  note.onsetSeconds <= now && now < note.onsetSeconds + note.durationSeconds

function heightOf({ registerMidi, picture }: Frame, note: Note): number {
  const share = Math.max(0, Math.min(1, (note.midi - registerMidi + voiceSpan) / (2 * voiceSpan)))
  return picture.height * (0.58 - 0.4 * share)
}

interface Label {
  readonly left: number
  readonly right: number
  readonly y: number
}

/** The word above its first note; a word without room is left out (it stands in the text below). */
function drawLabel({ context }: Picture, text: string, at: { x: number; y: number }, labels: Label[]): void {
  if (text === '') return
  context.font = '12px system-ui, sans-serif'
  const label = { left: at.x, right: at.x + context.measureText(text).width + 5, y: Math.max(11, at.y) }
  const isFree = (other: Label) => other.right < label.left || Math.abs(other.y - label.y) > 12
  if (!labels.slice(-8).every(isFree)) return
  context.fillText(text, at.x, label.y)
  labels.push(label)
}

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
  const { context, height } = picture
  const top = height * 0.69
  const room = height * 0.31 - 14
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
      context.fillRect(left, height - 11 + row * 4, row === 2 ? 5 : 3, 3)
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
