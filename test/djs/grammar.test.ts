import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRoleLabeller, formatMoves, mostMoves, parseTurn } from '../../src/djs/index.ts'
import { type Move, sectionNames } from '../../src/record/index.ts'

const moveArbitrary: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant('load' as const),
    track: fc.stringMatching(/^[a-z0-9-]{1,24}$/),
    cue: fc.constantFrom(...sectionNames),
  }),
  fc.constantFrom<Move>({ do: 'play' }, { do: 'cut' }, { do: 'yield' }, { do: 'hold' }),
  fc.record({ do: fc.constant('blend' as const), beats: fc.constantFrom(16 as const, 32 as const, 64 as const) }),
  fc.record({
    do: fc.constant('eq' as const),
    band: fc.constantFrom('low' as const, 'mid' as const, 'high' as const),
    to: fc.constantFrom('up' as const, 'down' as const, 'kill' as const),
  }),
  fc.record({
    do: fc.constant('nudge' as const),
    percent: fc.double({ min: -8, max: 8, noNaN: true }).map((percent) => percent + 0),
  }),
  fc.record({ do: fc.constant('loop' as const), beats: fc.constantFrom(4 as const, 8 as const, null) }),
  fc.record({ do: fc.constant('say' as const), words: fc.string({ unit: 'binary' }) }),
)

test('what is written is read: parse(format(moves)) = moves', () => {
  fc.assert(
    fc.property(fc.array(moveArbitrary, { minLength: 1, maxLength: mostMoves }), (moves) => {
      expect(parseTurn(formatMoves(moves))).toEqual({ moves, faults: [] })
    }),
    { numRuns: 500 },
  )
})

test('any text becomes moves that can be written and read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const { moves } = parseTurn(text)
      expect(moves.length).toBeGreaterThan(0)
      expect(parseTurn(formatMoves(moves)).moves).toEqual(moves)
    }),
  )
})

test.each([
  ['load dub-01 DROP ; play', [{ do: 'load', track: 'dub-01', cue: 'drop' }, { do: 'play' }]],
  [
    'LOAD dub-01 drop\nBLEND 64\n',
    [
      { do: 'load', track: 'dub-01', cue: 'drop' },
      { do: 'blend', beats: 64 },
    ],
  ],
  ['SAY "a; b \\"c\\""', [{ do: 'say', words: 'a; b "c"' }]],
  ['NUDGE -1.5%', [{ do: 'nudge', percent: -1.5 }]],
])('%j is read', (text, moves) => {
  expect(parseTurn(text)).toEqual({ moves, faults: [] })
})

test.each([
  ['', 'expected at least one move, got nothing'],
  ['BLEND 24', 'expected BLEND 16 or 32 or 64, got "BLEND 24"'],
  ['NUDGE +9%', 'expected NUDGE +2%'],
  ['LOAD dub-01', 'expected LOAD id cue'],
  ['I think I will hold', 'expected one of LOAD, PLAY'],
  ['SAY "never closed', 'expected SAY "..."'],
  ['SAY "a" b"', 'expected SAY "..."'],
])('%j counts as HOLD and says what was expected', (text, message) => {
  const turn = parseTurn(text)
  expect(turn.moves).toEqual([{ do: 'hold' }])
  expect(turn.faults[0]?.message).toContain(message)
})

test('a turn of too many moves keeps the first six', () => {
  const turn = parseTurn('PLAY; '.repeat(9))
  expect(turn.moves).toHaveLength(mostMoves)
  expect(turn.faults.map((fault) => fault.code)).toEqual(['too-many'])
})

test('tokens are told apart: commands, numbers, words, words of the other', () => {
  const roleOf = createRoleLabeller()
  const words = ['BLEND ', '32; ', 'SAY ', '"warm ', '“cold ', 'water” ', '7 ', 'again"; ', 'HOLD']
  expect(words.map(roleOf)).toEqual([
    'action',
    'number',
    'action',
    'speech',
    'quoted',
    'quoted',
    'number',
    'speech',
    'action',
  ])
})
