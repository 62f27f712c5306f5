// The examples of docs/measure.md: every program runs, and every command answers what stands below it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { measureKinds } from '../src/node/measure/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(path.join(root, 'docs', 'measure.md'), 'utf8')
const folder = mkdtempSync(path.join(os.tmpdir(), 'measure-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const inDist = (file: string) => path.join(root, 'dist', file)

/** Blocks in the order of the page: programs, commands, answers. */
const blocks = [...page.matchAll(/```(js|sh|json)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}))

test('every kind has an example', () => {
  for (const { name } of measureKinds) {
    expect(page).toContain(`\n## ${name}\n`)
    expect(
      blocks.some(({ language, text }) => language === 'sh' && text.includes(`measure ${name}`)),
      name,
    ).toBe(true)
  }
})

test.each(
  blocks.map(({ language, text }, i) => [i, language, text] as const).filter(([, language]) => language !== 'json'),
)('block %i, %s', (i, language, text) => {
  if (language === 'js') return runProgram(text)
  const answer = blocks[i + 1]
  expect(answer?.language).toBe('json')
  expectRounded(JSON.parse(runShell(text)), JSON.parse(answer?.text ?? ''), 'answer')
})

function runProgram(text: string): void {
  const file = path.join(folder, 'program.mjs')
  writeFileSync(file, text.replaceAll("'hocket/node'", `'${inDist('node.js')}'`))
  execFileSync(process.execPath, [file], { cwd: folder, stdio: 'pipe' })
}

function runShell(text: string): string {
  const here = text.replaceAll('node dist/hocket.js', `"${process.execPath}" "${inDist('hocket.js')}"`)
  return execFileSync('sh', ['-c', here], { cwd: folder, encoding: 'utf8' })
}

/** Equal but for rounding to three decimals. */
function expectRounded(got: unknown, wanted: unknown, where: string): void {
  if (typeof wanted === 'number') expect(Math.abs((got as number) - wanted), where).toBeLessThanOrEqual(0.00051)
  else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(got as object), where).toEqual(Object.keys(wanted))
    for (const [key, value] of Object.entries(wanted))
      expectRounded((got as Record<string, unknown>)[key], value, `${where}.${key}`)
  } else expect(got, where).toBe(wanted)
}
