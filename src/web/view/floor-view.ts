// The floor in its place on the page: whose it is, how it moves, and a sentence; where there is none, why.
import type { SessionLine } from '../../record/index.ts'
import { type Beats, beatsOfSeconds, type Seconds } from '../../units.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Look } from './agent.ts'
import { createPicture } from './canvas.ts'
import { find, setText } from './elements.ts'
import { describeFloor, drawFloor, gatherCrowd } from './floor.ts'
import { type Cast, capitalise } from './seats.ts'

export interface FloorView {
  show(slot: SlotScore | undefined, index: number, cast: Cast | null): void
  draw(now: Seconds, slot: SlotScore | undefined, score: PartyScore, look: Look): void
  dispose(): void
}

export function createFloorView(session: SessionLine): FloorView {
  const section = find('floor', HTMLElement)
  const name = find('floor-name', HTMLElement)
  const words = find('floor-words', HTMLElement)
  section.hidden = session.scenario === null
  const crowd = gatherCrowd(session.scenario)
  const picture = createPicture(find('floor-picture', HTMLCanvasElement), () => {})
  return {
    show(slot, index, cast) {
      setText(name, nameFloor(cast))
      setText(words, describeFloor(slot?.world ?? null, whyNoFloor(index, cast)))
    },
    draw(now, slot, score, { inks, still }) {
      if (session.scenario === null) return
      const beats: Beats = beatsOfSeconds(now, session.bpm)
      const before = slot === undefined ? null : (score.slots[slot.slot - 1]?.world ?? null)
      const share = slot === undefined ? 1 : (now - slot.startSeconds) / slot.seconds
      drawFloor(picture(), inks, crowd, { beats, world: slot?.world ?? null, before, share, still })
    },
    dispose() {
      picture.dispose()
      setText(name, nameFloor(null))
    },
  }
}

/** Whose floor is seen: one stranger changes nothing on it, a whole other run brings its own. */
function nameFloor(cast: Cast | null): string {
  if (cast === null) return 'The floor'
  return cast.casting === 'other' ? `The floor of ${cast.other.name}` : 'The floor of the run itself'
}

/** Why a slot has no floor to tell of; a slot of the run itself that is not there yet says nothing. */
export function whyNoFloor(slot: number, cast: Cast | null): string {
  if (cast?.casting !== 'other') return ''
  const { name, score } = cast.other
  return slot >= score.slots.length ? `${capitalise(name)} has ended.` : `${capitalise(name)} has no floor.`
}
