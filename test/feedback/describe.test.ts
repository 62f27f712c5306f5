// What an agent is told: about the partner and the two together only, in plain words, without a word of what is measured or wanted.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeForAgent } from '../../src/feedback/index.ts'
import * as wordings from '../../src/feedback/wordings.ts'
import { lintPrompt } from '../../src/party/index.ts'
import { agentReadings, plainReading, slotReadings } from './readings.ts'

/** No agent may learn from what it hears what is measured, or that anything is wanted of it. */
const forbidden =
  /harmon|score|reward|consonan|dissonan|co-?operat|collaborat|goal|maximi|optimi|interlock|vitality|measure|rating|metric|points?\b|better|worse|good|bad\b|should|must|try|please|well done|succe|fail|improve|agree|conflict|clash|in tune|out of tune/i

describe('leave-one-out', () => {
  test('what was measured of the own sound alone never changes anything that is told', () => {
    fc.assert(
      fc.property(slotReadings, agentReadings('a'), (reading, other) => {
        const changed = { ...reading, agents: [other, ...reading.agents.slice(1)] }
        expect(describeForAgent(changed, 'a')).toEqual(describeForAgent(reading, 'a'))
      }),
    )
  })

  test('what was measured of the partner does change it', () => {
    fc.assert(
      fc.property(slotReadings, (reading) => {
        const [a, b] = reading.agents
        if (a === undefined || b === undefined) throw new Error('two agents expected')
        const louder = { ...b, voiceEvents: 0, deckEvents: 0, loudnessLufs: null }
        const busy = { ...b, voiceEvents: 50, deckEvents: 200, loudnessLufs: -10 }
        expect(describeForAgent({ ...reading, agents: [a, louder] }, 'a').heard).not.toBe(
          describeForAgent({ ...reading, agents: [a, busy] }, 'a').heard,
        )
      }),
      { numRuns: 50 },
    )
  })
})

describe('the words', () => {
  test('a slot as one hears it', () => {
    expect(describeForAgent(plainReading, 'a').heard).toBe(
      'partner: a running line, in the middle, a figure with small changes, a full groove, smooth, up front; the two rub low, A on B flat; a shared beat, one sounding where the other rests, with a limp',
    )
  })

  test('give away nothing of what is measured or wanted, and stay short', () => {
    fc.assert(
      fc.property(slotReadings, fc.constantFrom('a', 'b'), (reading, agent) => {
        const { heard } = describeForAgent(reading, agent)
        expect(heard).not.toMatch(forbidden)
        expect(lintPrompt(heard)).toEqual([])
        expect(heard).not.toMatch(/\d|NaN|undefined|null|;\s*;|,\s*,|:\s*[;,]|^\s|\s$/)
        expect(heard.length).toBeGreaterThan(4)
        expect(heard.length).toBeLessThan(400)
      }),
      { numRuns: 300 },
    )
    const all = JSON.stringify(wordings)
    expect(all).not.toMatch(forbidden)
    expect(lintPrompt(all)).toEqual([])
  })

  test('every band of every table says something else than the others', () => {
    for (const table of Object.values(wordings)) {
      const words = table.flatMap((entry) => (typeof entry === 'string' ? [entry] : entry.words))
      expect(new Set(words).size).toBe(words.length)
      const bounds = table.flatMap((entry) => (typeof entry === 'string' ? [] : [entry.upTo]))
      expect(bounds).toEqual([...bounds].sort((x, y) => x - y))
    }
  })

  test('are many: a party does not hear the same sentence over and over', () => {
    const readings = fc.sample(slotReadings, { numRuns: 300, seed: 7 })
    expect(new Set(readings.map((reading) => describeForAgent(reading, 'a').heard)).size).toBeGreaterThan(200)
    const still = Array.from({ length: 12 }, (_, slot) => describeForAgent({ ...plainReading, slot }, 'a').heard)
    expect(new Set(still).size).toBeGreaterThanOrEqual(6) // the same sound, told differently from slot to slot
  })

  test('are the same for the same reading', () => {
    expect(describeForAgent(structuredClone(plainReading), 'b')).toEqual(describeForAgent(plainReading, 'b'))
  })

  test('rise and fall with what is heard', () => {
    const rough = describeForAgent({ ...plainReading, smoothnessBetween: 0.05 }, 'a').heard
    const smooth = describeForAgent({ ...plainReading, smoothnessBetween: 0.95 }, 'a').heard
    expect(rough).toMatch(/grind|scrape|heavy beating/)
    expect(rough).toContain('A on B flat')
    expect(smooth).toMatch(/one sound|one chord|hardly any beating/)
    expect(smooth).not.toContain('A on B flat')
  })

  test('with nobody sounding say so', () => {
    const silent = plainReading.agents.map((agent) => ({ ...agent, voiceEvents: 0, deckEvents: 0, loudnessLufs: null }))
    expect(wordings.nobody).toContain(describeForAgent({ ...plainReading, agents: silent }, 'a').heard)
    expect(wordings.nobody).toContain(describeForAgent({ ...plainReading, agents: silent.slice(0, 1) }, 'a').heard)
  })

  test('with several partners name each', () => {
    const [a, b] = plainReading.agents
    if (a === undefined || b === undefined) throw new Error('two agents expected')
    const { heard } = describeForAgent({ ...plainReading, agents: [a, b, { ...b, agent: 'c' }] }, 'a')
    expect(heard).toContain('b: ')
    expect(heard).toContain('c: ')
    expect(heard).not.toContain('partner')
  })
})

describe('the numbers', () => {
  test('are those of the partner and of the two', () => {
    const { readings, score } = describeForAgent(plainReading, 'a')
    expect(readings['smoothness.between']).toBe(0.5)
    expect(readings['interlock.space']).toBe(0.8)
    expect(readings['b.vitality']).toBe(0.7)
    expect(Object.keys(readings).some((name) => name.startsWith('a.'))).toBe(false)
    expect(score).toBe(
      'smoothness between you 0.50; interlock 0.50 (pulse 0.90, space 0.80, evenness 0.70, refrain 0.40, variety 0.60); vitality of b 0.70; each from 0 to 1',
    )
  })

  test('are said to be undefined where they are', () => {
    expect(describeForAgent({ ...plainReading, smoothnessBetween: null }, 'a').score).toContain('between you undefined')
  })

  test('an agent that was not there is refused', () => {
    expect(() => describeForAgent(plainReading, 'z')).toThrow(/expected one of the slot's agents \(a, b\), got "z"/)
  })
})
