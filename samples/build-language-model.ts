// Builds samples/language-model/ngrams.bin.gz, the embedded n-gram model: modified Kneser-Ney counts up to four o200k tokens of the texts
// named in language-model/texts.ts. Every twentieth text of each source is held out; the model never sees it, and the figures printed
// (bits per character, per source and in all) are of these texts alone.
//   npm run build:language-model -- FOLDER      (a node_modules folder with the texts)
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'fflate'
import { encode, setMergeCacheSize } from 'gpt-tokenizer/encoding/o200k_base'
import {
  buildLevels,
  countNgrams,
  createBaseModel,
  encodeNgrams,
  type Levels,
  type NgramModel,
  rankTokens,
  seenTokens,
  surpriseOfText,
} from '../src/djs/embedded/index.ts'
import { readTexts, type Text } from './language-model/texts.ts'

const order = 4
/** Single tokens and pairs are all kept, longer n-grams when they occurred twice. */
const least = [1, 1, 2, 2]
/** One text in so many is held out. */
const heldOutEvery = 20

const folder = process.argv[2]
if (folder === undefined)
  throw new Error('build-language-model: expected the node_modules folder that holds the texts, got nothing.')
const texts = readTexts(folder)
setMergeCacheSize(1_000_000)
const { trained, heldOut } = split(texts)
const counted = countNgrams(
  trained.map((text) => encode(text.words)),
  order,
)
const tokens = seenTokens(counted)
const ranking = rankTokens(tokens)
const levels = buildLevels(counted, ranking.rankOf, least)
const bytes = encodeNgrams({ levels, tokens })
const packed = gzipSync(bytes, { level: 9, mtime: new Date('2000-01-01T00:00:00Z') })
writeFileSync(fileURLToPath(new URL('language-model/ngrams.bin.gz', import.meta.url)), packed)
describe(createBaseModel(levels, ranking), levels)

/** The tenth, thirtieth, fiftieth ... text of each source is held out. */
function split(all: readonly Text[]): { trained: Text[]; heldOut: Text[] } {
  const seen = new Map<string, number>()
  const trained: Text[] = []
  const heldOut: Text[] = []
  for (const text of all) {
    const index = seen.get(text.source) ?? 0
    seen.set(text.source, index + 1)
    if (index % heldOutEvery === heldOutEvery / 2) heldOut.push(text)
    else trained.push(text)
  }
  return { trained, heldOut }
}

function describe(model: NgramModel, all: Levels): void {
  const sizes = all.map((level) => level.rank.length)
  console.log(
    `${trained.length} texts counted, ${heldOut.length} held out; n-grams of 1 to ${order}: ${sizes.join(', ')}`,
  )
  console.log(
    `${packed.length} bytes compressed, ${bytes.length} before, SHA-256 of these ${createHash('sha256').update(bytes).digest('hex')}`,
  )
  const sums = new Map<string, { bits: number; characters: number; tokens: number }>()
  for (const text of heldOut) {
    const ids = encode(text.words)
    const bits = surpriseOfText(model, ids).reduce((sum, surprise) => sum + surprise, 0)
    for (const name of [text.source, 'all held-out texts']) {
      const sum = sums.get(name) ?? { bits: 0, characters: 0, tokens: 0 }
      sum.bits += bits
      sum.characters += text.words.length
      sum.tokens += ids.length + 1
      sums.set(name, sum)
    }
  }
  for (const [name, { bits, characters, tokens: count }] of sums)
    console.log(
      `${name}: ${(bits / characters).toFixed(4)} bits a character, ${(bits / count).toFixed(3)} a token, ${characters} characters`,
    )
}
