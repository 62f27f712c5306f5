// Budget, cache, clocks, going on from a record; and the protocol as another double (aimock) speaks it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LLMock } from '@copilotkit/aimock'
import { afterEach, expect, test } from 'vitest'
import { recordedDj } from '../../../src/djs/index.ts'
import { retryAfter } from '../../../src/node/models/breaks.ts'
import { createBudget } from '../../../src/node/models/budget.ts'
import { readKey } from '../../../src/node/models/key.ts'
import { withArrival } from '../../../src/node/models/wrappers.ts'
import { defaultScenario } from '../../../src/party/index.ts'
import { formatLine } from '../../../src/record/index.ts'
import { secondsOfBeats } from '../../../src/units.ts'
import { type Double, type Script, startDouble } from './double.ts'
import { faultsOf, key, playNight, saidOf, seatOf, specOf, tokensOf, usageOf } from './night.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hocket-models-'))
let double: Double | undefined
afterEach(async () => {
  await double?.close()
  double = undefined
  rmSync(folder, { recursive: true, force: true })
})
const good: Script = { kind: 'answer', pieces: ['HOLD; SAY "on we go"'] }
const slotStart = (slot: number) => secondsOfBeats(slot * defaultScenario.beatsPerSlot, defaultScenario.bpm)

test('a budget is never passed: what does not fit is not asked for', async () => {
  double = await startDouble(() => good)
  const spec = specOf(double.url)
  const budget = createBudget({ tokens: 6000, cost: null }, null)
  const lines = await playNight({ spec, slots: 40, seat: { budget } })
  const { promptTokens, answerTokens, requests } = budget.spent
  expect(promptTokens + answerTokens).toBeLessThanOrEqual(6000)
  expect(requests).toBe(double.asked.length)
  expect(requests).toBeGreaterThan(5)
  expect(faultsOf(lines, 39).map(({ code }) => code)).toEqual(['over-budget'])
  expect(lines.at(-1)).toMatchObject({ kind: 'end', slots: 40 })
})

test('a cap on money counts by the prices given', () => {
  const budget = createBudget({ tokens: null, cost: 0.01 }, { promptPerMillion: 1, answerPerMillion: 4 })
  expect(budget.reserve({ promptTokens: 6000, answerTokens: 1001 })).toBe(false)
  expect(budget.reserve({ promptTokens: 6000, answerTokens: 1000 })).toBe(true)
  // Held until it is settled, so that two at once cannot pass the cap together.
  expect(budget.reserve({ promptTokens: 1, answerTokens: 0 })).toBe(false)
})

test('the cache answers what was asked before, token for token, and holds no key', async () => {
  double = await startDouble(() => good)
  const spec = specOf(double.url)
  const first = await playNight({ spec, seat: { cache: folder } })
  const second = await playNight({ spec, seat: { cache: folder } })
  expect(double.asked).toHaveLength(2)
  expect(tokensOf(second, 1).map(formatLine)).toEqual(tokensOf(first, 1).map(formatLine))
  expect(usageOf(second)).toMatchObject({ requests: 0, promptTokens: 0 })
  const files = readdirSync(folder)
  expect(files).toHaveLength(2)
  expect(files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('')).not.toContain(key)
  await playNight({ spec: { ...spec, temperature: 0.5 }, slots: 1, seat: { cache: folder } })
  expect(double.asked).toHaveLength(3)
})

test('a cache that cannot be written costs no turn', async () => {
  double = await startDouble(() => good)
  const lost = path.join(folder, 'lost')
  const seat = seatOf(specOf(double.url), { cache: lost })
  rmSync(lost, { recursive: true })
  const said: string[] = []
  for await (const item of seat({ agent: 'a', slot: 0, system: 's', text: 't' }))
    if ('text' in item) said.push(item.text)
  expect(said.join('')).toBe('HOLD; SAY "on we go"')
})

test('broken turns are not cached', async () => {
  double = await startDouble(() => ({ ...good, finish: null }))
  await playNight({ spec: specOf(double.url), slots: 1, seat: { cache: folder } })
  expect(readdirSync(folder)).toEqual([])
})

test.each(['sequential', 'simultaneous'] as const)(
  '%s, the wall clock: tokens have times of their own, in order',
  async (order) => {
    double = await startDouble(() => good)
    const spec = specOf(double.url, { clock: 'wall' })
    let time = 0
    const secondsInto = () => {
      time += 0.7
      return time % 20
    }
    const scenario = { ...defaultScenario, slots: 3, order }
    const lines = await playNight({ spec, seat: { secondsInto }, party: { scenario } })
    const times = lines.flatMap((line) => (line.kind === 'token' ? [line.t] : []))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    for (const slot of [0, 1, 2])
      for (const { t, clock } of tokensOf(lines, slot)) {
        expect(clock).toBe('arrival')
        expect(t).toBeGreaterThanOrEqual(slotStart(slot))
        expect(t).toBeLessThanOrEqual(slotStart(slot + 1))
      }
    expect(new Set(times).size).toBeGreaterThan(5)
  },
)

