// What a party may cost, and what it has: tokens and money, counted over all its agents. No request is made that could pass a cap.
import { brokenTurn, type DjItem } from '../../djs/index.ts'
import type { Usage } from '../../record/index.ts'
import type { AbortableDj } from './wrappers.ts'

/** Of the user's own making: per million tokens, in any currency. */
export interface Prices {
  readonly promptPerMillion: number
  readonly answerPerMillion: number
}

export interface Caps {
  /** Prompt and answer together; null: none. */
  readonly tokens: number | null
  /** In the prices' currency; null: none. */
  readonly cost: number | null
}

export interface Spending {
  readonly promptTokens: number
  readonly answerTokens: number
  readonly requests: number
}

export interface Budget {
  readonly spent: Spending
  /** Whether a request of so many tokens at most still fits; if so it is held until `settle`. */
  reserve(wanted: Omit<Spending, 'requests'>): boolean
  settle(wanted: Omit<Spending, 'requests'>, usage: Usage | null): void
}

export function costOf({ promptTokens, answerTokens }: Omit<Spending, 'requests'>, prices: Prices): number {
  return (promptTokens * prices.promptPerMillion + answerTokens * prices.answerPerMillion) / 1e6
}

export function createBudget(caps: Caps, prices: Prices | null): Budget {
  let spent: Spending = { promptTokens: 0, answerTokens: 0, requests: 0 }
  let held = { promptTokens: 0, answerTokens: 0 }
  const hold = ({ promptTokens, answerTokens }: typeof held, sign: 1 | -1) => {
    held = {
      promptTokens: held.promptTokens + sign * promptTokens,
      answerTokens: held.answerTokens + sign * answerTokens,
    }
  }
  return {
    get spent() {
      return spent
    },
    reserve(wanted) {
      const total = {
        promptTokens: spent.promptTokens + held.promptTokens + wanted.promptTokens,
        answerTokens: spent.answerTokens + held.answerTokens + wanted.answerTokens,
      }
      if (caps.tokens !== null && total.promptTokens + total.answerTokens > caps.tokens) return false
      if (caps.cost !== null && prices !== null && costOf(total, prices) > caps.cost) return false
      hold(wanted, 1)
      return true
    },
    settle(wanted, usage) {
      hold(wanted, -1)
      if (usage === null) return
      spent = {
        promptTokens: spent.promptTokens + (usage.promptTokens ?? 0),
        answerTokens: spent.answerTokens + (usage.answerTokens ?? 0),
        requests: spent.requests + usage.requests,
      }
    },
  }
}

export interface BudgetSettings {
  readonly budget: Budget
  /** Most tokens of one answer. */
  readonly answerTokens: number
  countTokens(text: string): Promise<number>
}

/** Servers count a prompt differently from o200k, and add a few tokens for each message: a tenth and twenty are kept free. */
const promptMargin = 1.1
const messageTokens = 20

export function withBudget(dj: AbortableDj, { budget, answerTokens, countTokens }: BudgetSettings): AbortableDj {
  return async function* (percept, signal): AsyncGenerator<DjItem> {
    const counted = await countTokens(`${percept.system}\n${percept.text}`)
    const wanted = { promptTokens: Math.ceil(counted * promptMargin) + messageTokens, answerTokens }
    if (!budget.reserve(wanted)) throw brokenTurn('over-budget', 'no request, since it could cost more than is left')
    let usage: Usage | null = null
    try {
      for await (const item of dj(percept, signal)) {
        if ('usage' in item) usage = item.usage
        yield item
      }
    } finally {
      budget.settle(wanted, usage)
    }
  }
}
