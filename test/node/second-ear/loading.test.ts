// essentia.js is large and is loaded by those who ask for it alone. In a worker that ran nothing before.
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { runCommand } from '../../../src/node/command/program.ts'
import { createSecondEar } from '../../../src/node/second-ear/index.ts'

const libraryIsLoaded = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('essentia'))

test('other commands do not load the library', async () => {
  await runCommand(['measure', '--help'], { print: () => {}, say: () => {} })
  await runCommand(['compare-ears', '--help'], { print: () => {}, say: () => {} })
  expect(libraryIsLoaded()).toBe(false)
  createSecondEar()
  expect(libraryIsLoaded()).toBe(true)
})
