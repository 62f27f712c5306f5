// A page that opens while its server is away, or has no run yet, opens by itself as soon as it can; hands in haste are followed;
// sixteen who all talk stay below the ceiling.
import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { longRecord } from '../../src/node/bench/long-record.ts'
import { textOf } from '../node/records.ts'
import { playShortParty } from '../party.ts'
import { openStage, type Stage, waitForLevel } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage('seldom')
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

test('a burst of presses: the clock is there at once, and only the first and the last place are rendered', async () => {
  mkdirSync(`${stage.runs}/long`)
  writeFileSync(`${stage.runs}/long/record.jsonl`, textOf(await playShortParty(20, 9, { bpm: 200 })))
  const server = await stage.serve()
  const countRenders = () => {
    const post = Worker.prototype.postMessage as (this: Worker, message: unknown, more?: never) => void
    Object.assign(window, { renders: 0 })
    Worker.prototype.postMessage = function (this: Worker, message: { kind?: string }, more?: never) {
      if (message.kind === 'render') Object.assign(window, { renders: Reflect.get(window, 'renders') + 1 })
      return post.call(this, message, more)
    } as typeof Worker.prototype.postMessage
  }
  const { page, complaints } = await stage.openPage(`${server.url}#run=long`, {}, countRenders)
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await waitForLevel(page, 'above', 0.003)
  const rendersNow = () => page.evaluate(() => Number(Reflect.get(window, 'renders')))
  const before = await rendersNow()
  const address = await page.evaluate(() => {
    for (let press = 0; press < 16; press++)
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', repeat: press > 0, cancelable: true }))
    return location.hash
  })
  const slotSeconds = (32 * 60) / 200
  expect(Number(/t=([\d.]+)/.exec(address)?.[1])).toBeCloseTo(16 * slotSeconds, 5)
  await page.waitForFunction((hash) => {
    const [minutes = 0, seconds = 0] =
      (document.getElementById('clock')?.textContent ?? '').split(' ')[0]?.split(':').map(Number) ?? []
    return minutes * 60 + seconds > hash
  }, 16 * slotSeconds)
  await waitForLevel(page, 'above', 0.003)
  // Two decks, the slot that sounds and the one after, at the first place and at the last.
  expect((await rendersNow()) - before).toBeLessThanOrEqual(8)
  expect(complaints).toEqual([])
})

test('sixteen who all talk at once are never above -1 dBFS at the loudspeakers', async () => {
  mkdirSync(`${stage.runs}/sixteen`)
  writeFileSync(`${stage.runs}/sixteen/record.jsonl`, textOf([...longRecord({ agents: 16, tokens: 4800 })]))
  const server = await stage.serve()
  const keepPeak = () => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown
    AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
      if (to[0] instanceof AudioDestinationNode) {
        const sides = new ChannelSplitterNode(this.context, { numberOfOutputs: 2 })
        const ears = [0, 1].map(() => new AnalyserNode(this.context, { fftSize: 32_768 }))
        const samples = new Float32Array(32_768)
        connect.call(this, sides)
        ears.forEach((ear, side) => {
          connect.call(sides, ear, side)
        })
        window.setInterval(() => {
          for (const ear of ears) {
            ear.getFloatTimeDomainData(samples)
            const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
            Object.assign(window, { peak: Math.max(peak, Number(Reflect.get(window, 'peak') ?? 0)) })
          }
        }, 250)
      }
      return connect.apply(this, to)
    } as typeof AudioNode.prototype.connect
  }
  const { page, complaints } = await stage.openPage(`${server.url}#run=sixteen&t=4`, {}, keepPeak)
  page.setDefaultTimeout(30_000)
  await page.waitForSelector('#start:enabled')
  await page.click('#start')
  await waitForLevel(page, 'above', 0.05)
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const peak = await page.evaluate(() => Number(Reflect.get(window, 'peak')))
  expect(peak).toBeGreaterThan(0.3)
  expect(peak).toBeLessThanOrEqual(10 ** (-1 / 20))
  expect(complaints).toEqual([])
})
