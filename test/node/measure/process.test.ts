// The built command as a process: exit codes, the first answer before the input ends, a reader that leaves, help.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { measureKinds } from '../../../src/node/measure/index.ts'
import { hocketFile, runHere, runHocket, startHocket } from '../hocket.ts'

const line = (id: string) => `${JSON.stringify({ id, symbols: ['a'] })}\n`
const measure = (input: string) => runHocket(['measure', 'vitality'], { input })

test('exit code 0 when all lines are well, 1 when one is not, and nothing for nothing', async () => {
  expect(await measure('')).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await measure(line('a'))).toMatchObject({ code: 0, stderr: '' })
  const { code, stdout, stderr } = await measure(`${line('a')}no\n${line('b')}`)
  expect(stdout.trimEnd().split('\n')).toHaveLength(3)
  expect([code, stderr]).toEqual([1, 'hocket: 1 of 3 lines were not measured; the answers say why.\n'])
})

test('the first answer comes before the input ends', async () => {
  const child = startHocket(['measure', 'vitality'])
  child.stdin?.write(line('first'))
  const [data] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  expect(JSON.parse(String(data)).id).toBe('first')
  child.stdin?.end()
  expect(await once(child, 'close')).toEqual([0, null])
})

test('a reader that leaves early is no fault', async () => {
  const child = startHocket(['measure', 'vitality'])
  let stderr = ''
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(line('a').repeat(20_000))
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  child.stdout?.destroy()
  child.stdin?.end(line('b').repeat(20_000))
  expect([await once(child, 'close'), stderr]).toEqual([[0, null], ''])
})

test('a folder as standard input is told', () => {
  const stdin = openSync('.', 'r')
  const { status, stderr } = spawnSync(process.execPath, [hocketFile, 'measure', 'vitality'], {
    stdio: [stdin, 'pipe', 'pipe'],
  })
  expect([status, String(stderr)]).toEqual([
    1,
    expect.stringMatching(/^hocket: standard input: expected JSON lines, got a folder/),
  ])
})

test('help names every kind, and of each kind every field', async () => {
  const { code, stdout } = await runHocket(['measure', '--help'])
  expect(code).toBe(0)
  for (const kind of measureKinds) {
    expect(stdout).toContain(`  ${kind.name} `)
    const help = await runHere(['measure', kind.name, '--help'])
    for (const [name, field] of Object.entries(kind.schema.shape)) {
      expect(field.description?.length, name).toBeGreaterThan(5)
      expect(help.stdout).toMatch(new RegExp(`^  ${name} +${field.description?.slice(0, 5)}`, 'm'))
    }
    for (const example of kind.examples) expect(kind.schema.safeParse(JSON.parse(example)).success, example).toBe(true)
    expect(help.stdout).toContain(`| hocket measure ${kind.name}`)
  }
})

test.each([
  [['measure']],
  [['measure', 'colour']],
  [['measure', 'vitality', 'file.jsonl']],
  [['measure', 'vitality', '--fast']],
])('%j is wrong usage', async (words) => {
  const { code, stdout, stderr } = await runHere(words)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr.length).toBeGreaterThan(10)
})
