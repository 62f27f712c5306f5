import { describe, expect, test } from 'vitest'
import { placeAmongTwins } from '../../src/feedback/index.ts'
import { measureInterlock } from '../../src/measure/index.ts'
import {
  bandOf,
  bandOverTime,
  compareWithTwins,
  drawOffsetTwins,
  drawPartners,
  drawRunTwins,
  fewestOthers,
  othersFor,
} from '../../src/null/index.ts'
import { gatherPlayed, scoreNotes } from '../../src/pipeline.ts'
import { randomIndex, seededRandom, shuffled } from '../../src/random.ts'
import { defaultMapping, type Note, type SessionLine } from '../../src/record/index.ts'
import { hocketA, hocketB, play } from '../measure/rhythm/play.ts'

describe('pairs of strangers', () => {
  test('never a run with itself, none twice, as many as there are', () => {
    const pairs = drawPartners({ runs: 6, draws: 199, seed: 1 })
    expect(pairs).toHaveLength(30)
    expect(new Set(pairs.map(String)).size).toBe(30)
    expect(pairs.every(([first, second]) => first !== second)).toBe(true)
    expect(drawPartners({ runs: 6, draws: 7, seed: 1 })).toEqual(pairs.slice(0, 7))
    expect(drawPartners({ runs: 1, draws: 7, seed: 1 })).toEqual([])
    expect(() => drawPartners({ runs: 1.5, draws: 7, seed: 1 })).toThrow(/runs: expected a whole number/)
  })
  test('how many others it takes', () => {
    expect([othersFor(1), othersFor(30), othersFor(31), othersFor(199)]).toEqual([fewestOthers, 5, 6, 14])
  })
})

describe('the band', () => {
  test('the outermost twentieth of the twins lies outside, rounded down', () => {
    const twins = (count: number) => Array.from({ length: count }, (_, i) => i)
    const edges = (count: number) => {
      const band = bandOf(0, twins(count), 'partners')
      return [band?.low, band?.high]
    }
    expect([edges(19), edges(38), edges(39), edges(199)]).toEqual([
      [0, 18],
      [0, 37],
      [1, 37],
      [9, 189],
    ])
    expect(bandOf(10, twins(21), 'partners')).toMatchObject({ count: 21, percentile: 0.5, p: 12 / 22, mean: 10 })
    expect(bandOf(1, [null], 'tokens')).toBeNull()
    expect(bandOf(null, [0.25], 'tokens')).toMatchObject({ low: 0.25, high: 0.25, percentile: null, p: null, z: null })
  })
  test('what is its own twin lies above the band in 1 of 20 at most, however many twins; few tell nothing', () => {
    for (const count of [9, 19, 29, 30, 199]) {
      const all = Array.from({ length: count + 1 }, (_, i) => Math.sin(i * i))
      const places = all.map((value) => {
        const band = bandOf(
          value,
          all.filter((other) => other !== value),
          'partners',
        )
        return band && placeAmongTwins(value, band)
      })
      const share = (place: string) => places.filter((found) => found === place).length / places.length
      expect(share('above')).toBeLessThanOrEqual(0.05)
      expect(share('below')).toBeLessThanOrEqual(0.05)
      expect(share('untold')).toBe(count < 19 ? 1 : 0)
      if (count >= 19) expect(share('above')).toBeGreaterThan(0.03)
    }
  })
  test('over time, moments at which few twins have a value stay empty', () => {
    const twins = Array.from({ length: 19 }, (_, i) => [i, i < 18 ? i : null])
    expect(bandOverTime([10, 20], twins)).toEqual({ seconds: [10, 20], low: [0, null], high: [18, null] })
  })
})

describe('shifted by any time', () => {
  test('keeps every event and the order; what fitted a beat fits no more', () => {
    const manner = { seconds: 32, jitter: 0, start: 0 }
    const [a, b] = [play(hocketA, 1, manner), play(hocketB, 2, manner)]
    const span = { startSeconds: 0, endSeconds: 32 }
    const twins = [...drawOffsetTwins(b, { ...span, count: 20, seed: 1 })]
    for (const { onsets } of twins) {
      expect(onsets).toHaveLength(b.onsets.length)
      expect(onsets.every((onset, i) => i === 0 || onset >= (onsets[i - 1] as number))).toBe(true)
    }
    const score = (other: typeof b) =>
      measureInterlock(a, other, { ...span, clock: { bpm: 112, startSeconds: 0 } }).score
    const found = compareWithTwins(
      score(b),
      twins.map((twin) => score(twin as typeof b)),
    )
    expect(found.mean as number).toBeLessThan((found.value as number) / 2)
    expect([...drawOffsetTwins(b, { startSeconds: 0, endSeconds: 1, count: 3, seed: 1 })]).toEqual([])
    expect(() => [...drawOffsetTwins(b, { startSeconds: 2, endSeconds: 1, count: 3, seed: 1 })]).toThrow(RangeError)
  })
})

