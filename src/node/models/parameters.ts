// What is asked of a server beside the prompt. Servers differ, so each wish is dropped for the rest of the run once it is refused.

/** `limit`: most tokens of an answer; refused, the other interface's name for it is tried before it goes. */
export const wishNames = ['logprobs', 'stream_options', 'seed', 'temperature', 'limit', 'store'] as const
export type Wish = (typeof wishNames)[number]

export interface Wishes {
  has(wish: Wish): boolean
  /** `max_tokens` is what local servers know; OpenAI's newer models want `max_completion_tokens`. */
  limitName(): 'max_tokens' | 'max_completion_tokens'
  /** Takes note of a 400 or 422; false when there is nothing left to give up. */
  giveUp(status: number | undefined, complaint: string): boolean
}

export function createWishes(url: string): Wishes {
  const kept = new Set<Wish>(wishNames)
  const names = ['max_tokens', 'max_completion_tokens'] as ('max_tokens' | 'max_completion_tokens')[]
  if (new URL(url).hostname === 'api.openai.com') names.reverse()
  const drop = (wish: Wish) => {
    if (wish === 'limit' && names.length > 1) names.shift()
    else kept.delete(wish)
  }
  return {
    has: (wish) => kept.has(wish),
    limitName: () => names[0] ?? 'max_tokens',
    giveUp(status, complaint) {
      if ((status !== 400 && status !== 422) || kept.size === 0) return false
      const named = wishNames.filter((wish) => kept.has(wish) && speaksOf(complaint, wish))
      if (named.length > 0) for (const wish of named) drop(wish)
      else kept.clear()
      return true
    },
  }
}

function speaksOf(complaint: string, wish: Wish): boolean {
  if (wish === 'limit') return /max_(completion_|output_)?tokens/.test(complaint)
  return complaint.includes(wish)
}
