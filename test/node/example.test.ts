// docs/example.md: its command is run, and what it prints is what the page says.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runHocket } from './hocket.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the worked example prints the verdict that its page shows', async () => {
  const page = readFileSync(path.join(root, 'docs', 'example.md'), 'utf8')
  const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? ''
  const [, , ...words] = block('sh').trim().split(' ')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'example-'))
  const placed = words.map((word) => (word === 'keepers' ? path.join(folder, word) : word))
  const { code, stdout } = await runHocket(placed, { cwd: root })
  rmSync(folder, { recursive: true })
  expect(code).toBe(0)
  expect(stdout.startsWith(block('text').trim()), stdout).toBe(true)
})
