// The page of all runs, in real Chromium: found, sorted, tried and opened by hand and by keys.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWavWriter } from '../../src/node/sound/wav-writer.ts'
import { writeShelf, writeStates } from '../node/shelf-runs.ts'
import { findFaults, looks } from './look.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let url: string

beforeAll(async () => {
  stage = await openStage()
  writeShelf(stage.runs, 120)
  writeStates(stage.runs)
  const mix = createWavWriter(path.join(stage.runs, '120', 'mix.wav'), { sampleRate: 48_000, channels: 1 })
  mix.write([Float32Array.from({ length: 16 * 48_000 }, (_, n) => 0.1 * Math.sin(n / 20))])
  mix.finish()
  url = (await stage.serve()).url
})
afterAll(() => stage.close())

const open = async (wish = '', options?: Parameters<Stage['openPage']>[1]) => {
  const opened = await stage.openPage(`${url}runs.html${wish}`, options)
  await opened.page.waitForSelector('#rows tr')
  return opened
}

test('search, filter and sort narrow the list, and stand in the address', async () => {
  const { page, complaints } = await open()
  const rows = () => page.locator('#rows tr').count()
  expect(await page.textContent('#count')).toBe('126 runs.')
  expect(await rows()).toBe(50)
  await page.click('#after')
  await page.waitForFunction(() => /51 to 100 of 126/.test(document.getElementById('place')?.textContent ?? ''))
  await page.selectOption('[name=condition]', 'deaf')
  await page.fill('#search', 'selfish')
  await page.waitForFunction(() => /^\d+ of 126/.test(document.getElementById('count')?.textContent ?? ''))
  await page.selectOption('[name=sort]', { label: 'Interlock of the decks' })
  await page.selectOption('[name=sort]', { label: 'Interlock of the voices' })
  await page.waitForSelector('th.sorted:text-is("Interlock of the voices")')
  const marks = await page.locator('td[data-label="Interlock of the voices"] .place').allTextContents()
  expect(marks[0]).toMatch(/^0\.86, above \d+ % of 30, outside$/)
  const address = page.url()
  expect(new URL(address).searchParams.get('condition')).toBe('deaf')
  await page.reload()
  await page.waitForSelector('th.sorted')
  expect(await page.inputValue('#search')).toBe('selfish')
  await page.click('#clear')
  await page.waitForFunction(() => document.getElementById('count')?.textContent === '126 runs.')
  await page.context().close()
  expect(complaints).toEqual([])
})

test('by keys alone: down the list, a taste, and Enter opens the run ready to be played', async () => {
  const { page, complaints } = await open('?sort=name&search=hearing')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  const name = await page.evaluate(() => document.activeElement?.textContent)
  await page.keyboard.press('/')
  await page.fill('#search', 'seed 120')
  await page.waitForFunction(() => document.querySelectorAll('#rows tr').length === 1)
  await page.keyboard.press('Tab')
  await page.focus('a.open')
  await page.keyboard.press('p')
  await page.waitForFunction(() => (document.getElementById('preview') as HTMLAudioElement).currentTime > 8.1)
  expect(await page.getAttribute('.taste', 'aria-pressed')).toBe('true')
  await page.keyboard.press('p')
  expect(await page.getAttribute('.taste', 'aria-pressed')).toBe('false')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#start:enabled')
  expect(new URL(page.url()).hash).toMatch(/^#run=120(&|$)/)
  await page.context().close()
  expect([name, complaints]).toEqual(['4', []])
})

test('names are words; every state is told', async () => {
  const { page, complaints } = await open('?sort=name&from=120')
  const told = await page.locator('td[data-label=State]').allTextContents()
  expect(told.some((words) => words.startsWith('broke off in mid-line'))).toBe(true)
  expect(told).toContain('playing now')
  const names = await page.locator('td[data-label="Who plays"]').allTextContents()
  expect(names.join()).toContain('<img src=x onerror="document.title=1">g')
  expect(await page.locator('main img').count()).toBe(0)
  expect(await page.title()).toBe('hocket: all runs')
  await page.context().close()
  expect(complaints).toEqual([])
})

test('an empty shelf says what to do, and shows the first run by itself', async () => {
  const hidden = path.join(stage.runs, '..', `${path.basename(stage.runs)}-empty`)
  mkdirSync(hidden)
  const server = await stage.serve(0, hidden)
  const { page } = await stage.openPage(`${server.url}runs.html`)
  await page.waitForSelector('#nothing:not([hidden])')
  expect(await page.textContent('#nothing')).toMatch(/hocket party/)
  expect(await findFaults(page)).toEqual([])
  writeShelf(hidden, 1)
  // Looked at again and again, as a person would.
  await page.waitForFunction(
    () => document.dispatchEvent(new Event('visibilitychange')) && document.querySelector('#rows tr') !== null,
    null,
    { polling: 300 },
  )
  await page.context().close()
  rmSync(hidden, { recursive: true })
})

test.each([looks[0], looks[3]])('axe finds nothing and nothing overflows: $name', async ({ viewport, colorScheme }) => {
  const { page } = await open('?sort=together.consonance&state=notes', { viewport, colorScheme })
  expect(await findFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await page.context().close()
})
