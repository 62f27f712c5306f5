// How many bits each symbol costs a listener who predicts it before learning it (prequential code length, Dawid 1984).
// In: whole numbers 0 .. kinds - 1. Out: bits per symbol, with the past (contexts and refrains) and without it (habits).
// Experts are weighted by their own success with fixed share (Herbster & Warmuth 1998), so that the listener may change its mind.
import { contextExperts, createContextExperts, type SymbolExperts } from './contexts.ts'
import { createHabitExperts, habitExperts } from './habits.ts'
import { createRefrainExperts, refrainExperts } from './refrains.ts'

/** Share of trust dealt out anew after each symbol. */
const fixedShare = 0.02

export interface CodeLength {
  /** Mean bits per symbol after the first quarter, predicted from all that came before. */
  readonly bits: number
  /** The same from single-symbol habits alone. */
  readonly habitBits: number
}

/** One pass over the symbols, forwards. */
export function measureCodeLength(symbols: ArrayLike<number>, kinds: number): CodeLength {
  const length = symbols.length
  const contexts = createContextExperts(kinds, length)
  const informed = createMixture(informedPanels(contexts, kinds, length))
  const habitual = createMixture([{ experts: createHabitExperts(kinds), count: habitExperts, trust: 1 }])
  const from = Math.floor(length / 4)
  let bits = 0
  let habitBits = 0
  for (let i = 0; i < length; i++) {
    const symbol = symbols[i] as number
    const chance = informed(symbol)
    const habitChance = habitual(symbol)
    if (i < from) continue
    bits -= Math.log2(chance)
    habitBits -= Math.log2(habitChance)
  }
  contexts.release?.()
  return { bits: bits / (length - from), habitBits: habitBits / (length - from) }
}

/** Takes symbols one by one; returns the chance it gave to each, from all that came before (contexts and refrains). */
export function createInformedListener(kinds: number, length: number): (symbol: number) => number {
  return createMixture(informedPanels(createContextExperts(kinds, length), kinds, length))
}

const informedPanels = (contexts: SymbolExperts, kinds: number, length: number): Panel[] => [
  { experts: contexts, count: contextExperts, trust: 0.5 },
  { experts: createRefrainExperts(kinds, length), count: refrainExperts, trust: 0.5 },
]

/** Experts that share in the trust of a listener. */
export interface Panel {
  readonly experts: SymbolExperts
  readonly count: number
  /** Trust that the panel shares out among its experts at the start. */
  readonly trust: number
}

/** A listener who trusts the experts of all panels. */
export function createMixture(panels: readonly Panel[]): (symbol: number) => number {
  const trust = createTrust(panels)
  const chances = new Float64Array(panels.reduce((sum, panel) => sum + panel.count, 0))
  return (symbol) => {
    let at = 0
    for (const panel of panels) {
      panel.experts.take(symbol, chances, at)
      at += panel.count
    }
    return trust(chances)
  }
}

/**
 * chance = sum w_i p_i; then w_i <- (1 - share) w_i p_i / chance + share * prior_i. Takes what the experts gave to the symbol that came, in
 * the order of the panels (more may follow), and returns the chance.
 */
export function createTrust(panels: readonly Pick<Panel, 'count' | 'trust'>[]): (chances: Float64Array) => number {
  const prior = Float64Array.from(panels.flatMap((panel) => Array(panel.count).fill(panel.trust / panel.count)))
  const weights = prior.slice()
  const dealt = prior.map((trust) => fixedShare * trust)
  return (chances) => {
    let chance = 0
    for (let i = 0; i < weights.length; i++) chance += (weights[i] as number) * (chances[i] as number)
    const kept = (1 - fixedShare) / chance
    for (let i = 0; i < weights.length; i++)
      weights[i] = (weights[i] as number) * (chances[i] as number) * kept + (dealt[i] as number)
    return chance
  }
}
