// The list of runs: what each is and how it stands, found and sorted as asked, and read again only when it changed.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/node/server/app.ts'
import { pageOfShelf } from '../../src/node/server/shelf-page.ts'
import { createCatalogue } from '../../src/node/store/catalogue.ts'
import { createShelf } from '../../src/node/store/shelf.ts'
import { type RunSummary, type ShelfPage, shelfPageSchema } from '../../src/record/index.ts'
import { smallRecord, temporaryFolder, textOf } from './records.ts'
import { writeShelf, writeStates } from './shelf-runs.ts'

const folder = temporaryFolder()
const runs = path.join(folder, 'runs')
let all: RunSummary[]

beforeAll(async () => {
  writeShelf(runs, 40)
  writeStates(runs)
  all = await createCatalogue(createShelf(runs)).all()
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (wish: Record<string, string>) => pageOfShelf(all, new URLSearchParams(wish))
const namesOf = (page: ShelfPage) => page.runs.map(({ id }) => id)

test('every state is told', () => {
  const found = Object.fromEntries(all.map(({ id, state, scored }) => [id, [state, scored]]))
  expect(found).toMatchObject({
    1: ['ended', 'heard'],
    4: ['ended', 'notes'],
    7: ['ended', 'unscored'],
    'broken-off': ['broken-off', 'unscored'],
    torn: ['torn', 'unscored'],
    stopped: ['stopped', 'unreadable'],
    unreadable: ['unreadable', 'unscored'],
    playing: ['playing', 'unscored'],
  })
})

test('a run tells who plays, how long, and each measure beside its own band', () => {
  const [run] = ask({ search: 'seed 1', sort: 'name' }).runs
  expect(run).toMatchObject({
    id: '1',
    agents: [
      { title: 'Ada', dj: 'selfish', mask: null },
      { title: 'Berta', dj: 'selfish', mask: null },
    ],
    condition: 'deaf',
    scenario: 'warehouse',
    seconds: 2,
    measures: {
      'together.consonance': { value: 0.001, band: null },
      'pairs.*.interlock.voice.score': { value: 1 / 7, band: { low: 0.2, high: 0.8, count: 30, percentile: 0.1 } },
      'agents.*.vitality.vitality': { value: 0.4, band: { percentile: 1 } },
    },
  })
  expect(run?.measures).not.toHaveProperty('pairs.*.gain')
})

test('filters and words narrow together; facets count the whole shelf', () => {
  const deaf = ask({ condition: 'deaf', dj: 'selfish', count: '500' })
  expect(namesOf(deaf).length).toBeGreaterThan(2)
  expect(deaf.runs.every(({ condition, agents }) => condition === 'deaf' && agents[0]?.dj === 'selfish')).toBe(true)
  expect(deaf.total).toBe(46)
  expect(deaf.facets.state).toContainEqual({ name: 'torn', count: 1 })
  expect(ask({ search: 'BERTA transcript' }).matched).toBe(ask({ condition: 'transcript', search: 'berta' }).matched)
  expect(namesOf(ask({ state: 'torn' }))).toEqual(['torn'])
  expect(ask({ search: 'no such word' })).toMatchObject({ matched: 0, from: 0, runs: [] })
})

test('sorted by a measure, or by its place among twins; what has none comes last either way', () => {
  const sort = 'together.consonance'
  expect(namesOf(ask({ sort, count: '3' }))).toEqual(['40', '39', '38'])
  expect(namesOf(ask({ sort, order: 'up', count: '3' }))).toEqual(['1', '2', '3'])
  const byPlace = ask({ sort: 'pairs.*.interlock.voice.score', by: 'percentile', count: '500' }).runs
  const places = byPlace.map(({ measures }) => measures['pairs.*.interlock.voice.score']?.band?.percentile ?? -1)
  expect(places).toEqual([...places].sort((a, b) => b - a))
  expect(namesOf(ask({ sort: 'name', count: '12' })).slice(0, 3)).toEqual(['1', '2', '3'])
  expect(namesOf(ask({}))[0]).toBe('playing')
})

test('parts of the list put together are the list', () => {
  const whole = namesOf(ask({ count: '500' }))
  expect(whole).toHaveLength(46)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
      const parts: string[] = []
      for (let from = 0; from < whole.length; from += count)
        parts.push(...namesOf(ask({ from: String(from), count: String(count) })))
      expect(parts).toEqual(whole)
    }),
    { numRuns: 20 },
  )
})

test('no wish breaks the list', () => {
  const wish = fc.dictionary(
    fc.constantFrom('search', 'condition', 'sort', 'by', 'order', 'from', 'count', 'state', '__proto__'),
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '-1', '1e9', 'NaN', 'together.consonance')),
  )
  fc.assert(
    fc.property(wish, (given) => {
      const page = ask(given)
      expect(page.runs.length).toBeLessThanOrEqual(page.matched)
      shelfPageSchema.parse(JSON.parse(JSON.stringify(page)))
    }),
    { numRuns: 200 },
  )
})

test('a run is read again when its record or its scores change, and only then', async () => {
  const own = path.join(folder, 'own')
  writeShelf(own, 2)
  let time = 0
  const catalogue = createCatalogue(createShelf(own), () => {
    time += 10_000
    return time
  })
  const sum = async () => new Map((await catalogue.all()).map((run) => [run.id, run]))
  const [first, again] = [await sum(), await sum()]
  expect(again.get('1')).toBe(first.get('1'))
  writeFileSync(path.join(own, '1', 'record.jsonl'), textOf(smallRecord(5)))
  const third = await sum()
  expect([third.get('1')?.seconds, third.get('2')]).toEqual([5, first.get('2')])
  utimesSync(path.join(own, '2', 'scores.json'), 1, 1)
  expect((await sum()).get('2')).not.toBe(third.get('2'))
  rmSync(path.join(own, '2'), { recursive: true })
  expect([...(await sum()).keys()]).toEqual(['1'])
})

test('over HTTP: the list, one run, an empty shelf', async () => {
  const request = (where: string, from = runs) =>
    createApp({ shelf: createShelf(from) }).request(`http://localhost${where}`, { headers: { host: 'localhost' } })
  const page = shelfPageSchema.parse(await (await request('/api/shelf?mask=&search=torn&sort=name')).json())
  expect(namesOf(page)).toEqual(['torn'])
  expect(await (await request('/api/runs/torn')).json()).toMatchObject({ id: 'torn', finished: false })
  expect((await request('/api/runs/..')).status).toBe(404)
  expect(await (await request('/api/runs?most=3')).json()).toHaveLength(3)
  mkdirSync(path.join(folder, 'none'))
  expect(await (await request('/api/shelf', path.join(folder, 'none'))).json()).toMatchObject({ total: 0, runs: [] })
})
