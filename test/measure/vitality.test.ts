// Vitality against what is known: entropies by formula, streams whose order, drift and collapse we made ourselves.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureVitality, nameRefrain, symbolsOfNotes, symbolsOfText } from '../../src/measure/vitality/index.ts'
import { seededRandom, shuffled } from '../../src/random.ts'
import { vitalitySchema } from '../../src/record/scores.ts'
import frozen from '../frozen/vitality.json' with { type: 'json' }
import { evolvingLoop, fill, grammar, loopOf, noise, repetition, round } from './vitality-streams.ts'

const vitalityOf = (symbols: readonly string[]) => measureVitality(symbols).vitality ?? Number.NaN

describe('outside truth', () => {
  test.each([4, 12, 24])('blind draws from %i symbols cost the logarithm of their number (Shannon)', (kinds) => {
    const bits = measureVitality(noise(kinds, 3000, `noise ${kinds}`)).surpriseBits ?? Number.NaN
    expect(bits / Math.log2(kinds)).toBeGreaterThan(0.97)
    expect(bits / Math.log2(kinds)).toBeLessThan(1.1)
  })

  test('a two-state Markov chain costs its entropy rate and has the order that formula gives it', () => {
    const stay = 0.9
    const random = seededRandom('chain')
    let state = 0
    const symbols = fill(4000, () => {
      if (random() >= stay) state = 1 - state
      return state
    })
    const rate = -stay * Math.log2(stay) - (1 - stay) * Math.log2(1 - stay) // .469 bit; both states equally frequent: 1 bit
    const { surpriseBits, order } = measureVitality(symbols)
    expect(surpriseBits).toBeGreaterThan(rate * 0.95)
    expect(surpriseBits).toBeLessThan(rate * 1.15)
    expect(Math.abs((order ?? 0) - (1 - rate))).toBeLessThan(0.12)
  })

  test('windows without a pair in common have diverged entirely', () => {
    const segments = Array.from({ length: 8 }, (_, s) => noise(2, 100, `segment ${s}`).map((x) => `${s}:${x}`))
    expect(measureVitality(segments.flat()).evolution).toBeGreaterThan(0.9)
  })
})

describe('what lives and what does not', () => {
  test.each([
    ['one symbol for ever', fill(300, () => 3)],
    ['a loop of eight', loopOf(round, 300)],
    ['a drum of sixteen', loopOf([0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1], 1000)],
    ['noise', noise(12, 1000, 'dead')],
    ['a grammar, shuffled', shuffled(seededRandom('shuffle'), grammar(1000, 'g'))],
  ])('%s does not', (_, symbols) => {
    expect(vitalityOf(symbols)).toBeLessThan(0.1)
  })

  test.each([
    ['a grammar', grammar(1000, 'g')],
    ['a loop that changes every fourth turn', evolvingLoop(4, 600, 'e')],
    ['a loop that changes every turn', evolvingLoop(1, 1000, 'e')],
  ])('%s does', (_, symbols) => {
    expect(vitalityOf(symbols)).toBeGreaterThan(0.6)
  })

  test('the parts say why: noise has no order, a loop nothing else, a changing loop moves', () => {
    expect(measureVitality(noise(12, 1000, 'n')).order).toBeLessThan(0.1)
    expect(measureVitality(loopOf(round, 1000)).order).toBeGreaterThan(0.95)
    expect(measureVitality(loopOf(round, 1000)).evolution).toBe(0)
    expect(measureVitality(evolvingLoop(2, 2000, 'e')).evolution).toBeGreaterThan(0.1)
  })

  test.each([
    ['one symbol', [3]],
    ['four symbols', [0, 4, 7, 2]],
  ])('a stream that falls into %s is found where it falls', (_, tail) => {
    const healthy = grammar(500, 'h')
    const whole = measureVitality([...healthy, ...loopOf(tail, 500)])
    expect(whole.collapse?.repeating).toBe(true)
    expect(Math.abs((whole.collapse?.fromIndex ?? -99) - 500)).toBeLessThan(20)
    expect(whole.vitality).toBeLessThan(vitalityOf(healthy) / 2)
    expect(measureVitality(healthy).collapse).toEqual({ repeating: false, fromIndex: null })
  })

  test('a loop that rests on itself for a while, as before, has not collapsed', () => {
    expect(measureVitality(evolvingLoop(16, 1000, 'rest')).collapse?.repeating).toBe(false)
  })

  test('a loop has repeated from its start, a slip in it forgiven', () => {
    const slipped = loopOf(round, 400)
    slipped[100] = 'slip'
    expect(measureVitality(slipped).collapse).toEqual({ repeating: true, fromIndex: 0 })
  })
})

