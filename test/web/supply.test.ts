// What a server that goes away takes with it: nothing that was fetched, and the rest is there again as soon as the server is.
import { expect, test } from 'vitest'
import type { Track } from '../../src/record/index.ts'
import { createPersistence } from '../../src/web/sound/patience.ts'
import { createRecordings } from '../../src/web/sound/recordings.ts'
import { createGatherer } from '../../src/web/sound/sections.ts'
import { createSender, type SenderSettings } from '../../src/web/sound/sender.ts'
import { followTracks, recordingsOf, withoutRecordings } from '../../src/web/sound/track-recordings.ts'
import { playShortParty, shippedLibrary } from '../party.ts'
import { composed } from './rig.ts'

const library = shippedLibrary()
const score = composed(await playShortParty(4))
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Timers in the test's hands. */
function createTimers() {
  const due: { again: () => void; milliseconds: number }[] = []
  return {
    due,
    later: (again: () => void, milliseconds: number) => void due.push({ again, milliseconds }),
    async ring() {
      due.shift()?.again()
      await settle()
    },
  }
}

function openSender(change: Partial<SenderSettings> = {}) {
  const server = { isThere: true }
  const sent: (number | string)[] = []
  const told: (string | null)[] = []
  const timers = createTimers()
  const sections: SenderSettings['sections'] = {
    async render() {
      if (!server.isThere) throw new Error('The server does not answer')
      return new Float32Array(4)
    },
  }
  const sender = createSender({
    score,
    library,
    sections,
    post: (message) => void sent.push(message.kind === 'slot' ? message.slot : message.kind),
    onTrouble: (words) => void told.push(words),
    later: timers.later,
    ...change,
  })
  return { sender, server, sent, told, timers }
}

test('a slot that cannot be had is tried again with growing waits, told, and sent once when it can', async () => {
  const { sender, server, sent, told, timers } = openSender()
  sender.pump(0)
  await settle()
  expect(sent).toEqual([0, 1])
  server.isThere = false
  sender.pump(1)
  await sender.sent()
  const waits: number[] = []
  for (let tries = 0; tries < 6; tries++) {
    waits.push(timers.due[0]?.milliseconds ?? 0)
    sender.pump(1)
    await timers.ring()
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 4000, 4000])
  expect([sent, new Set(told)]).toEqual([[0, 1], new Set(['The server does not answer; trying again.'])])
  server.isThere = true
  await timers.ring()
  expect([sent, told.at(-1), timers.due]).toEqual([[0, 1, 2], null, []])
  sender.pump(2)
  await settle()
  sender.pump(3)
  await settle()
  expect(sent).toEqual([0, 1, 2, 3, 'complete'])
})

test('gone elsewhere, the old try is forgotten; the new place is sent once', async () => {
  const { sender, server, sent, told, timers } = openSender()
  server.isThere = false
  sender.pump(0)
  await settle()
  server.isThere = true
  sender.restart(2, { bpm: score.session.bpm, speed: 1 })
  await settle()
  await timers.ring()
  expect([sent, told.at(-1)]).toEqual([[2, 3, 'complete'], null])
})

test('stopped, nothing is sent any more, and the trouble is over', async () => {
  const { sender, server, sent, told, timers } = openSender()
  server.isThere = false
  sender.pump(0)
  await settle()
  sender.stop()
  server.isThere = true
  await timers.ring()
  expect([sent, told.at(-1)]).toEqual([[], null])
})

test('recordings are fetched ahead one after the other, each once, and again until the server is back', async () => {
  const [first, second, third] = library.tracks.filter((track) => recordingsOf(track).length > 0) as [
    Track,
    Track,
    Track,
  ]
  const asked: string[] = []
  const server = { isThere: true }
  const timers = createTimers()
  const gather = createGatherer(async (name) => {
    asked.push(name)
    if (!server.isThere) throw new Error('gone')
  }, timers.later)
  gather([first])
  await settle()
  server.isThere = false
  gather([first, second, third])
  await settle()
  await timers.ring()
  server.isThere = true
  await timers.ring()
  const [a, b, c] = [first, second, third].map((track) => recordingsOf(track)[0])
  expect(asked).toEqual([a, b, b, b, c])
})

