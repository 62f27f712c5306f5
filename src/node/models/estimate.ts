// What a party with models will ask for, before it is played: the same night played by scripted DJs, without sound, its prompts counted.
import { scriptedDj } from '../../djs/index.ts'
import { type PartyOptions, playParty } from '../../party/index.ts'
import { InputError } from '../../record/index.ts'
import { costOf, type Prices } from './budget.ts'
import { countTokens } from './seat.ts'

export interface Estimate {
  readonly requests: number
  readonly promptTokens: number
  /** The most that is asked for. */
  readonly answerTokens: number
  /** If every turn takes as long as it may. */
  readonly longestSeconds: number
}

/** Prompts counted per agent; the rest is scaled. */
const samples = 8

/** `questions`: asked of each model at the end. */
export async function estimateParty(plan: Omit<PartyOptions, 'djs' | 'listen'>, questions: number): Promise<Estimate> {
  const prompts = await rehearse(plan)
  const estimate = { requests: 0, promptTokens: 0, answerTokens: 0, longestSeconds: 0 }
  for (const { agent, dj } of plan.agents) {
    if (dj.kind !== 'server') continue
    const texts = prompts.get(agent) ?? []
    const step = Math.max(1, texts.length / samples)
    const counts: number[] = []
    for (let at = step / 2; at < texts.length; at += step) counts.push(await countTokens(texts[Math.floor(at)] ?? ''))
    const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length)
    const requests = texts.length + questions
    estimate.requests += requests
    estimate.promptTokens += Math.round(mean * requests)
    estimate.answerTokens += requests * dj.answerTokens
    estimate.longestSeconds += requests * dj.timeoutSeconds
  }
  return estimate
}

async function rehearse(plan: Omit<PartyOptions, 'djs' | 'listen'>): Promise<Map<string, string[]>> {
  const djs = plan.agents.map(({ agent, mask }) => {
    if (mask === null) throw new InputError('no-mask', `agent "${agent}": expected a mask, got none.`)
    return [agent, scriptedDj({ policy: 'listen', mask, seed: plan.seed, agent })] as const
  })
  const prompts = new Map<string, string[]>()
  for await (const line of playParty({ ...plan, djs: Object.fromEntries(djs), listen: null }))
    if (line.kind === 'percept')
      prompts.set(line.agent, [...(prompts.get(line.agent) ?? []), `${line.system}\n${line.text}`])
  return prompts
}

/** One sentence for the person who pays. */
export function describeEstimate(estimate: Estimate, prices: Prices | null): string {
  const { requests, promptTokens, answerTokens, longestSeconds } = estimate
  const cost = prices === null ? '' : `, cost at most about ${costOf(estimate, prices).toPrecision(3)} by your prices`
  return `Models: ${requests} requests, about ${group(promptTokens)} prompt tokens, at most ${group(answerTokens)} answer tokens${cost}; at most ${Math.ceil(longestSeconds / 60)} min of waiting.`
}

export const group = (count: number) => count.toLocaleString('en-US')