describe('properties', () => {
  const anySymbols = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 64, max: 200 }))
    .chain(([kinds, length]) =>
      fc.array(fc.integer({ min: 0, max: kinds - 1 }).map(String), { minLength: length, maxLength: length }),
    )

  test('every stream of 64 symbols or more has all fields in range, fit for scores.json', () => {
    fc.assert(
      fc.property(anySymbols, (symbols) => {
        const { undefined: reasons, ...score } = measureVitality(symbols)
        expect(reasons).toEqual({})
        expect(vitalitySchema.safeParse(score).success).toBe(true)
        for (const value of [score.vitality, score.order, score.evolution]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(score.surpriseBits).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })

  test('names mean nothing, and the same stream gives the same answer', () => {
    fc.assert(
      fc.property(anySymbols, (symbols) => {
        expect(measureVitality(symbols.map((symbol) => `word ${symbol}`))).toEqual(measureVitality(symbols))
      }),
      { numRuns: 30 },
    )
  })

  test('backwards is nearly the same', () => {
    for (const symbols of [grammar(800, 'b'), evolvingLoop(4, 800, 'b'), noise(8, 800, 'b')])
      expect(Math.abs(vitalityOf(symbols) - vitalityOf(symbols.slice().reverse()))).toBeLessThan(0.1)
  })

  test('forward only differs from both directions by less than .1', () => {
    for (const symbols of [grammar(512, 'f'), evolvingLoop(2, 512, 'f'), noise(8, 512, 'f')])
      expect(Math.abs(vitalityOf(symbols) - (measureVitality(symbols, 'forward').vitality ?? 9))).toBeLessThan(0.1)
  })

  test('below 64 symbols every field is null, with the reason', () => {
    const reading = measureVitality(loopOf(round, 63))
    for (const field of ['vitality', 'order', 'surpriseBits', 'evolution', 'collapse'] as const) {
      expect(reading[field]).toBeNull()
      expect(reading.undefined[field]).toContain('at least 64')
    }
    expect(measureVitality(loopOf(round, 64)).vitality).not.toBeNull()
  })
})

describe('symbols', () => {
  const melody = [60, 64, 67, 60, 62].map((midi, i) => ({ onsetSeconds: 1 + i * 0.25, midi }))

  test('notes are their rounded pitch and their length against the usual one', () => {
    const onsets = [0, 0.25, 0.5, 1, 1.25]
    expect(symbolsOfNotes(onsets.map((onsetSeconds) => ({ onsetSeconds, midi: 60.3 })))).toEqual([
      '60|0',
      '60|0',
      '60|2',
      '60|0',
    ])
  })

  test('a figure said over and over is caught, wherever in its rhythm it breaks off', () => {
    const figure = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5] // seven notes, then a rest
    const said = Array.from({ length: 84 }, (_, i) => ({
      onsetSeconds: 2 * Math.floor(i / 7) + (figure[i % 7] as number),
      midi: 67,
    }))
    for (const notes of [said, said.slice(0, -3), said.slice(0, -6)])
      expect(measureVitality(symbolsOfNotes(notes)).collapse?.repeating).toBe(true)
  })

  test('a chord is read from below, its further notes marked', () => {
    const chord = [67, 60, 64].map((midi) => ({ onsetSeconds: 2.25, midi }))
    expect(symbolsOfNotes([...chord, ...melody, { onsetSeconds: 2.5, midi: 72 }])).toEqual([
      '60|0',
      '64|0',
      '67|0',
      '60|0',
      '62|0',
      '60|0',
      '64|+',
      '67|+',
    ])
  })

  test('order of listing, tempo and time of day change nothing; height only renames', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            onsetSeconds: fc.integer({ min: 0, max: 400 }).map((x) => x / 4),
            midi: fc.integer({ min: 30, max: 80 }),
          }),
          {
            minLength: 1,
            maxLength: 60,
          },
        ),
        fc.constantFrom(0.5, 2, 4),
        (notes, speed) => {
          const symbols = symbolsOfNotes(notes)
          expect(symbolsOfNotes([...notes].reverse())).toEqual(symbols)
          expect(symbolsOfNotes(notes.map((n) => ({ ...n, onsetSeconds: 16 + n.onsetSeconds * speed })))).toEqual(
            symbols,
          )
          const higher = symbolsOfNotes(notes.map((n) => ({ ...n, midi: n.midi + 5 })))
          expect(higher.map((s) => `${Number.parseInt(s, 10) - 5}${s.slice(s.indexOf('|'))}`)).toEqual(symbols)
        },
      ),
    )
  })

  test('spam with changing case and marks is still spam', () => {
    expect(new Set(symbolsOfText('yes yes Yes, yes! YES… yes')).size).toBe(1)
    expect(vitalityOf(symbolsOfText('yes Yes, YES! yes… '.repeat(40)))).toBe(0)
    expect(symbolsOfText("don't — stop")).toEqual(["don't", 'stop'])
  })
})

describe('the refrain', () => {
  test.each([5, 8, 16, 31])('of %i symbols is named', (period) => {
    const bar = Array.from({ length: period }, (_, i) => (i * i * 7 + i) % 11)
    bar[0] = 99 // occurs once: the period is this and no less
    const refrain = nameRefrain(loopOf(bar, 600))
    expect(refrain?.period).toBe(period)
    expect(refrain?.strength).toBeGreaterThan(0.8)
  })

  test('improvisation is what surprise is left inside it', () => {
    const kept = nameRefrain(evolvingLoop(8, 1000, 'i'))
    const looser = nameRefrain(evolvingLoop(1, 1000, 'i'))
    expect(kept?.period).toBe(8)
    expect(looser?.improvisationBits).toBeGreaterThan(kept?.improvisationBits ?? 9)
  })

  test('noise and short streams have none worth naming', () => {
    expect(nameRefrain(noise(12, 1000, 'none'))).toBeNull()
    expect(nameRefrain(loopOf(round, 63))).toBeNull()
  })
})

test('frozen: the values of our own earlier output', () => {
  const now = {
    grammar: measureVitality(grammar(400, 'frozen')),
    evolvingLoop: measureVitality(evolvingLoop(4, 400, 'frozen')),
    noise: measureVitality(noise(12, 400, 'frozen')),
    repetition: measureVitality(repetition(0.5, 400, 'frozen')),
  }
  for (const [name, before] of Object.entries(frozen)) {
    const { vitality, order, surpriseBits, evolution } = now[name as keyof typeof now]
    expect(vitality).toBeCloseTo(before.vitality, 9)
    expect(order).toBeCloseTo(before.order, 9)
    expect(surpriseBits).toBeCloseTo(before.surpriseBits, 9)
    expect(evolution).toBeCloseTo(before.evolution, 9)
  }
})
