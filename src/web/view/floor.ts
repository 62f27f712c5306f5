// The floor as a calm picture: one dot a handful of people. Dancers are full and move with the beat, the others stand as rings.

import { seededRandom } from '../../random.ts'
import type { Scenario, WorldLine } from '../../record/index.ts'
import type { Beats } from '../../units.ts'
import type { Inks, Picture } from './canvas.ts'

interface Person {
  readonly group: number
  /** Place in the picture, 0..1. */
  readonly x: number
  readonly y: number
  /** It dances when its group's dancing share is above this. */
  readonly reluctance: number
  readonly phase: number
}

export interface Crowd {
  readonly groups: readonly string[]
  readonly people: readonly Person[]
}

const headCount = 90

/** People in groups, the groups side by side, their number by the scenario's weights. */
export function gatherCrowd(scenario: Scenario | null): Crowd {
  const groups = scenario?.crowd.groups ?? []
  const total = groups.reduce((sum, group) => sum + group.weight, 0) || 1
  const random = seededRandom('floor')
  const people: Person[] = []
  let left = 0
  groups.forEach((group, k) => {
    const width = group.weight / total
    const count = Math.max(1, Math.round(headCount * width))
    for (let i = 0; i < count; i++)
      people.push({
        group: k,
        x: left + width * (0.06 + (0.88 * (i + 0.25 + 0.5 * random())) / count),
        y: 0.2 + 0.7 * random(),
        reluctance: (i * 0.618034) % 1,
        phase: random() * 0.12,
      })
    left += width
  })
  return { groups: groups.map((group) => group.name), people }
}

export interface FloorMoment {
  readonly beats: Beats
  readonly world: WorldLine | null
  readonly before: WorldLine | null
  /** How far the slot has gone, 0..1: shares move from the slot before to this one. */
  readonly share: number
  readonly still: boolean
}

export function drawFloor({ context, width, height }: Picture, inks: Inks, crowd: Crowd, moment: FloorMoment): void {
  context.clearRect(0, 0, width, height)
  const dancing = crowd.groups.map((_, k) => dancingNow(moment, k))
  const dances = ({ group, reluctance }: Person) => (dancing[group] ?? 0) > reluctance
  const dot = (person: Person, radius: number, lift: number) => {
    const [x, y] = [person.x * width, 8 + person.y * (height - 26) - lift]
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, 2 * Math.PI)
  }
  // All who stand in one stroke, all who dance in one fill.
  context.beginPath()
  for (const person of crowd.people) if (!dances(person)) dot(person, 3, 0)
  context.globalAlpha = 0.55
  context.lineWidth = 1.2
  context.strokeStyle = inks.quiet
  context.stroke()
  context.beginPath()
  for (const person of crowd.people)
    if (dances(person)) {
      const beat = moment.beats + person.phase
      dot(person, 4, moment.still ? 0 : 7 * (1 - 2 * Math.abs((beat % 1) - 0.5)))
    }
  context.globalAlpha = 0.9
  context.fillStyle = inks.number
  context.fill()
  context.globalAlpha = 1
  context.fillStyle = inks.quiet
  context.font = '12px system-ui, sans-serif'
  crowd.groups.forEach((name, k) => {
    const first = crowd.people.find((person) => person.group === k)
    if (first !== undefined) context.fillText(name, first.x * width, height - 3)
  })
}

function dancingNow({ world, before, share }: FloorMoment, group: number): number {
  const now = world?.crowd.groups[group]?.dancing ?? 0
  const then = before?.crowd.groups[group]?.dancing ?? now
  return then + (now - then) * Math.min(1, share * 2)
}

/** The floor in one sentence; `absent` where there is none. */
export function describeFloor(world: WorldLine | null, absent = ''): string {
  if (world === null) return absent
  const energy = world.crowd.energy
  const words =
    energy < 0.08
      ? 'Hardly anyone dances'
      : energy < 0.2
        ? 'A few dance'
        : energy < 0.4
          ? 'A third of the floor dances'
          : energy < 0.6
            ? 'About half the floor dances'
            : energy < 0.8
              ? 'Most of the floor dances'
              : 'The whole floor dances'
  const tired = world.crowd.groups.filter((group) => group.tired > 0.6).map((group) => group.name)
  return tired.length === 0 ? `${words}.` : `${words}; ${tired.join(' and ')} ${tired.length > 1 ? 'are' : 'is'} tired.`
}
