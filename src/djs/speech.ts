// What a scripted DJ says in one slot: words in its mask's refrain, since the words become its voice on the sixteenth grid.
import type { Random } from '../random.ts'
import { randomChoice } from '../random.ts'
import { type Mask, type Move, styleNames } from '../record/index.ts'
import type { Knowledge } from './percept.ts'
import type { Temper } from './policies.ts'

/** Text for SAY; empty for a DJ that does not speak. */
export function speak(
  knowledge: Knowledge,
  moves: readonly Move[],
  temper: Temper,
  mask: Mask,
  random: Random,
): string {
  if (temper.policy === 'silent') return ''
  if (temper.policy === 'yes-spammer') return 'yes yes yes yes yes yes yes yes'
  const slot = knowledge.moments[knowledge.moments.length - 1]?.slot ?? 0
  const refrain = mask.phrases[Math.floor(slot / 4) % mask.phrases.length] ?? ''
  const lines = [refrain, refrain, randomChoice(random, mask.phrases), refrain]
  const style = styleNames[knowledge.taste.indexOf(Math.max(...knowledge.taste))] ?? styleNames[0]
  const load = moves.find((move) => move.do === 'load')
  const title = knowledge.crate.find((track) => track.id === (load?.do === 'load' ? load.track : ''))?.title ?? style
  return lines.map((line) => line.replace('{style}', style).replace('{track}', title)).join('. ')
}