const seconds = 120
const session: SessionLine = {
  n: 0,
  kind: 'session',
  schema: 1,
  seed: 1,
  scenario: null,
  condition: null,
  agents: ['a', 'b'].map((agent) => ({ agent, title: agent, dj: { kind: 'imported', from: 'test' }, mask: null })),
  mapping: defaultMapping,
  bpm: 120,
  kernel: '',
  library: null,
  hocket: '',
  plan: null,
}

/** Two voices on sixteenths: `b` sounds where `a` rests, or wherever its own dice say. */
function playTwo(seed: number, b: 'answers' | 'deaf'): Note[] {
  const random = seededRandom(`two ${seed}`)
  const pattern = Array.from({ length: 16 }, () => random() < 0.45)
  const own = Array.from({ length: 16 }, () => random() < 0.45)
  const answer = b === 'answers' ? pattern.map((sounds) => !sounds) : own
  return Array.from({ length: 8 * seconds }, (_, cell) => cell).flatMap((cell) =>
    [pattern, answer].flatMap((line, seat): Note[] => {
      if (line[cell % 16] !== true) return []
      const midi = 60 + 7 * seat + randomIndex(random, 3)
      const agent = seat === 0 ? 'a' : 'b'
      return [
        {
          agent,
          layer: 'voice',
          onsetSeconds: cell / 8,
          durationSeconds: 0.1,
          midi,
          velocity: 0.5,
          timbre: 'harmonic',
          mark: `${midi % 12}`,
          token: cell,
        },
      ]
    }),
  )
}

const twinsOf = (b: 'answers' | 'deaf', first: number, count: number) => {
  const runs = Array.from({ length: count }, (_, k) => playTwo(first + k, b))
  const scores = scoreNotes(session, runs[0] as Note[], seconds)
  const plan = { bpm: 120, turnStarts: null, beat: 'known', swing: 0, draws: 60, lifeDraws: 3, seed: first } as const
  const sayAgain = (seat: number, { count: twins, seed }: { count: number; seed: string }) => {
    const voice = gatherPlayed(session, runs[0] as Note[]).agents[seat]?.voice ?? []
    const random = seededRandom(seed)
    return Array.from({ length: twins }, () => {
      const order = shuffled(random, voice)
      return voice.map((note, i) => ({ ...note, midi: (order[i] as Note).midi }))
    })
  }
  const [run, ...others] = runs.map((notes) => gatherPlayed(session, notes))
  return drawRunTwins(scores, { ...plan, run: run as NonNullable<typeof run>, others, sayAgain })
}

describe('the twins of a run', () => {
  test('who answers makes a more even line than strangers do, every score has its band or a reason', () => {
    const { bands, series, undefined: reasons } = twinsOf('answers', 1, 8)
    expect(bands['pairs.0.interlock.voice.evenness']?.percentile).toBeGreaterThan(0.7)
    for (const path of [
      'pairs.0.interlock.voice.score',
      'pairs.0.noteConsonance',
      'agents.0.vitality.vitality',
      'together.vitality.vitality',
    ])
      expect(bands[path]).toBeDefined()
    expect(reasons['pairs.0.interlock.deck.pulse']).toBe('no twin has a value')
    expect(reasons['pairs.0.coupling.voice']).toMatch(/no turns at the same times/)
    expect(bands['agents.1.patternSurvival']?.count).toBeGreaterThan(0)
    expect(Object.keys(series)).toEqual(['vitality.a', 'vitality.b', 'interlock.voice', 'interlock.deck'])
    expect(series['interlock.voice']?.seconds[0]).toBe(30)
  })
  test('equal runs and seeds, equal twins', () => {
    expect(twinsOf('deaf', 1, 6)).toEqual(twinsOf('deaf', 1, 6))
  })
  test('too few others: no band between the two, and it says so', () => {
    const { bands, undefined: reasons } = twinsOf('deaf', 1, 4)
    expect(Object.keys(bands).every((path) => path.startsWith('agents.'))).toBe(true)
    expect(reasons['pairs']).toMatch(/3 other runs .* it takes 5/)
  })
})
