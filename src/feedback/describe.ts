// What is told to one agent about one slot.
// In: the reading of the slot. Out: words, a text of numbers, the numbers. All of them are about the partner or the two together:
// nothing depends on what was measured of the agent's own sound alone (leave-one-out).
import type { AgentReading, RubbingPair, SlotReading } from '../measure/index.ts'
import type { AgentFeedback } from './feedback.ts'
import * as wordings from './wordings.ts'

/** `agent` must be one of the reading's agents; else RangeError. Equal readings give equal words. */
export function describeForAgent(reading: SlotReading, agent: string): AgentFeedback {
  const place = reading.agents.findIndex((other) => other.agent === agent)
  if (place < 0)
    throw new RangeError(
      `feedback: expected one of the slot's agents (${reading.agents.map((a) => a.agent).join(', ')}), got "${agent}". Pass a reading that it took part in.`,
    )
  const partners = reading.agents.filter((other) => other.agent !== agent)
  const say = createSpeaker(reading.slot + 5 * place)
  return {
    agent,
    heard: tellHeard(reading, partners, say),
    score: tellNumbers(reading, partners),
    readings: listReadings(reading, partners),
    measured: {
      consonance: reading.consonanceTogether,
      smoothness: reading.smoothnessBetween,
      interlock: reading.interlock.score,
      vitality: partners[0]?.vitality ?? null,
    },
  }
}

/** Chooses among a band's wordings, differently from slot to slot and from one thing heard to the next. */
interface Speaker {
  among(words: readonly string[]): string
  band(bands: readonly wordings.Band[], value: number | null): string | null
}

function createSpeaker(slot: number): Speaker {
  let asked = 0
  const among = (words: readonly string[]) => words[(slot + 7 * asked++) % words.length] as string
  return {
    among,
    band(bands, value) {
      if (value === null) return null
      const found = bands.find((band) => value <= band.upTo)
      return found === undefined ? null : among(found.words)
    },
  }
}

function tellHeard(reading: SlotReading, partners: readonly AgentReading[], say: Speaker): string {
  const sounding = partners.filter((partner) => partner.voiceEvents + partner.deckEvents > 0)
  if (sounding.length === 0) return say.among(wordings.nobody)
  const clauses = partners.map((partner) => {
    const name = partners.length === 1 ? 'partner' : partner.agent
    return `${name}: ${tellPartner(partner, say)}`
  })
  return [...clauses, ...tellPitch(reading, say), ...tellRhythm(reading, say)].join('; ')
}

function tellPartner(partner: AgentReading, say: Speaker): string {
  const voice = say.band(wordings.voiceDensity, partner.voiceEvents)
  const height = partner.voiceEvents > 0 ? say.band(wordings.voiceHeight, partner.voiceMidi) : null
  const figure = partner.repeating ? say.among(wordings.repeating) : say.band(wordings.habit, partner.order)
  const deck = say.band(wordings.deckDensity, partner.deckEvents)
  const level = say.band(wordings.loudness, partner.loudnessLufs)
  const tone = say.band(wordings.grain, partner.consonanceWithin)
  return listed([voice, height, partner.voiceEvents > 0 ? figure : null, deck, tone, level])
}

/** Above this smoothness there is hardly any roughness: naming where it lies would make much of nothing. */
const roughUpTo = 0.71

/** From this share of the roughness on, a pair of partials is worth naming. */
const tellingShare = 0.25

function tellPitch(reading: SlotReading, say: Speaker): string[] {
  const touch = say.band(wordings.between, reading.smoothnessBetween)
  if (touch === null) return []
  const worst = [...reading.rubbing].sort((a, b) => b.share - a.share)[0]
  if (worst === undefined || (reading.smoothnessBetween ?? 1) > roughUpTo) return [touch]
  const where = say.band(wordings.region, (worst.aHz + worst.bHz) / 2)
  return [
    listed([`${touch}${where === null ? '' : ` ${where}`}`, worst.share >= tellingShare ? tellPair(worst) : null]),
  ]
}

function tellPair(pair: RubbingPair): string {
  const [low, high] = pair.aHz <= pair.bHz ? [pair.aHz, pair.bHz] : [pair.bHz, pair.aHz]
  const below = nameOf(low)
  const above = nameOf(high)
  return below === above ? `two ${below}s a hair apart` : `${below} on ${above}`
}

const pitchNames = ['C', 'C sharp', 'D', 'E flat', 'E', 'F', 'F sharp', 'G', 'A flat', 'A', 'B flat', 'B']

function nameOf(hertz: number): string {
  return pitchNames[((Math.round(69 + 12 * Math.log2(hertz / 440)) % 12) + 12) % 12] as string
}

function tellRhythm(reading: SlotReading, say: Speaker): string[] {
  const { pulse, space, evenness } = reading.interlock
  const parts = [say.band(wordings.pulse, pulse), say.band(wordings.space, space), say.band(wordings.flow, evenness)]
  const told = listed(parts)
  if (told !== '') return [told]
  const together = say.band(wordings.collisions, reading.collisions)
  return together === null ? [] : [together]
}

function listed(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ')
}

/** For the explicit-score condition only: these words name the numbers. */
function tellNumbers(reading: SlotReading, partners: readonly AgentReading[]): string {
  const lines = [
    `smoothness between you ${shown(reading.smoothnessBetween)}`,
    `interlock ${shown(reading.interlock.score)} (pulse ${shown(reading.interlock.pulse)}, space ${shown(reading.interlock.space)}, evenness ${shown(reading.interlock.evenness)}, refrain ${shown(reading.interlock.refrain)}, variety ${shown(reading.interlock.variety)})`,
    ...partners.map((partner) => `vitality of ${partner.agent} ${shown(partner.vitality)}`),
  ]
  return `${lines.join('; ')}; each from 0 to 1`
}

function shown(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(2)
}

function listReadings(reading: SlotReading, partners: readonly AgentReading[]): Record<string, number | null> {
  const readings: Record<string, number | null> = { 'smoothness.between': reading.smoothnessBetween }
  for (const [part, value] of Object.entries(reading.interlock)) readings[`interlock.${part}`] = value
  readings['collisions'] = reading.collisions
  for (const partner of partners) {
    const { agent, repeating, ...numbers } = partner
    for (const [field, value] of Object.entries(numbers)) readings[`${agent}.${field}`] = value
    readings[`${agent}.repeating`] = repeating ? 1 : 0
  }
  return readings
}