test('played again from its record, a night is the same to the byte, faults and all', async () => {
  double = await startDouble((index) => (index % 3 === 1 ? { ...good, finish: null } : good))
  const spec = specOf(double.url, { clock: 'wall' })
  const lines = await playNight({ spec, slots: 5 })
  expect(faultsOf(lines, 1)).toHaveLength(1)
  const again = recordedDj({ lines, agent: 'a', slotSeconds: slotStart })
  const { b } = (await import('../../party/play.ts')).partyOptions({}).djs
  const replayed = await playNight({ spec, slots: 5, party: { djs: { a: again, b: b as NonNullable<typeof b> } } })
  expect(replayed.map(formatLine)).toEqual(lines.map(formatLine))
})

test('a record that ends in the middle of a turn is gone on with', async () => {
  double = await startDouble(() => good)
  const spec = specOf(double.url)
  const lines = await playNight({ spec, slots: 3 })
  const at = lines.findIndex((line) => line.kind === 'token' && line.agent === 'a' && line.slot === 1) + 2
  const stored = lines.slice(0, at)
  const resumed = recordedDj({ lines: stored, agent: 'a', slotSeconds: slotStart, next: seatOf(spec) })
  const { b } = (await import('../../party/play.ts')).partyOptions({}).djs
  const whole = await playNight({ spec, slots: 3, party: { djs: { a: resumed, b: b as NonNullable<typeof b> } } })
  expect(whole.slice(0, at).map(formatLine)).toEqual(stored.map(formatLine))
  expect(faultsOf(whole, 1).map(({ code }) => code)).toEqual(['interrupted'])
  expect(saidOf(whole, 2)).toBe('HOLD; SAY "on we go"')
})

test('arrival times count from when the slot was first asked for', async () => {
  const seen: number[] = []
  const dj = withArrival(
    async function* () {
      yield { text: 'HOLD' }
    },
    (slot) => {
      seen.push(slot)
      return 1.25
    },
  )
  const items: unknown[] = []
  for await (const item of dj({ agent: 'a', slot: 4, system: '', text: '' })) items.push(item)
  expect(items).toEqual([{ text: 'HOLD', seconds: 1.25 }])
  expect(seen).toEqual([4, 4])
})

test('retry-after in seconds, milliseconds and dates', () => {
  const of = (headers: Record<string, string>) => retryAfter(new Headers(headers), Date.UTC(2026, 0, 1))
  expect(of({ 'retry-after': '2' })).toBe(2)
  expect(of({ 'retry-after': '2', 'retry-after-ms': '1500' })).toBe(1.5)
  expect(of({ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' })).toBe(5)
  expect(of({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' })).toBe(0)
  expect(of({ 'retry-after': 'soon' })).toBeNull()
  expect(of({})).toBeNull()
})

test('keys come from the environment; one that cannot be a key is refused without being shown', () => {
  expect(readKey('a', { OPENAI_API_KEY: ' k1\n' })).toBe('k1')
  expect(readKey('a', { OPENAI_API_KEY: 'k1', OPENAI_API_KEY_A: 'k2' })).toBe('k2')
  expect(readKey('b', {})).toBeNull()
  expect(() => readKey('b', { OPENAI_API_KEY: 'k 1 ünsafe' })).toThrow(/OPENAI_API_KEY: expected printable ASCII/)
  expect(() => readKey('b', { OPENAI_API_KEY: 'k 1 ünsafe' })).not.toThrow(/nsafe/)
})

test.each(['chat', 'responses'] as const)('aimock: %s', async (api) => {
  const mock = new LLMock({ port: 0 })
  mock.onMessage(/./, { content: 'HOLD; SAY "on we go, 😀"' }, { chunkSize: 5 })
  await mock.start()
  try {
    const lines = await playNight({ spec: specOf(`${mock.url}/v1`, { api }), slots: 2 })
    expect(saidOf(lines, 1)).toBe('HOLD; SAY "on we go, 😀"')
    expect([0, 1].flatMap((slot) => faultsOf(lines, slot))).toEqual([])
    expect(usageOf(lines)).toMatchObject({ finish: 'stop', requests: 1 })
    mock.nextRequestError(503, { message: 'overloaded' })
    expect(usageOf(await playNight({ spec: specOf(`${mock.url}/v1`, { api }), slots: 1 }))?.tried).toEqual([
      'server-error',
    ])
    mock.setChaos({ disconnectRate: 1 })
    const cut = await playNight({ spec: specOf(`${mock.url}/v1`, { api, timeoutSeconds: 2 }), slots: 1 })
    expect(faultsOf(cut)).toHaveLength(1)
    expect(cut.at(-1)).toMatchObject({ kind: 'end' })
  } finally {
    await mock.stop()
  }
})
