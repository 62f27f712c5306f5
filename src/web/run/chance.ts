// What chance reaches in the sound comes after the scores, when the server has heard other runs: asked for now and then, until it is there.
import { z } from 'zod'
import type { Scores } from '../../record/index.ts'

export const chanceStateSchema = z.object({ state: z.enum(['there', 'coming', 'none']) })
export type ChanceState = z.infer<typeof chanceStateSchema>['state']

export interface ChanceSettings {
  /** Rejects when the server does not answer. */
  readonly ask: () => Promise<ChanceState>
  /** It is being measured, or no longer. */
  readonly onComing: (coming: boolean) => void
  /** Scores with it are stored. */
  readonly onThere: () => void
}

export interface ChanceWatch {
  /** The scores as they are here; asks where they lack it. Call as often as the server is looked at. */
  look(scores: Scores | null): void
}

/** Whether other runs were heard for these scores; without twins nothing is missed. */
const lacks = ({ twins }: Scores) => twins !== undefined && twins.series['consonance.together'] === undefined

export function createChanceWatch({ ask, onComing, onThere }: ChanceSettings): ChanceWatch {
  let isAsking = false
  let isOver = false
  const learn = async () => {
    isAsking = true
    const state = await ask().catch(() => 'silent' as const)
    isAsking = false
    if (state === 'silent') return
    isOver = state === 'none'
    onComing(state === 'coming')
    if (state === 'there') onThere()
  }
  return {
    look(scores) {
      if (scores !== null && !isOver && !isAsking && lacks(scores)) void learn()
    },
  }
}
