// What package.json promises to those who import hocket is there after a build.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const targets = [
  ...Object.values<string>(manifest.bin),
  ...Object.values<Record<string, string>>(manifest.exports).flatMap((entry) => Object.values(entry)),
]

test.each(targets)('%s is built', (target) => {
  expect(existsSync(fileURLToPath(new URL(`../${target}`, import.meta.url)))).toBe(true)
})

test('declarations lead only to declarations that are built', () => {
  const seen = new Set<string>()
  const follow = (url: URL) => {
    if (seen.has(url.href)) return
    seen.add(url.href)
    for (const [, from] of readFileSync(url, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']+)\.ts["']/g))
      follow(new URL(`${from}.d.ts`, url))
  }
  for (const target of targets.filter((file) => file.endsWith('.d.ts')))
    follow(new URL(`../${target}`, import.meta.url))
  expect(seen.size).toBeGreaterThan(50)
})
