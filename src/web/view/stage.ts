// The stage: the whole screen for an audience. Dark, large and slow: words as they sound, the voices as lights above and below a middle
// line, strings where they rub, the floor at the foot. Hands and words of the page come back when the pointer moves.

import { seededRandom } from '../../random.ts'
import type { Role } from '../../record/index.ts'
import { midiOfHertz, type Seconds } from '../../units.ts'
import type { Readings } from '../run/readings.ts'
import { type PartyScore, type SlotScore, slotAt } from '../run/slots.ts'
import { createPicture, type Inks, type Picture, readInks, wantsStillness } from './canvas.ts'
import { displayText } from './elements.ts'

export interface StageView {
  draw(now: Seconds, score: PartyScore, company: Company): void
  dispose(): void
}

export interface Company {
  /** Nobody but the run's own agents sounds. */
  readonly isOwn: boolean
  /** Who sits instead of each agent, in words; null: the agent itself. */
  readonly strangers: readonly (string | null)[]
}

/** Seconds of the past that still glow. */
const glowSeconds = 7
const voiceSpan = 11
/** Most words of a line on the stage. */
const mostWords = 9

export function createStage(canvas: HTMLCanvasElement, readings: Readings): StageView {
  const picture = createPicture(canvas, () => {})
  const stars = scatter()
  return {
    draw(now, score, { isOwn, strangers }) {
      const drawn = picture()
      const { context, width, height } = drawn
      if (width === 0) return
      const inks = readInks()
      const slot = slotAt(score, now)
      context.clearRect(0, 0, width, height)
      drawFloor(drawn, inks, stars, { now, slot, bpm: score.session.bpm })
      const voices = Math.min(2, score.session.agents.length)
      for (let seat = 0; seat < voices; seat++) {
        const side = seat === 0 ? -1 : 1
        drawVoice(drawn, inks, { score, seat, side: voices === 1 ? 0 : side, now })
        drawWords(drawn, inks, { score, seat, side: voices === 1 ? 0 : side, now })
        writeName(drawn, inks, { score, seat, side: voices === 1 ? 0 : side, stranger: strangers[seat] ?? null })
      }
      if (isOwn && voices === 2) drawStrings(drawn, inks, { score, now, readings })
      context.globalAlpha = 1
    },
    dispose: picture.dispose,
  }
}

interface Voice {
  readonly score: PartyScore
  readonly seat: number
  /** -1: above the middle, 1: below, 0: on it. */
  readonly side: -1 | 0 | 1
  readonly now: Seconds
}

/** Lights that appear at the middle of the screen when they sound and drift to both sides. */
function drawVoice({ context, width, height }: Picture, inks: Inks, { score, seat, side, now }: Voice): void {
  const still = wantsStillness()
  for (const slot of slotsNear(score, now)) {
    for (const note of slot.agents[seat]?.voiceNotes ?? []) {
      const age = now - note.onsetSeconds
      if (age < 0 || age > glowSeconds) continue
      const left = 1 - age / glowSeconds
      const sounds = age < note.durationSeconds
      const x = width / 2 + (still ? 0 : driftOf(note.midi)) * age * width * 0.018
      const y = placeOf(note.midi, registerOf(score, seat), side, height)
      const radius = Math.max(3, height * 0.019 * (0.5 + note.velocity)) * (sounds ? 1.25 : 0.5 + 0.5 * left)
      context.globalAlpha = sounds ? 1 : 0.55 * left * left
      context.fillStyle = inks[roleOf(note.role)]
      context.beginPath()
      context.ellipse(x, y, radius * (sounds ? 2.4 : 1 + 2 * (1 - left)), radius, 0, 0, 2 * Math.PI)
      context.fill()
    }
  }
}

const roleOf = (role: Role | undefined): Role => role ?? 'speech'
/** Low notes to the left, high ones to the right, as on a keyboard. */
const driftOf = (midi: number) => ((midi % 12) - 5.5) / 2

function registerOf(score: PartyScore, seat: number): number {
  return score.session.agents[seat]?.mask?.voice.registerMidi ?? 60
}

function placeOf(midi: number, register: number, side: -1 | 0 | 1, height: number): number {
  const share = Math.max(-1, Math.min(1, (midi - register) / voiceSpan))
  return height * (0.46 + side * 0.1 - share * 0.06)
}

/** The last words of each agent, large; the one that sounds is lit, older ones fade. */
function drawWords({ context, width, height }: Picture, inks: Inks, { score, seat, side, now }: Voice): void {
  const size = Math.round(Math.max(20, Math.min(width / 26, height / 15)))
  context.font = `${size}px ${serif()}`
  const words = spokenWords(score, seat, now)
  const gap = context.measureText(' ').width
  const fit = words.slice(-mostWords)
  const lengths = fit.map(({ text }) => context.measureText(text).width)
  const total = () => lengths.reduce((sum, length) => sum + length + gap, -gap)
  while (fit.length > 1 && total() > width * 0.84) {
    fit.shift()
    lengths.shift()
  }
  let x = (width - Math.max(0, total())) / 2
  const y = height * (0.46 + side * 0.27) + size * 0.35
  fit.forEach(({ text, role, start, end }, k) => {
    const sounds = now < end
    context.globalAlpha = sounds ? 1 : Math.max(0.16, 0.8 - (now - start) * 0.1)
    context.fillStyle = sounds ? inks[role] : inks.ink
    context.fillText(text, x, y)
    x += (lengths[k] as number) + gap
  })
}

