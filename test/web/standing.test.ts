// How a run stands, what comes after its end, and the line that says what is wrong for now.
import { expect, test } from 'vitest'
import type { Scores } from '../../src/record/index.ts'
import { formatAddress, readAddress } from '../../src/web/run/address.ts'
import type { RunEntry } from '../../src/web/run/server.ts'
import { standingOf, watchRun } from '../../src/web/run/standing.ts'
import { createStored } from '../../src/web/run/stored.ts'
import { nameBars } from '../../src/web/view/repeat.ts'
import { createStatusLine } from '../../src/web/view/status-line.ts'

const entry: RunEntry = { id: '7', title: 'A & B', live: true, finished: false, files: ['record.jsonl'] }
const settle = () => new Promise((resolve) => setTimeout(resolve, 2))

test('a run without an end that nobody writes broke off', () => {
  expect(standingOf(entry)).toBe('playing')
  expect(standingOf({ ...entry, live: false })).toBe('broken off')
  expect(standingOf({ ...entry, live: false, finished: true })).toBe('ended')
})

function openWatch() {
  const server = { isThere: true, hasRun: true, asked: 0 }
  const told: string[] = []
  const waits: number[] = []
  const due: (() => void)[] = []
  const entries: RunEntry[] = []
  const watch = watchRun({
    async ask() {
      server.asked++
      if (!server.isThere) throw new Error('gone')
      return server.hasRun ? entry : null
    },
    onEntry: (one) => void entries.push(one),
    onServer: (state, words) => void told.push(`${state}: ${words}`),
    later(again, milliseconds) {
      waits.push(milliseconds)
      due.push(again)
    },
  })
  const ring = async () => {
    due.shift()?.()
    await settle()
  }
  return { server, told, waits, entries, watch, ring }
}

test('a run that the server has no more is told, once, also while its record streams, and its return', async () => {
  const { server, told, watch, ring } = openWatch()
  server.hasRun = false
  watch.look()
  await settle()
  watch.keepLooking()
  await settle()
  await ring()
  expect(told).toEqual(['lost: The server has this run no more; what is here plays on.'])
  server.isThere = false
  await ring()
  expect(told.at(-1)).toMatch(/^lost: The server does not answer/)
  ;[server.isThere, server.hasRun] = [true, true]
  await ring()
  expect(told.at(-1)).toMatch(/^back: /)
  expect(told).toHaveLength(3)
})

test('while the record streams the loss of the server is not told; afterwards it is, once, and its return', async () => {
  const { server, told, waits, entries, watch, ring } = openWatch()
  server.isThere = false
  watch.look()
  await settle()
  expect([told, waits]).toEqual([[], []])
  server.isThere = true
  watch.keepLooking()
  await settle()
  for (let looks = 0; looks < 5; looks++) await ring()
  expect([entries.length, waits]).toEqual([6, [1000, 2000, 3000, 5000, 5000, 5000]])
  server.isThere = false
  await ring()
  await ring()
  server.isThere = true
  await ring()
  await ring()
  expect(told).toEqual([
    'lost: The server does not answer; what is here plays on. Trying again.',
    'back: The server answers again.',
  ])
  watch.stop()
  const { asked } = server
  await ring()
  expect(server.asked).toBe(asked)
})

test('scores that come after the end are fetched once, and what was heard is compared with them then', async () => {
  const scores = { hashes: {}, agents: [] } as unknown as Scores
  const shown: Scores[] = []
  const said: string[] = []
  let asked = 0
  const stored = createStored({
    async fetchScores() {
      asked++
      return scores
    },
    onScores: (one) => void shown.push(one),
    onMeasured: (words) => void said.push(words),
  })
  const files = [...entry.files, 'scores.json']
  const ended = { ...entry, live: false, finished: true }
  stored.see({ ...entry, files })
  stored.see(ended)
  stored.compare({ agents: [] } as unknown as Parameters<typeof stored.compare>[0])
  await settle()
  expect([asked, said]).toEqual([0, ['Heard and measured to the end.']])
  stored.see({ ...ended, files })
  stored.see({ ...ended, files })
  await settle()
  stored.see({ ...ended, files })
  await settle()
  expect([asked, shown, stored.scores]).toEqual([1, [scores], scores])
  expect(said.at(-1)).toBe('Heard to the end; every measure taken here equals the stored one.')
})

