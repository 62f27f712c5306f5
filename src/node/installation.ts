// Where hocket's own files lie (kernel, page, library, masks, scenarios) and how they are read: checked, with their SHA-256.
// Works from dist/ and from the sources alike: the root is the nearest folder above this file whose package.json is hocket's.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { createMeanings, type Meanings } from '../measure/index.ts'
import {
  explain,
  InputError,
  type Library,
  librarySchema,
  type Mask,
  maskSchema,
  readLexicon,
  type Scenario,
  scenarioSchema,
} from '../record/index.ts'
import { createLexicon, type Lexicon } from '../sonify/index.ts'
import { type LoadedKernel, loadKernel } from './kernel.ts'

/** The folder of hocket's package.json. */
export const installationRoot: string = findRoot()
/** The version in package.json, written into every record. */
export const installedVersion: string = readManifest(installationRoot)?.version ?? '0'

const inRoot = (...parts: string[]) => path.join(installationRoot, ...parts)
export const kernelFile = inRoot('dist', 'kernel.wasm')
export const lexiconFile = inRoot('samples', 'lexicon', 'motifs.bin')
export const pageFolder = inRoot('dist', 'page')
/** The judges' page. */
export const judgingPageFolder = inRoot('dist', 'judge')
/** The page that `hocket bench worklet` opens. */
export const loadFolder = inRoot('dist', 'load')

function findRoot(): string {
  const start = path.dirname(fileURLToPath(import.meta.url))
  for (let folder = start; ; folder = path.dirname(folder)) {
    if (readManifest(folder)?.name === 'hocket') return folder
    if (path.dirname(folder) === folder)
      throw new InputError('installation', `${start}: expected to lie inside hocket's folder. Install it again.`)
  }
}

function readManifest(folder: string): { name?: string; version?: string } | null {
  const file = path.join(folder, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }) : null
}

/** The kernel, instantiated afresh. Throws InputError when it is not built. */
export function loadInstalledKernel(): LoadedKernel {
  if (!existsSync(kernelFile))
    throw new InputError('no-kernel', `${kernelFile}: expected the built kernel, found nothing. Run \`npm run build\`.`)
  return loadKernel(kernelFile)
}

export interface LoadedLibrary {
  readonly library: Library
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string
  readonly file: string
}

/** Every track there is. Throws InputError. */
export function loadLibrary(file: string = inRoot('samples', 'library.json')): LoadedLibrary {
  const text = readText(file)
  return { library: parseJson(librarySchema, text, file), hash: createHash('sha256').update(text).digest('hex'), file }
}

/** Which motif each word has. Throws InputError. */
export function loadLexicon(file: string = lexiconFile): Lexicon {
  return createLexicon(readLexicon(readBytes(file), file))
}

/** Every word of the lexicon. Throws InputError. */
export function loadLexiconWords(): readonly string[] {
  return readLexicon(readBytes(lexiconFile), lexiconFile).words
}

/** What the lexicon's words mean, for measuring a mapping. Throws InputError. */
export function loadMeanings(file: string = inRoot('samples', 'lexicon', 'meanings.bin')): Meanings {
  const bytes = readBytes(file)
  const words = loadLexiconWords()
  if (bytes.length === 0 || bytes.length % words.length !== 0)
    throw new InputError(
      'bad-file',
      `${file}: expected a row of bytes for each of ${words.length} words, got ${bytes.length} bytes. Install hocket again.`,
    )
  return createMeanings(words, new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length))
}

/** The pairs of words that the lexicon is tested with, rated from WordNet. */
export const pairsFile = inRoot('samples', 'lexicon', 'pairs.csv')

/** A scenario from a file. Throws InputError. */
export function loadScenario(file: string): Scenario {
  return parseJson(scenarioSchema, readText(file), file)
}

/** One mask from a file. Throws InputError. */
export function loadMask(file: string): Mask {
  return parseJson(maskSchema, readText(file), file)
}

/** A whole text file. Throws InputError when it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** A whole file as it is. Throws InputError when it cannot be read. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** What to tell a person when a file cannot be opened. */
export function unreadable(file: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code
  const got =
    code === 'ENOENT'
      ? 'found nothing (no such file)'
      : code === 'EISDIR'
        ? 'got a folder'
        : code === 'EACCES' || code === 'EPERM'
          ? 'may not read it'
          : `got ${code ?? String(error)}`
  return new InputError('unreadable', `${file}: expected a readable file, ${got}. Check the path.`)
}

/** JSON text checked by a schema. Throws InputError naming the file, the field and what was expected. */
function parseJson<Schema extends z.ZodType>(schema: Schema, text: string, where: string): z.infer<Schema> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError('not-json', `${where}: expected JSON, got ${(error as Error).message}. Correct the file.`)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new InputError('bad-file', `${where}: ${explain(parsed.error)}. Correct the file.`)
  return parsed.data
}
