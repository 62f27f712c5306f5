// The house's table as data: who may import whom, and what pure rooms must not touch.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src', import.meta.url))
const foundation = ['units', 'random', 'record', 'kernel']
const allowed: Record<string, string[]> = {
  units: [],
  random: [],
  kernel: [],
  record: ['units'],
  stream: ['units', 'record'],
  sonify: ['units', 'random', 'record'],
  render: ['units', 'record', 'kernel'],
  hear: ['units', 'kernel'],
  measure: ['units', 'random', 'hear', 'record'],
  null: ['units', 'random', 'measure', 'record'],
  feedback: ['record', 'measure'],
  party: ['units', 'random', 'record', 'feedback', 'djs'],
  djs: ['units', 'random', 'record'],
  gauntlet: ['units', 'random', 'record'],
  experiment: ['random', 'record', 'measure', 'null'],
  judging: ['random', 'record'],
  pipeline: [...foundation, 'stream', 'sonify', 'render', 'hear', 'measure', 'null'],
  index: ['*'],
  node: ['*'],
  web: ['*'],
}
const typesOnly: Record<string, string[]> = {
  measure: ['hear'],
  feedback: ['measure'],
  party: ['feedback'],
  null: ['record'],
}
const edges = new Set(['node', 'web', 'index'])

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (file: string) => file.split(path.sep)[0]?.replace(/\.ts$/, '') ?? ''
const imports = (text: string) =>
  [...text.matchAll(/^(?:import|export)\s(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gms)].map((m) => ({
    type: m[1] !== undefined,
    from: m[2] ?? '',
  }))

test.each(files)('%s imports only what its room may', (file) => {
  const room = roomOf(file)
  const may = allowed[room]
  expect(may, `room "${room}" stands in the table`).toBeDefined()
  for (const { type, from } of imports(readFileSync(path.join(source, file), 'utf8'))) {
    if (!from.startsWith('.')) continue
    const target = path.relative(source, path.join(source, path.dirname(file), from))
    const other = roomOf(target)
    if (other === room || target.startsWith('..') || may?.includes('*')) continue
    if (room !== 'web' && other === 'web') expect.fail(`${file} imports ${from}`)
    expect(may, `${file} imports ${from}`).toContain(other)
    if (typesOnly[room]?.includes(other)) expect(type, `${file} takes only types from ${other}`).toBe(true)
    if (target.includes(path.sep))
      expect(path.basename(target), `${file} goes through the face of ${other}`).toBe('index.ts')
  }
})

test.each(files.filter((file) => !edges.has(roomOf(file))))('%s has no dice and no clock of its own', (file) => {
  const text = readFileSync(path.join(source, file), 'utf8')
  expect(text).not.toMatch(/Math\.random|Date\.now|new Date\(\)|performance\.now/)
})

test('nothing above the edges imports an edge', () => {
  expect(allowed.web).toEqual(['*'])
  const web = files.filter((file) => roomOf(file) === 'web')
  for (const file of web)
    expect(readFileSync(path.join(source, file), 'utf8'), file).not.toMatch(/from\s+['"][^'"]*\/node\//)
})

test('no file is longer than 300 lines', () => {
  const root = path.join(source, '..')
  const long = ['src', 'worklets', 'samples', 'test'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file))
      .filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 301),
  )
  expect(long).toEqual([])
})
