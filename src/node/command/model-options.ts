// The options of `hocket party` that concern models: how they are asked, what they may cost, and what is said of it before and after.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { InputError, type RecordLine, type Scenario, type ServerSpec } from '../../record/index.ts'
import { secondsOfBeats } from '../../units.ts'
import { costOf, type Prices } from '../models/budget.ts'
import { group } from '../models/estimate.ts'
import type { ModelSettings } from '../models/models.ts'
import { wholeNumber } from './failure.ts'
import type { Asking } from './seats.ts'

export interface ModelOptions {
  readonly clock?: ServerSpec['clock']
  readonly timeout?: number
  readonly answerTokens?: number
  readonly temperature?: number
  readonly maxTokens?: number
  readonly maxCost?: number
  readonly priceIn?: number
  readonly priceOut?: number
  readonly cache?: string
  readonly probe?: boolean
}

const usualTimeoutSeconds = 60
const usualAnswerTokens = 400

export function addModelOptions(command: Command): Command {
  command.addOption(
    new Option('--clock <name>', "when a model's tokens sound: by their order, or when they came").choices([
      'world',
      'wall',
    ]),
  )
  return addAskingOptions(
    command,
    'longest wait for one turn (default: 60; --clock wall: its share of the slot)',
  ).option('--no-probe', 'do not ask the models at the end what they noticed')
}

/** How a model is asked, and what it may cost. */
export function addAskingOptions(command: Command, timeout: string, answerTokens = usualAnswerTokens): Command {
  return command
    .option('--timeout <seconds>', timeout, positive)
    .option(
      '--answer-tokens <number>',
      `most tokens asked for in one turn (default: ${answerTokens})`,
      wholeNumber(1, 100_000),
    )
    .option('--temperature <number>', "0 to 2 (default: the server's own)", numberWithin(0, 2))
    .option(
      '--max-tokens <number>',
      'ask for no more once so many tokens, prompts included, could be passed',
      wholeNumber(1),
    )
    .option('--max-cost <number>', 'the same in money, by --price-in and --price-out', positive)
    .option('--price-in <number>', 'price of a million prompt tokens', numberWithin(0, 1e9))
    .option('--price-out <number>', 'price of a million answer tokens', numberWithin(0, 1e9))
    .option('--cache <folder>', 'keep answers there, and take those that were asked before')
}

function numberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`)
    return value
  }
}

function positive(text: string): number {
  const value = numberWithin(0, 1e6)(text)
  if (value === 0) throw new InvalidArgumentError('Expected a number above 0.')
  return value
}

/** Under the wall's clock a turn may take its share of the slot: all of it, or half when one waits for the other. */
export function askingOf(options: ModelOptions, scenario: Scenario, agents: number): Asking {
  const clock = options.clock ?? 'world'
  const slotSeconds = secondsOfBeats(scenario.beatsPerSlot, scenario.bpm)
  const share = scenario.order === 'sequential' ? slotSeconds / agents : slotSeconds
  const usual = clock === 'wall' ? share : usualTimeoutSeconds
  return {
    clock,
    temperature: options.temperature ?? null,
    answerTokens: options.answerTokens ?? usualAnswerTokens,
    timeoutSeconds: Math.min(options.timeout ?? usual, clock === 'wall' ? share : Number.POSITIVE_INFINITY),
  }
}

/** Throws InputError (usage) for a cap on money without prices. */
export function modelSettingsOf(options: ModelOptions): ModelSettings & { readonly prices: Prices | null } {
  const { priceIn, priceOut, maxCost, maxTokens, cache } = options
  if ((priceIn === undefined) !== (priceOut === undefined))
    throw new InputError('usage', '--price-in, --price-out: expected both or none. hocket knows no prices of its own.')
  if (maxCost !== undefined && priceIn === undefined)
    throw new InputError('usage', '--max-cost: expected --price-in and --price-out beside it. hocket knows no prices.')
  return {
    caps: { tokens: maxTokens ?? null, cost: maxCost ?? null },
    prices:
      priceIn === undefined || priceOut === undefined
        ? null
        : { promptPerMillion: priceIn, answerPerMillion: priceOut },
    cache: cache ?? null,
  }
}

/** What the models of a run have cost, from its usage lines. */
export interface UsageTotal {
  readonly turns: number
  readonly broken: number
  readonly requests: number
  readonly promptTokens: number
  readonly answerTokens: number
  /** Turns whose tokens hocket had to count itself. */
  readonly counted: number
  readonly withLogprobs: number
  readonly cost: number | null
}

export function createUsageCount(prices: Prices | null, isBreak: (code: string) => boolean) {
  let total = { turns: 0, broken: 0, requests: 0, promptTokens: 0, answerTokens: 0, counted: 0, withLogprobs: 0 }
  return {
    add(line: RecordLine) {
      if (line.kind === 'fault' && isBreak(line.code)) total = { ...total, broken: total.broken + 1 }
      const usage = line.kind === 'usage' ? line : line.kind === 'probe' ? line.usage : null
      if (line.kind === 'probe' && line.fault !== null) total = { ...total, broken: total.broken + 1 }
      if (usage === null) return
      total = {
        turns: total.turns + 1,
        broken: total.broken,
        requests: total.requests + usage.requests,
        promptTokens: total.promptTokens + (usage.promptTokens ?? 0),
        answerTokens: total.answerTokens + (usage.answerTokens ?? 0),
        counted: total.counted + (usage.counted === 'tokenizer' ? 1 : 0),
        withLogprobs: total.withLogprobs + (usage.logprobs === 'given' ? 1 : 0),
      }
    },
    /** null: no model played. */
    total: (): UsageTotal | null =>
      total.turns === 0 && total.broken === 0
        ? null
        : { ...total, cost: prices === null ? null : costOf(total, prices) },
  }
}

export function describeUsage(total: UsageTotal): string {
  const cost = total.cost === null ? '' : `, cost ${total.cost.toPrecision(3)} by your prices`
  const counted = total.counted > 0 ? ` (in ${total.counted} turns counted by hocket)` : ''
  return `Models: ${total.requests} requests, ${group(total.promptTokens)} prompt and ${group(total.answerTokens)} answer tokens${counted}${cost}; ${total.broken} broken turns; log-probabilities in ${total.withLogprobs} of ${total.turns}.`
}