interface Name extends Omit<Voice, 'now'> {
  readonly stranger: string | null
}

/** Who it is, small, beside the lights. */
function writeName({ context, width, height }: Picture, inks: Inks, { score, seat, side, stranger }: Name): void {
  const size = Math.round(Math.max(13, height / 50))
  context.font = `italic ${size}px ${serif()}`
  context.globalAlpha = stranger === null ? 0.6 : 1
  context.fillStyle = stranger === null ? inks.quiet : inks.quoted
  const name = stranger ?? displayText(score.session.agents[seat]?.title ?? '', 40)
  const x = (width - context.measureText(name).width) / 2
  context.fillText(name, x, height * (0.46 + side * 0.36) + size * 0.35)
}

const serif = () => getComputedStyle(document.documentElement).getPropertyValue('--serif')

interface Spoken {
  readonly text: string
  readonly role: Role
  readonly start: Seconds
  end: Seconds
}

/** Words that have begun in the last seconds, in order. */
function spokenWords(score: PartyScore, seat: number, now: Seconds): Spoken[] {
  const words = new Map<number, Spoken>()
  for (const slot of slotsNear(score, now)) {
    const part = slot.agents[seat]
    if (part === undefined) continue
    const texts = new Map(part.tokens.map(({ n, text }) => [n, text]))
    for (const { token, onsetSeconds, durationSeconds, role } of part.voiceNotes) {
      if (token === undefined || onsetSeconds > now || now - onsetSeconds > glowSeconds) continue
      const end = onsetSeconds + Math.max(0.12, durationSeconds)
      const known = words.get(token)
      const text = displayText(texts.get(token) ?? '', 24).trim()
      if (known !== undefined) known.end = Math.max(known.end, end)
      else if (text !== '') words.set(token, { text, role: roleOf(role), start: onsetSeconds, end })
    }
  }
  return [...words.values()].sort((a, b) => a.start - b.start)
}

/** The slot that sounds and the one before, whose words may still hang there. */
function slotsNear(score: PartyScore, now: Seconds): readonly SlotScore[] {
  const index = Math.floor(now / score.slotSeconds + 1e-9)
  return score.slots.slice(Math.max(0, index - 1), index + 1)
}

interface Strings {
  readonly score: PartyScore
  readonly now: Seconds
  readonly readings: Readings
}

/** What rubs now: one string between the two, bowed at a pace that the eye can follow. */
function drawStrings({ context, width, height }: Picture, inks: Inks, { score, now, readings }: Strings): void {
  const pair = readings.rubbingAt(now)
  if (pair === null) return
  const ends = [pair.aHz, pair.bHz].map((hertz, seat) =>
    placeOf(midiOfHertz(hertz), registerOf(score, seat), seat === 0 ? -1 : 1, height),
  ) as [number, number]
  const swing = wantsStillness() ? 0 : width * 0.02 * Math.sin(2 * Math.PI * 1.2 * now)
  const third = (ends[1] - ends[0]) / 3
  context.globalAlpha = 0.4 + 0.5 * pair.share
  context.strokeStyle = inks.action
  context.lineWidth = 2
  context.beginPath()
  context.moveTo(width / 2, ends[0])
  context.bezierCurveTo(width / 2 + swing, ends[0] + third, width / 2 - swing, ends[1] - third, width / 2, ends[1])
  context.stroke()
}

interface Star {
  readonly x: number
  readonly y: number
  readonly reluctance: number
  readonly phase: number
}

function scatter(): Star[] {
  const random = seededRandom('stage')
  return Array.from({ length: 140 }, (_, k) => ({
    x: (k + random()) / 140,
    y: random(),
    reluctance: random(),
    phase: random() * 0.2,
  }))
}

interface FloorMoment {
  readonly now: Seconds
  readonly slot: SlotScore | undefined
  readonly bpm: number
}

/** The floor as small lights at the foot: who dances is bright and moves with the beat. */
function drawFloor({ context, width, height }: Picture, inks: Inks, stars: readonly Star[], moment: FloorMoment): void {
  const world = moment.slot?.world
  if (world === null || world === undefined) return
  const still = wantsStillness()
  const beat = (moment.now * moment.bpm) / 60
  context.fillStyle = inks.number
  for (const { x, y, reluctance, phase } of stars) {
    const dances = world.crowd.energy > reluctance
    const lift = dances && !still ? height * 0.012 * (1 - 2 * Math.abs(((beat + phase) % 1) - 0.5)) : 0
    context.globalAlpha = dances ? 0.75 : 0.16
    context.beginPath()
    context.arc(
      x * width,
      height * (0.9 + 0.07 * y) - lift,
      Math.max(1.5, height * (dances ? 0.0042 : 0.0028)),
      0,
      2 * Math.PI,
    )
    context.fill()
  }
}
