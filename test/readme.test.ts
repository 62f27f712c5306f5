// The README's examples do what the README says: every command in a sh block and every program in a js block is run.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const folder = mkdtempSync(path.join(os.tmpdir(), 'readme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')
const commands = blocks('sh').flatMap((block) => block.trim().split('\n'))
const inDist = (file: string) => path.join(root, 'dist', file)

test('there are examples', () => {
  expect(commands.length).toBeGreaterThan(4)
  expect(blocks('js').length).toBeGreaterThan(0)
})

test.each(commands)('%s', (command) => {
  const here = command.replaceAll('node dist/hocket.js', `"${process.execPath}" "${inDist('hocket.js')}"`)
  execFileSync('sh', ['-c', here], { cwd: folder, stdio: 'pipe' })
})

test.each(blocks('js').map((block, k) => [k, block] as const))('program %i', (k, block) => {
  const file = path.join(folder, `program-${k}.mjs`)
  const source = block.replace(/'hocket(\/node)?'/g, (_, node) => `'${inDist(node ? 'node.js' : 'index.js')}'`)
  writeFileSync(file, source)
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toMatch(/^0 .+\n0 true\n$/)
})

test('every page that the README names is there', () => {
  for (const [, page] of readme.matchAll(/\]\((?!http)([^)#]+)\)/g))
    expect(() => readFileSync(path.join(root, page ?? '')), page).not.toThrow(/ENOENT/)
})