test('the tracks of a run are told as its slots come', () => {
  const growing = { ...score, slots: score.slots.slice(0, 1) }
  const follow = followTracks(growing, library)
  const played = (from: number, until: number) =>
    new Set(score.slots.slice(from, until).flatMap(({ world }) => world?.decks.map(({ track }) => track) ?? []))
  const ids = (tracks: Track[]) => new Set(tracks.map(({ id }) => id))
  expect(ids(follow())).toEqual(new Set([...played(0, 1)].filter((id) => id !== null)))
  growing.slots = [...score.slots]
  expect(ids(follow())).toEqual(new Set([...played(1, 4)].filter((id) => id !== null)))
  expect(follow()).toEqual([])
})

test('a recording is fetched once; a failure is none for ever, a name without a recording is', async () => {
  const asked: string[] = []
  const answers = new Map<string, () => Response>([
    ['here', () => new Response(new Float32Array([1, 2]).buffer)],
    ['none', () => new Response(null, { status: 404 })],
    ['busy', () => new Response(null, { status: 503 })],
  ])
  const recordings = createRecordings({
    async ask(name) {
      asked.push(name)
      const answer = answers.get(name)
      if (answer === undefined) throw new TypeError('Failed to fetch')
      return answer()
    },
  })
  expect(await recordings.fetch('here')).toEqual(new Float32Array([1, 2]))
  expect(await recordings.fetch('here')).toEqual(new Float32Array([1, 2]))
  expect(await recordings.fetch('none')).toBeNull()
  expect(await recordings.fetch('none')).toBeNull()
  await expect(recordings.fetch('gone')).rejects.toThrow('The server does not answer')
  await expect(recordings.fetch('busy')).rejects.toThrow(/busy.*503/)
  answers.set('gone', () => new Response(new Float32Array([3]).buffer))
  expect(await recordings.fetch('gone')).toEqual(new Float32Array([3]))
  expect(asked).toEqual(['here', 'none', 'gone', 'busy', 'gone'])
})

test('what is kept stays within its bound, those used last', async () => {
  const asked: string[] = []
  const recordings = createRecordings({
    mostBytes: 16,
    async ask(name) {
      asked.push(name)
      return new Response(new Float32Array(2).buffer)
    },
  })
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await recordings.fetch(name)
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})

test('a track without one of its recordings is the same track but for that', () => {
  const track = library.tracks.find((one) => recordingsOf(one).length > 0) as Track
  const [name] = recordingsOf(track) as [string]
  const quiet = withoutRecordings(track, [name])
  expect(recordingsOf(quiet)).toEqual([])
  const notes = (one: Track) => one.sections.map(({ parts }) => Object.values(parts ?? {}).map((part) => part.notes))
  expect(notes(quiet)).toEqual(notes(track))
  expect(withoutRecordings(track, [])).toEqual(track)
})

test('what a page needs to open is asked for until it is there, with growing waits, and told once when it is', async () => {
  const told: string[] = []
  const timers = createTimers()
  const persist = createPersistence({
    onTrouble: (words) => void told.push(words),
    onThere: () => void told.push('there'),
    later: timers.later,
  })
  const failing = (times: number, name: string) => {
    let tries = 0
    return async () => {
      if (tries++ < times) throw new Error('The server does not answer.')
      return name
    }
  }
  const all = Promise.all([persist(failing(0, 'runs')), persist(failing(1, 'kernel')), persist(failing(2, 'library'))])
  await settle()
  const waits: number[] = []
  while (timers.due.length > 0) {
    waits.push(timers.due[0]?.milliseconds ?? 0)
    await timers.ring()
  }
  expect(await all).toEqual(['runs', 'kernel', 'library'])
  expect(waits).toEqual([500, 500, 1000])
  expect(told).toEqual([...Array(3).fill('The server does not answer. Trying again.'), 'there'])
})
