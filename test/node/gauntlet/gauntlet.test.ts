// A few cases through the whole path: what is spam falls, what lives stands, and the command says so.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { defaultRanking } from '../../../src/measure/index.ts'
import { runCommand } from '../../../src/node/command/program.ts'
import type { GauntletResult } from '../../../src/node/gauntlet/run.ts'
import { openWav } from '../../../src/node/sound/wav-reader.ts'
import { rankingComponents } from '../../../src/record/index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'gauntlet-'))
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const print = (text: string) => {
    out += text
  }
  const say = (text: string) => {
    err += text
  }
  const code = await runCommand(['gauntlet', ...words], { print, say })
  return { code, out, err }
}

test('the quick cases come apart, with a page and the sound of each', async () => {
  const out = path.join(folder, 'quick')
  const { code, out: printed } = await run('--quick', '--out', out, '--json')
  const result = JSON.parse(printed) as GauntletResult
  expect(code).toBe(0)
  expect(result.measures[0]).toMatchObject({ name: 'ranking composite', auc: 1, failures: [] })
  expect(result.measures[0]?.margin).toBeGreaterThan(0.2)
  const onset = result.cases.find(({ name }) => name === 'yes-spam')?.runs[0]?.collapses
  expect(onset).toContain('a repetition @0')

  const page = readFileSync(path.join(out, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script|https?:|NaN|undefined</)
  for (const { name, title } of result.cases) {
    expect(page).toContain(`src="sound/${name}.wav"`)
    expect(page).toContain(title)
    const wav = openWav(path.join(out, 'sound', `${name}.wav`))
    expect([wav.sampleRate, wav.channels, wav.frames]).toEqual([16_000, 2, 128_000])
    const [left] = wav.read(0, wav.frames)
    expect((left as Float32Array).some((sample) => Math.abs(sample) > 0.01)).toBe(true)
    wav.close()
  }
  expect(readdirSync(out).sort()).toEqual(['gauntlet.json', 'index.html', 'sound'])
})

test('settings that look at consonance alone let spam through, and the command fails', async () => {
  const weights = Object.fromEntries(rankingComponents.map((name) => [name, name === 'consonance' ? 1 : 0]))
  const file = path.join(folder, 'consonance.json')
  writeFileSync(file, JSON.stringify({ ...defaultRanking, name: 'consonance only', weights }))
  const { code, out } = await run('--only', 'kotekan,one-key', '--seeds', '1', '--settings', file)
  expect(code).toBe(1)
  expect(out).toMatch(/ranking composite +0\.000 .* 1: one-key/)
  expect(out).toContain('consonance only')
})

test('names and settings that cannot be are refused', async () => {
  expect(await run('--only', 'nonsense')).toMatchObject({ code: 2, err: expect.stringContaining('got "nonsense"') })
  const file = path.join(folder, 'broken.json')
  writeFileSync(file, '{"version":1}')
  expect(await run('--settings', file)).toMatchObject({ code: 1, err: expect.stringContaining('broken.json') })
})
