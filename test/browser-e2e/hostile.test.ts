// Records that mean harm, in real Chromium: shown as text or refused in words; nothing they hold runs, and the policy is never broken.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatLine, type RecordLine, type SessionLine } from '../../src/record/index.ts'
import { session, smallRecord, textOf } from '../node/records.ts'
import { openStage, type Stage } from './stage.ts'

const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
const turned = '\u202egnp.exe\u2066\u0007\u0000'
const spoken = (words: readonly string[]) =>
  smallRecord(words.length).map((line) => (line.kind === 'token' ? { ...line, text: words[line.n - 1] ?? '' } : line))
const opened = (changed: Partial<SessionLine>) => smallRecord(3).with(0, { ...session, ...changed })
const first = (record: readonly RecordLine[], change: (text: string) => string) =>
  record.map((line, k) => (k === 1 ? change(formatLine(line)) : formatLine(line))).join('\n')

/** Runs that are shown, and what must be read on the page. */
const shown: Record<string, { text: string; sees: RegExp }> = {
  [`${markup.slice(0, 40).replaceAll('/', '')} run`]: { text: textOf(smallRecord(3)), sees: /Ada and Berta/ },
  markup: { text: textOf(spoken([markup, ` ${turned}`, ' end'])), sees: /<img src=x onerror="document\.title=1">/ },
  names: {
    text: textOf(
      opened({ agents: session.agents.map((agent, k) => ({ ...agent, title: [markup, turned][k] ?? '' })) }),
    ),
    sees: /<img src=x onerror/,
  },
  megabyte: { text: textOf(spoken(['x'.repeat(1_000_000), ' y', ' z'])), sees: /xxxx…/ },
  'many agents': {
    text: textOf([
      {
        ...session,
        agents: Array.from({ length: 64 }, (_, k) => {
          return { agent: `a${k}`, title: `Agent ${k}`, dj: { kind: 'imported', from: 'x' } as const, mask: null }
        }),
      },
      { n: 1, kind: 'end', slots: 1, seconds: 1, reason: 'finished' },
    ]),
    sees: /Agent 63/,
  },
}

/** Runs that are refused, and how. */
const refused: Record<string, { text: string | Uint8Array; says: RegExp }> = {
  'not a number': {
    text: first(smallRecord(3), (text) => text.replace(/"t":\d+/, '"t":NaN')),
    says: /line 2: expected one JSON object/,
  },
  'negative tempo': { text: textOf(opened({})).replace('"bpm":126', '"bpm":-48000'), says: /line 1: field "bpm"/ },
  'lying number': {
    text: first(smallRecord(3), (text) => text.replace('"n":1', '"n":7')),
    says: /expected line 1, got 7/,
  },
  'lying slot': {
    text: first(smallRecord(3), (text) => text.replace('"slot":0', '"slot":9e14')),
    says: /within 10000/,
  },
  'lying end': { text: textOf(smallRecord(3)).replace('"slots":1', '"slots":9e14'), says: /within 10000/ },
  nested: { text: `${formatLine(session)}\n${'['.repeat(3_000_000)}\n`, says: /line 2: expected one JSON object/ },
  'a line without end': {
    text: `${formatLine(session)}\n${' '.repeat(9_000_000)}\n`,
    says: /line 2: expected at most 8388608/,
  },
  binary: {
    text: Buffer.concat([Buffer.from(`${formatLine(session)}\n`), Buffer.from([0xff, 0xfe, 10])]),
    says: /line 2.*UTF-8/,
  },
  'another version': {
    text: textOf(opened({})).replace('"schema":1', '"schema":99'),
    says: /expected record schema 1, got 99/,
  },
}

let stage: Stage
let url: string

beforeAll(async () => {
  stage = await openStage()
  const runs = Object.entries({ ...shown, ...refused })
  for (const [id, { text }] of runs) {
    mkdirSync(path.join(stage.runs, id))
    writeFileSync(path.join(stage.runs, id, 'record.jsonl'), text)
  }
  // Scores that lie, and a mix whose header does.
  const scores = { seconds: 1e308, together: { consonance: 'NaN' }, twins: markup, series: Array(1e5).fill([[[]]]) }
  writeFileSync(path.join(stage.runs, 'markup', 'scores.json'), JSON.stringify(scores))
  const header = Buffer.alloc(44, 'RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1')
  header.writeInt32LE(-48_000, 24)
  writeFileSync(path.join(stage.runs, 'markup', 'mix.wav'), header)
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

const choose = (page: Page, id: string) => page.selectOption('#runs', id)

test('shown as text: markup, turned text, a token of a megabyte, 64 agents, scores that lie', async () => {
  const { page, complaints } = await stage.openPage(url)
  for (const [id, { sees }] of Object.entries(shown)) {
    await choose(page, id)
    await page.waitForSelector('#start:enabled')
    await page.click('#start')
    await page.waitForFunction(
      (pattern) => new RegExp(pattern).test(document.getElementById('room')?.textContent ?? ''),
      sees.source,
    )
    expect(await page.locator('main img, main script').count(), id).toBe(0)
    expect(await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069\0]/.test(document.body.textContent ?? '')), id).toBe(
      false,
    )
    expect(await page.title()).toMatch(/listening room/)
  }
  await page.context().close()
  expect(complaints).toEqual([])
})

test('refused, each with its line and what was expected; the next run opens all the same', async () => {
  const { page, complaints } = await stage.openPage(`${url}#run=markup`)
  await page.waitForSelector('#start:enabled')
  for (const [id, { says }] of Object.entries(refused)) {
    await choose(page, id)
    await page.waitForFunction(
      (pattern) => new RegExp(pattern).test(document.getElementById('line')?.textContent ?? ''),
      says.source,
    )
    expect((await page.textContent('#line'))?.length, id).toBeLessThan(600)
  }
  await choose(page, 'markup')
  await page.waitForSelector('#start:enabled')
  await page.context().close()
  expect(complaints).toEqual([])
})

test('a mix whose header lies is told, not played', async () => {
  const { page } = await stage.openPage(`${url}runs.html?search=markup`)
  await page.click('.taste')
  await page.waitForFunction(() => /cannot be played/.test(document.getElementById('count')?.textContent ?? ''))
  await page.context().close()
})
