// The sounds on their way into a judge's browser: their order, one at a time, what happens when the network or the room goes; and what the page says of it.
import { afterEach, expect, test, vi } from 'vitest'
import { wordsOf } from '../../src/web/judge/foot.ts'
import type { SoundStore, SupplyState } from '../../src/web/judge/kept/shelf.ts'
import { createSupply } from '../../src/web/judge/kept/supply.ts'
import { openServer, ServerError } from '../../src/web/judge/server.ts'
import { describeSounds } from '../../src/web/judge/welcome.ts'
import { waveOf } from './wave.ts'

afterEach(() => vi.unstubAllGlobals())

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

function keepSounds(names: readonly string[] = [], room = Number.POSITIVE_INFINITY) {
  const kept = new Map(names.map((name) => [name, new ArrayBuffer(1)]))
  const store: SoundStore = {
    names: async () => [...kept.keys()],
    get: async (name) => kept.get(name) ?? null,
    put: async (name, bytes) => {
      if (kept.size >= room) throw new Error('QuotaExceededError')
      kept.set(name, bytes)
    },
    drop: async (name) => void kept.delete(name),
  }
  return { kept, store }
}

/** Four pairs, the last with X. `answer`: what the network does with a request. */
async function openSupply(
  store: SoundStore | null,
  {
    place = 0,
    answer = async (_: string): Promise<void> => {},
    pause = async (): Promise<void> => {},
    begin = true,
  } = {},
) {
  const asked: string[] = []
  const states: SupplyState[] = []
  const pauses: number[] = []
  const troubles: unknown[] = []
  let [under, most] = [0, 0]
  const supply = await createSupply({
    trials: [
      ['1a', '1b'],
      ['2a', '2b'],
      ['3a', '3b'],
      ['4a', '4b', '4x'],
    ],
    place,
    store,
    async fetch(name) {
      asked.push(name)
      most = Math.max(most, ++under)
      try {
        await settle()
        await answer(name)
      } finally {
        under--
      }
      return new ArrayBuffer(2)
    },
    pause(milliseconds) {
      pauses.push(milliseconds)
      return pause()
    },
    onState: (state) => states.push(state),
    onTrouble: (error) => troubles.push(error),
  })
  if (begin) supply.begin()
  return { supply, asked, states, pauses, troubles, most: () => most }
}

test('all sounds are fetched in the order of the pairs, one at a time, and kept', async () => {
  const { kept, store } = keepSounds()
  const { asked, states, most } = await openSupply(store)
  await expect.poll(() => states.at(-1)).toEqual({ pairs: 4, of: 4, room: 'some' })
  expect(asked).toEqual(['1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b', '4x'])
  expect([...kept.keys()]).toEqual(asked)
  expect(most()).toBe(1)
  expect(states.map(({ pairs }) => pairs)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 3, 4])
})

test('nothing is fetched ahead before it begins, but for what is asked for', async () => {
  const { supply, asked, states } = await openSupply(keepSounds().store, { begin: false })
  await settle()
  expect(asked).toEqual([])
  await supply.sound('2b')
  await settle()
  expect(asked).toEqual(['2b'])
  supply.begin()
  await expect.poll(() => states.at(-1)?.pairs).toBe(4)
  expect(asked).toHaveLength(9)
})

test('consent is asked with how many megabytes will be fetched', () => {
  const pair = { training: false, round: 0, a: '1', b: '2' }
  const words = (soundBytes?: number) =>
    describeSounds({ trials: [pair, pair, { ...pair, x: '3' }], ...(soundBytes === undefined ? {} : { soundBytes }) })
  // Seven sounds.
  expect(words(8_832_044)).toMatch(/fetched while you listen: about 62 megabytes\./)
  expect(words(1000)).toMatch(/about 1 megabyte\./)
  expect(words()).toBe('')
})

test('the pair in hand comes first, then those after it, then those before; what is here is not asked for again', async () => {
  const { store } = keepSounds(['3b', '4x'])
  const { supply, asked, states } = await openSupply(store, { place: 2 })
  const inHand = Promise.all(['2a', '2b'].map((name) => supply.sound(name)))
  supply.from(1)
  expect((await supply.sound('3b')).byteLength).toBe(1)
  expect((await inHand).map((bytes) => bytes.byteLength)).toEqual([2, 2])
  await expect.poll(() => states.at(-1)?.pairs).toBe(4)
  // The first was on its way when the wish came.
  expect(asked).toEqual(['3a', '2a', '2b', '4a', '4b', '1a', '1b'])
})

test('a sound that is waited for is asked for until it comes, and told; one that only lies ahead fails quietly', async () => {
  const failing = (times: number) => async () => {
    if (times-- > 0) throw new TypeError('Failed to fetch')
  }
  const quiet = await openSupply(keepSounds().store, { answer: failing(3) })
  await expect.poll(() => quiet.states.at(-1)?.pairs).toBe(4)
  expect(quiet.troubles).toEqual([])
  expect(quiet.pauses).toEqual([3000, 6000, 12_000])
  expect(quiet.asked.slice(0, 5)).toEqual(['1a', '1a', '1a', '1a', '1b'])
  // A wish does not wait for what lies ahead.
  const patient = await openSupply(keepSounds().store, { answer: failing(1), pause: () => new Promise(() => {}) })
  await expect.poll(() => patient.pauses).toEqual([3000])
  expect((await patient.supply.sound('2a')).byteLength).toBe(2)
  const loud = await openSupply(null, { answer: failing(2) })
  expect((await loud.supply.sound('2a')).byteLength).toBe(2)
  expect(loud.troubles).toHaveLength(2)
})

