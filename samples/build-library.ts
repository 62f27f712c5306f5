// Writes samples/library.json: every track, one a line. `npx tsx samples/build-library.ts`; equal code gives equal bytes.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Library, librarySchema, styleNames } from '../src/record/index.ts'
import { composeStyle } from './compose/tracks.ts'

/** All tracks, styles in their order. */
export function buildLibrary(): Library {
  return librarySchema.parse({ version: 1, tracks: styleNames.flatMap((style) => composeStyle(style)) })
}

/** The file's text. */
export function formatLibrary(library: Library): string {
  const tracks = library.tracks.map((track) => JSON.stringify(track)).join(',\n')
  return `{"version":${library.version},"tracks":[\n${tracks}\n]}\n`
}

const file = fileURLToPath(new URL('library.json', import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, formatLibrary(buildLibrary()))
