// A page that opens while its server is away, or has no run yet, opens by itself as soon as it can.
import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf } from '../node/records.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('an empty shelf is looked at again; what is not answered at first is asked for again, in words', async () => {
  const server = await stage.serve()
  const { page } = await stage.openPage('about:blank')
  page.setDefaultTimeout(20_000)
  const failed = new Set<string>()
  for (const name of ['api/runs?*', 'kernel.wasm', 'api/library', 'api/lexicon'])
    await page.route(`${server.url}${name}`, (route) => {
      if (failed.has(name)) return route.continue()
      failed.add(name)
      return route.abort()
    })
  await page.goto(server.url)
  await page.waitForFunction(() => /Trying again/.test(document.getElementById('line')?.textContent ?? ''))
  await page.waitForFunction(() => /No run yet/.test(document.getElementById('welcome-words')?.textContent ?? ''))
  mkdirSync(`${stage.runs}/late`)
  writeFileSync(`${stage.runs}/late/record.jsonl`, textOf(await playShortParty(2)))
  await page.waitForSelector('#start:enabled')
  expect([...failed]).toHaveLength(4)
  expect(await page.evaluate(() => location.hash)).toContain('run=late')
})
