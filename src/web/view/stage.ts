// The stage: the whole screen for an audience. Dark, large and slow: each voice as lights where stage-plan.ts puts it, its words as they
// sound, strings between those that rub, the floor at the foot. Hands and words of the page come back when the pointer moves.

import { seededRandom } from '../../random.ts'
import type { Role } from '../../record/index.ts'
import { midiOfHertz, type Seconds } from '../../units.ts'
import type { Readings } from '../run/readings.ts'
import { type PartyScore, type SlotScore, slotAt } from '../run/slots.ts'
import { createPicture, type Inks, type Picture, readInks, wantsStillness } from './canvas.ts'
import { displayText } from './elements.ts'
import { fitLines, nameLeading, nameLines, planStage, type Spot } from './stage-plan.ts'

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
      const spots = planStage(score.session.agents.length, drawn)
      if (isOwn) drawStrings(drawn, inks, { score, now, readings, spots })
      spots.forEach((spot, seat) => {
        drawVoice(drawn, inks, { score, seat, spot, now })
        drawWords(drawn, inks, { score, seat, spot, now })
        writeName(drawn, inks, { score, seat, spot, stranger: strangers[seat] ?? null })
      })
      context.globalAlpha = 1
    },
    dispose: picture.dispose,
  }
}

interface Voice {
  readonly score: PartyScore
  readonly seat: number
  readonly spot: Spot
  readonly now: Seconds
}

/** Lights that appear at the middle of the agent's place when they sound and drift to both sides. */
function drawVoice({ context }: Picture, inks: Inks, { score, seat, spot, now }: Voice): void {
  const still = wantsStillness()
  for (const slot of slotsNear(score, now)) {
    for (const note of slot.agents[seat]?.voiceNotes ?? []) {
      const age = now - note.onsetSeconds
      if (age < 0 || age > glowSeconds) continue
      const left = 1 - age / glowSeconds
      const sounds = age < note.durationSeconds
      const x = spot.x + (still ? 0 : driftOf(note.midi)) * age * spot.width * 0.02
      const y = placeOf(note.midi, registerOf(score, seat), spot)
      const radius = Math.max(2, spot.lightSize * (0.5 + note.velocity)) * (sounds ? 1.25 : 0.5 + 0.5 * left)
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

function placeOf(midi: number, register: number, { lights, reach }: Spot): number {
  return lights - Math.max(-1, Math.min(1, (midi - register) / voiceSpan)) * reach
}

/** The last words of an agent, large; the one that sounds is lit, older ones fade. Who does not speak has none. */
function drawWords({ context }: Picture, inks: Inks, { score, seat, spot, now }: Voice): void {
  context.font = `${spot.wordSize}px ${serif()}`
  const gap = context.measureText(' ').width
  const fit = spokenWords(score, seat, now).slice(-mostWords)
  const lengths = fit.map(({ text }) => Math.min(spot.width, context.measureText(text).width))
  const total = () => lengths.reduce((sum, length) => sum + length + gap, -gap)
  while (fit.length > 1 && total() > spot.width) {
    fit.shift()
    lengths.shift()
  }
  let x = spot.x - Math.max(0, total()) / 2
  fit.forEach(({ text, role, start, end }, k) => {
    const sounds = now < end
    context.globalAlpha = sounds ? 1 : Math.max(0.16, 0.8 - (now - start) * 0.1)
    context.fillStyle = sounds ? inks[role] : inks.ink
    context.fillText(text, x, spot.words + spot.wordSize * 0.35, spot.width)
    x += (lengths[k] as number) + gap
  })
}

interface Name extends Omit<Voice, 'now'> {
  readonly stranger: string | null
}

/** Who it is, small, beside the words. */
function writeName({ context }: Picture, inks: Inks, { score, seat, spot, stranger }: Name): void {
  const { nameSize } = spot
  context.font = `italic ${nameSize}px ${serif()}`
  context.globalAlpha = stranger === null ? 0.85 : 1
  context.fillStyle = stranger === null ? inks.quiet : inks.quoted
  const name = stranger ?? displayText(score.session.agents[seat]?.title ?? '', 40)
  const measure = (text: string) => context.measureText(text).width
  const lines = fitLines(name, spot.width, nameLines, measure)
  const top = spot.name - ((lines.length - 1) * nameSize * nameLeading) / 2
  lines.forEach((line, k) => {
    context.fillText(line, spot.x - measure(line) / 2, top + k * nameSize * nameLeading + nameSize * 0.35)
  })
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
  readonly spots: readonly Spot[]
}

interface End {
  readonly x: number
  readonly y: number
}

/** What rubs now: of two the partials themselves, of more those who rub most, from the one's place to the other's. */
function drawStrings(picture: Picture, inks: Inks, { score, now, readings, spots }: Strings): void {
  const [first, second] = spots
  if (first === undefined || second === undefined) return
  if (spots.length === 2) {
    const pair = readings.rubbingAt(now)
    if (pair === null) return
    const end = (hertz: number, spot: Spot, seat: number): End => {
      return { x: spot.x, y: placeOf(midiOfHertz(hertz), registerOf(score, seat), spot) }
    }
    const ends = { from: end(pair.aHz, first, 0), to: end(pair.bHz, second, 1) }
    drawString(picture, inks, { ...ends, share: pair.share, now })
    return
  }
  for (const { a, b, smoothness } of readings.rubbingSeatsAt(now)) {
    const [from, to] = [spots[a], spots[b]]
    if (from === undefined || to === undefined) continue
    const ends = { from: { x: from.x, y: from.lights }, to: { x: to.x, y: to.lights } }
    drawString(picture, inks, { ...ends, share: 1 - smoothness, now })
  }
}

interface Bowed {
  readonly from: End
  readonly to: End
  /** How much of it there is, 0..1. */
  readonly share: number
  readonly now: Seconds
}

/** Bowed at a pace that the eye can follow, across its own direction. */
function drawString({ context, width }: Picture, inks: Inks, { from, to, share, now }: Bowed): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.max(1, Math.hypot(dx, dy))
  const swing = wantsStillness() ? 0 : width * 0.02 * Math.sin(2 * Math.PI * 1.2 * now)
  const at = (way: number, side: number) =>
    [from.x + dx * way + (side * swing * dy) / length, from.y + dy * way - (side * swing * dx) / length] as const
  context.globalAlpha = 0.4 + 0.5 * share
  context.strokeStyle = inks.action
  context.lineWidth = 2
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.bezierCurveTo(...at(1 / 3, 1), ...at(2 / 3, -1), to.x, to.y)
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
