// The judging page's parts that need no browser: what was heard, the headphone tones' plan, key names, sending until the server has it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import type { Statement } from '../../src/record/index.ts'
import { createHeard, type Region, runRound } from '../../src/web/judge/heard.ts'
import { deeds, nameKey } from '../../src/web/judge/keys.ts'
import { createLoops } from '../../src/web/judge/loops.ts'
import { nextPlace } from '../../src/web/judge/progress.ts'
import { createSender, type SendingState } from '../../src/web/judge/sender.ts'
import type { Sent } from '../../src/web/judge/server.ts'
import type { KeptStatement, Store } from '../../src/web/judge/store.ts'
import { drawToneTrials } from '../../src/web/judge/tones.ts'

test('what was heard is the union of stretches, in whatever order', () => {
  const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
      const heard = createHeard()
      const seconds = new Set<number>()
      for (const [from, length] of stretches) {
        heard.add(from, from + length)
        for (let second = from; second < from + length; second++) seconds.add(second)
      }
      expect(heard.seconds()).toBe(seconds.size)
    }),
  )
})

test.each([
  [0, 3, { at: 3, passed: [[0, 3]] }],
  [
    6,
    3,
    {
      at: 1 + 2,
      passed: [
        [6, 7],
        [1, 3],
      ],
    },
  ],
  [
    6,
    20,
    {
      at: 1 + 1,
      passed: [
        [6, 7],
        [1, 7],
      ],
    },
  ],
])('a playhead from %i for %i s round a loop of 1 to 7', (start, seconds, wanted) => {
  expect(runRound(start, seconds, { from: 1, to: 7 })).toEqual(wanted)
})

test('loops begin and end at bars, and cover the playhead', () => {
  // Four bars of 2 s; the playhead in the third.
  const state = { seconds: 4.5, region: { from: 0, to: 8 } as Region, looped: false }
  const loops = createLoops({
    gridSeconds: 2,
    length: 8,
    state: () => state,
    set(region) {
      state.region = region ?? { from: 0, to: 8 }
      state.looped = region !== null
    },
  })
  loops.from()
  expect(state.region).toEqual({ from: 4, to: 8 })
  loops.to()
  expect(state.region).toEqual({ from: 4, to: 6 })
  loops.toggle()
  expect(state).toMatchObject({ region: { from: 0, to: 8 }, looped: false })
  loops.toggle()
  expect(state.region).toEqual({ from: 4, to: 6 })
  // An end that would lie before the beginning takes the beginning along.
  state.seconds = 1
  loops.to()
  expect(state.region).toEqual({ from: 0, to: 2 })
  state.seconds = 7.9
  loops.from()
  expect(state.region).toEqual({ from: 6, to: 8 })
})

// Woods et al. 2017: each place is the quiet one twice, and the tone in opposite phase is another.
test('six headphone trials: the quiet tone is in each place twice, never where the opposite one is', () => {
  for (let seed = 0; seed < 50; seed++) {
    const trials = drawToneTrials(seededRandom(seed))
    expect(trials.map(({ quieter }) => quieter).sort()).toEqual([0, 0, 1, 1, 2, 2])
    for (const { quieter, opposite } of trials) {
      expect(opposite).not.toBe(quieter)
      expect([0, 1, 2]).toContain(opposite)
    }
  }
})

test('keys have one name each, and no key does two things', () => {
  const key = (key: string, shiftKey = false) => nameKey({ key, shiftKey })
  expect([key('a'), key('A', true), key('A'), key('?', true), key('ArrowLeft', true), key(' ')]).toEqual([
    'a',
    'Shift+A',
    'a',
    '?',
    'Shift+ArrowLeft',
    ' ',
  ])
  const all = Object.values(deeds).flatMap(({ keys }) => [...keys])
  expect(new Set(all).size).toBe(all.length)
})

const statement = (id: string): Statement => ({ id, kind: 'consent' })

function keepHere(lasting: boolean): Store & { readonly kept: Map<string, KeptStatement> } {
  const kept = new Map<string, KeptStatement>()
  return {
    lasting,
    kept,
    put: async (one) => void kept.set(one.id, one),
    list: async () => [...kept.values()].sort((p, q) => p.at - q.at),
  }
}

