// What the page says while another run is heard beside this one, in real Chromium: of what sounds, and of the run itself apart from it.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatLine, type RecordLine } from '../../src/record/index.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
let complaints: string[]

const titled = (record: readonly RecordLine[], titles: readonly string[]) =>
  record.map((line) =>
    line.kind === 'session'
      ? { ...line, agents: line.agents.map((agent, k) => ({ ...agent, title: titles[k] ?? agent.title })) }
      : line,
  )
const write = (id: string, text: string) => {
  mkdirSync(path.join(stage.runs, id), { recursive: true })
  writeFileSync(path.join(stage.runs, id, 'record.jsonl'), text)
}
const textOf = (record: readonly RecordLine[]) => record.map((line) => `${formatLine(line)}\n`).join('')

beforeAll(async () => {
  stage = await openStage()
  write('this', textOf(titled(await playShortParty(3, 3, { bpm: 200 }), ['Mira', 'Orrin'])))
  const short = textOf(titled(await playShortParty(1, 5, { bpm: 200 }), ['Juno', 'Vesper']))
  write('short', short)
  write('torn', short.replaceAll('"kind":"world"', '"kind":"wor'))
  const { url } = await stage.serve()
  ;({ page, complaints } = await stage.openPage(`${url}#run=this`))
  page.setDefaultTimeout(20_000)
  await page.waitForSelector('#start:enabled')
})
afterAll(async () => {
  await stage.close()
  expect(complaints).toEqual([])
})

const says = (id: string, words: RegExp) =>
  page.waitForFunction(
    ([where, pattern]) =>
      new RegExp(pattern as string, 'u').test(document.getElementById(where as string)?.textContent ?? ''),
    [id, words.source],
  )
const textIn = (selector: string) => page.textContent(selector)

test('a stranger is told while it sounds, and no longer; what is measured is told as the run’s own', async () => {
  await page.selectOption('#other', 'short')
  // Wished and unwished at once: the last wish counts.
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  await page.waitForTimeout(700)
  expect(await page.getAttribute('#null', 'aria-pressed')).toBe('false')
  expect(await page.isVisible('.whose-measures')).toBe(false)

  await page.keyboard.press('n')
  await says('cast-line', /^The null: Orrin is a stranger from run short \(seed 5\), on the same beat/)
  expect(await textIn('.whose-measures')).toBe('Of the run itself, not of what you hear')
  expect(await page.isVisible('.whose-measures')).toBe(true)
  await expect.poll(() => textIn('#floor-name')).toBe('The floor of the run itself')
  await page.keyboard.press('r')
  await says('moment', /In the seat of Orrin: Vesper, a stranger from run short/)
  // Whatever else is said, who sounds stays told.
  await page.keyboard.press('1')
  await page.keyboard.press('0')
  await says('line', /^Every channel open\.( Paused\.)?$/)
  // Into a slot that the other run does not have: every word about it changes by itself.
  await page.keyboard.press('ArrowRight')
  await says('cast-line', /but run short has ended before this: the seat is silent\.$/)
  await says('moment', /^Slot 2 .*The seat of Orrin is silent: run short has ended\./)
  expect(await textIn('article.swapped .stranger')).toMatch(/which has ended$/)
  await page.keyboard.press('b')
  await says('cast-line', /^Run short has ended before this/)
  await says('floor-words', /^Run short has ended\.$/)
  await page.keyboard.press('ArrowLeft')
  await says('cast-line', /^You hear run short, in step/)
  await says('floor-name', /^The floor of run short$/)
  await page.keyboard.press('b')
  await says('line', /^The run itself again\.( Paused\.)?$/)
  expect(await textIn('#moment')).not.toMatch(/Vesper|itself/)
  await expect.poll(() => textIn('#floor-name')).toBe('The floor')
  expect(await textIn('#cast-line')).toBe('')
})

test('a moment that stands there is told anew where the stranger ends while it plays', async () => {
  await page.selectOption('#other', 'short')
  await page.keyboard.press('Home')
  for (let bar = 0; bar < 7; bar++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('n')
  await says('cast-line', /^The null: Orrin is a stranger/)
  await says('moment', /^Slot 1 .*In the seat of Orrin: Vesper/)
  await page.keyboard.press('Space')
  await says('moment', /^Slot 2 .*The seat of Orrin is silent: run short has ended\./)
  await says('cast-line', /has ended before this/)
  await page.keyboard.press('Space')
  await page.keyboard.press('n')
  await says('line', /^The run itself again\.( Paused\.)?$/)
})

test('a record that cannot be read is refused in words, and the run itself sounds on', async () => {
  await page.selectOption('#other', 'torn')
  await page.keyboard.press('n')
  // What the sound does may be told beside it.
  await says(
    'line',
    /^Of run torn, line \d+ of its record cannot be read, so it is not heard\. Choose another run\.( Paused\.)?$/,
  )
  expect(await page.getAttribute('#null', 'aria-pressed')).toBe('false')
})