test('scores that cannot be read are not asked for again and again', async () => {
  let asked = 0
  const stored = createStored({
    async fetchScores() {
      asked++
      throw new Error('no scores')
    },
    onScores: () => {},
    onMeasured: () => {},
  })
  for (let looks = 0; looks < 6; looks++) {
    stored.see({ ...entry, live: false, finished: true, files: ['scores.json'] })
    await settle()
  }
  expect([asked, stored.scores]).toEqual([3, null])
})

function openLine() {
  const line = { textContent: '', alert: false }
  const clock = { now: 0 }
  const element = Object.assign(line, {
    classList: { toggle: (_: string, on?: boolean) => (line.alert = on === true) },
  })
  return { line, clock, status: createStatusLine(element, () => clock.now) }
}

test('a warning stands beside other words until its own matter is over; only a failure for good mutes what follows', () => {
  const { line, status } = openLine()
  status.warn('connection', 'Connection lost.')
  status.warn('sound', 'Trying again.')
  status.say('Muted.')
  expect([line.textContent, line.alert]).toEqual(['Muted. Trying again.', true])
  status.relieve('sound', 'The sound goes on.')
  expect([line.textContent, line.alert]).toEqual(['Muted. The sound goes on. Connection lost.', true])
  status.relieve('sound', 'Twice.')
  status.relieve('device', 'Never wrong.')
  expect(line.textContent).toBe('Muted. The sound goes on. Connection lost.')
  status.reset()
  status.warn('connection', 'Connection lost.')
  status.showState('Waiting.')
  status.relieve('connection', 'Connected again.')
  expect([line.textContent, line.alert]).toEqual(['Connected again.', false])
  status.fail('The record is no record.')
  status.say('Hello.')
  status.relieve('connection', 'Hello.')
  expect(line.textContent).toBe('The record is no record.')
  status.reset()
  status.say('Hello.')
  expect([line.textContent, line.alert]).toEqual(['Hello.', false])
})

test('what was just said stands beside a state that comes late, until it was read or the state is over', () => {
  const { line, clock, status } = openLine()
  status.say('That run cannot be read.')
  clock.now = 50
  status.showState('Paused.')
  expect(line.textContent).toBe('That run cannot be read. Paused.')
  clock.now = 900
  status.showState('')
  expect(line.textContent).toBe('That run cannot be read.')
  status.warn('server', 'No answer.')
  expect([line.textContent, line.alert]).toEqual(['That run cannot be read. No answer.', true])
  status.relieve('server', 'It answers.')
  expect([line.textContent, line.alert]).toEqual(['That run cannot be read. It answers.', false])
  clock.now = 950
  status.warn('server', 'No answer.')
  expect(line.textContent).toBe('That run cannot be read. It answers. No answer.')
  clock.now = 5000
  status.relieve('server', 'It answers.')
  expect(line.textContent).toBe('It answers.')
  clock.now = 9100
  status.showState('Paused.')
  expect(line.textContent).toBe('Paused.')
  status.showState('')
  expect(line.textContent).toBe('')
})

test('an address holds a moment or goes along, there and back', () => {
  for (const address of [
    { run: '7', seconds: 91.4, live: false },
    { run: 'a b', seconds: null, live: true },
    { run: '7', seconds: null, live: false },
  ])
    expect(readAddress(formatAddress(address))).toEqual(address)
})

test('one bar is one bar', () => {
  expect(nameBars({ from: 2, to: 3 }, ' to ')).toBe('bar 3')
  expect(nameBars({ from: 2, to: 6 }, ' to ')).toBe('bars 3 to 6')
})