function openSender(
  answers: (Sent | 'hang')[],
  { lasting = true, pause = async (): Promise<void> => {} }: { lasting?: boolean; pause?: () => Promise<void> } = {},
) {
  const store = keepHere(lasting)
  const sent: string[] = []
  const states: SendingState[] = []
  const pauses: number[] = []
  const sender = createSender({
    owner: 'x',
    store,
    server: {
      send: async ({ id }) => {
        sent.push(id)
        const answer = answers.shift() ?? { kind: 'stored' }
        return answer === 'hang' ? new Promise(() => {}) : answer
      },
    },
    onState: (state) => states.push(state),
    now: () => 5,
    pause(milliseconds) {
      pauses.push(milliseconds)
      return pause()
    },
  })
  return { store, sent, states, pauses, sender }
}

test('statements go out in their order, again while the server cannot be reached, and longer and longer apart', async () => {
  const later: Sent = { kind: 'later', error: 'The server does not answer.' }
  const { store, sent, states, pauses, sender } = openSender([later, later, later])
  await sender.say(statement('1'))
  await sender.say(statement('2'))
  await sender.settled()
  expect(sent).toEqual(['1', '1', '1', '1', '2'])
  expect(pauses).toEqual([500, 1000, 2000])
  expect([...store.kept.values()].map(({ state }) => state)).toEqual(['stored', 'stored'])
  expect(states.some(({ trouble, waiting }) => trouble === later.error && waiting > 0)).toBe(true)
  expect(states.at(-1)).toEqual({ waiting: 0, refused: 0, trouble: null, lasting: true })
})

test('while the server is away, what is said meanwhile does not make it look as if it were back', async () => {
  const { states, sender } = openSender([{ kind: 'later', error: 'Away.' }], { pause: () => new Promise(() => {}) })
  await sender.say(statement('1'))
  await expect.poll(() => states.at(-1)).toEqual({ waiting: 1, refused: 0, trouble: 'Away.', lasting: true })
  await sender.say(statement('2'))
  expect(states.at(-1)).toEqual({ waiting: 2, refused: 0, trouble: 'Away.', lasting: true })
})

test('refused is not unavailable: it is told, kept, and not sent again', async () => {
  const { store, sent, states, sender } = openSender([{ kind: 'refused', error: 'No.' }])
  await sender.say(statement('1'))
  await sender.say(statement('2'))
  await sender.settled()
  expect(sent).toEqual(['1', '2'])
  expect(store.kept.get('1')).toMatchObject({ state: 'refused', error: 'No.' })
  expect(states.at(-1)).toMatchObject({ refused: 1, trouble: null })
})

test('kept here, the page moves on while the server is silent; where nothing is kept it waits for the server', async () => {
  const kept = openSender(['hang'])
  await kept.sender.say(statement('1'))
  expect(kept.store.kept.get('1')?.state).toBe('waiting')
  const unkept = openSender(['hang'], { lasting: false })
  const said = await Promise.race([
    unkept.sender.say(statement('1')).then(() => 'moved on'),
    new Promise((resolve) => setTimeout(() => resolve('waits'), 50)),
  ])
  expect(said).toBe('waits')
})

test('what waited when the page was closed is sent when it is opened again', async () => {
  const store = keepHere(true)
  await store.put({ id: '9', owner: 'x', at: 1, statement: statement('9'), state: 'waiting' })
  const sent: string[] = []
  const sender = createSender({
    owner: 'x',
    store,
    server: {
      send: async ({ id }) => {
        sent.push(id)
        return { kind: 'stored' }
      },
    },
    onState: () => {},
    now: () => 5,
    pause: async () => {},
  })
  await sender.settled()
  expect(sent).toEqual(['9'])
})

test('the next pair is the first that is not judged from here on, then what was left behind; none is asked twice', () => {
  const places = [0, 1, 2, 3, 4]
  const judged = new Set([0, 2, 3])
  expect([0, 1, 2, 4].map((from) => nextPlace(places, judged, from))).toEqual([1, 1, 4, 4])
  judged.add(4)
  expect(nextPlace(places, judged, 4)).toBe(1)
  expect(nextPlace(places, judged.add(1), 1)).toBe(null)
})