test('a sound that the server does not have stops none of the others', async () => {
  const { states, asked } = await openSupply(keepSounds().store, {
    answer: async (name) => {
      if (name === '2a') throw new ServerError('There is no such sound.', 'sound')
    },
  })
  await expect.poll(() => states.at(-1)?.pairs).toBe(3)
  expect(asked.filter((name) => name === '2a')).toHaveLength(1)
})

test('what is no whole WAV is neither kept nor counted, whatever answers with it, and is asked for again', async () => {
  const bad = [
    new TextEncoder().encode('<h1>Sign in to the WiFi</h1>').buffer,
    waveOf(48).slice(0, 40),
    new ArrayBuffer(0),
  ]
  const good = waveOf(48)
  const answers: BodyInit[] = [...bad, good, ...bad]
  vi.stubGlobal('fetch', async () => new Response(answers.shift() ?? good))
  const { kept, store } = keepSounds()
  const [states, pauses]: [SupplyState[], number[]] = [[], []]
  const { sound } = openServer('T')
  const supply = await createSupply({
    trials: [['1a', '1b']],
    place: 0,
    store,
    fetch: sound,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    onState: (state) => states.push(state),
    onTrouble: () => {},
  })
  supply.begin()
  await expect.poll(() => states.at(-1)).toEqual({ pairs: 1, of: 1, room: 'some' })
  expect([...kept.values()]).toEqual([good, good])
  expect(pauses).toEqual([3000, 6000, 12_000, 3000, 6000, 12_000])
  answers.push('<h1>Sign in</h1>')
  await expect(sound('2a')).rejects.toMatchObject({ refused: null, message: expect.stringMatching(/answers 200/) })
  expect((await supply.sound('1a')).byteLength).toBe(48)
})

test('where no more fit, nothing more is fetched ahead and what is asked for still comes', async () => {
  const full = await openSupply(keepSounds([], 3).store)
  await expect.poll(() => full.states.at(-1)).toEqual({ pairs: 1, of: 4, room: 'full' })
  expect(full.asked).toHaveLength(4)
  expect((await full.supply.sound('3b')).byteLength).toBe(2)
  expect(full.asked).toHaveLength(5)
  const none = await openSupply(null)
  expect((await none.supply.sound('1a')).byteLength).toBe(2)
  expect([none.asked, none.states]).toEqual([['1a'], [{ pairs: 0, of: 4, room: 'none' }]])
})

test('after the end nothing is kept any more, what is on its way least of all; sounds are still to be had', async () => {
  const { kept, store } = keepSounds()
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const { supply, asked, states } = await openSupply(store, {
    answer: (name) => (name === '2a' ? gate : Promise.resolve()),
  })
  await expect.poll(() => asked).toContain('2a')
  await supply.close()
  const told = states.length
  release()
  await settle()
  expect([kept.size, states.length]).toEqual([2, told])
  expect((await supply.sound('1a')).byteLength).toBe(2)
  expect(asked.at(-1)).toBe('1a')
})

test('the foot says how far it is, whether one may go offline, and offers what was not stored', () => {
  const sending = { waiting: 0, refused: 0, trouble: null, lasting: true }
  const supply = (pairs: number, room: SupplyState['room'] = 'some') => ({ pairs, of: 20, room })
  const words = (change: Partial<Parameters<typeof wordsOf>[0]>) =>
    wordsOf({ sending, supply: null, coming: null, server: 'there', reloads: true, ...change })
  expect(words({})).toEqual({ sending: '', kept: '', download: false })
  expect(words({ supply: supply(12) }).kept).toBe('12 of 20 pairs are kept here; the rest need the network.')
  expect(words({ supply: supply(20) }).kept).toBe('All pairs are kept here: you may go offline.')
  expect(words({ supply: supply(20), reloads: false }).kept).toMatch(/but then do not reload this page\.$/)
  expect(words({ supply: supply(0, 'none') }).kept).toBe('The sounds cannot be kept in this browser: stay online.')
  expect(words({ supply: supply(7, 'full') }).kept).toMatch(/^Only 7 of 20 pairs can be kept .* stay online/)
  const coming = { bytes: 3_140_000, of: 8_832_044 }
  expect(words({ coming }).kept).toBe('The next sound: 3.1 of 8.8 MB are here.')
  expect(words({ coming, supply: supply(0) }).kept).toMatch(/^0 of 20 pairs .* network\. The next sound: 3\.1 of/)
  expect(words({ server: 'away' }).sending).toMatch(/you go on with what is kept here/)
  expect(words({ server: { refused: 'No.' } }).sending).toBe('The server refuses this link: No.')
  const trouble = 'The server does not answer.'
  expect(words({ server: 'away', sending: { ...sending, waiting: 2, trouble } })).toMatchObject({
    sending: 'The server does not answer. 2 answers wait in this browser and will be sent again.',
    download: true,
  })
  expect(words({ sending: { ...sending, refused: 1 } }).download).toBe(true)
})
