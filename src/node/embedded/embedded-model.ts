// The embedded n-gram model and its personas, read from samples/ when first wanted and kept.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  createBaseModel,
  createPersonaModel,
  createWorkspace,
  decodeNgrams,
  type NgramModel,
  rankTokens,
  type Workspace,
} from '../../djs/embedded/index.ts'
import { InputError } from '../../record/index.ts'
import { installationRoot } from '../installation.ts'
import { encodeText } from './tokens.ts'

export const ngramFile = path.join(installationRoot, 'samples', 'language-model', 'ngrams.bin.gz')
export const personaFolder = path.join(installationRoot, 'samples', 'personas')

/** The base model from its file. Throws InputError when it is not there or not one. */
export function loadNgramModel(file: string = ngramFile): NgramModel {
  if (!existsSync(file))
    throw new InputError(
      'no-language-model',
      `${file}: expected the n-gram model, found nothing. Install hocket again.`,
    )
  try {
    const { levels, tokens } = decodeNgrams(gunzipSync(readFileSync(file)))
    return createBaseModel(levels, rankTokens(tokens))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new InputError('bad-language-model', `${file}: expected the n-gram model, got ${what}. Install hocket again.`)
  }
}

export interface EmbeddedModel {
  readonly base: NgramModel
  readonly workspace: Workspace
  /** Names of the personas, in order. */
  readonly personas: readonly string[]
  /** A persona's model, counted when first wanted. Throws InputError when there is none of that name. */
  readonly personaOf: (name: string) => NgramModel
}

let kept: EmbeddedModel | undefined

/** The installed model; one per process. */
export function embeddedModel(): EmbeddedModel {
  kept ??= createEmbeddedModel(loadNgramModel(), readPersonas())
  return kept
}

/** `personas`: texts by name, one line an utterance. */
export function createEmbeddedModel(base: NgramModel, personas: ReadonlyMap<string, string>): EmbeddedModel {
  const models = new Map<string, NgramModel>()
  const personaOf = (name: string): NgramModel => {
    const text = personas.get(name)
    if (text === undefined)
      throw new InputError(
        'no-persona',
        `embedded model: expected a persona among ${[...personas.keys()].join(', ')}, got "${name}". Name one of them.`,
      )
    const model = models.get(name) ?? createPersonaModel(linesOf(text).map(encodeText), base)
    models.set(name, model)
    return model
  }
  return { base, workspace: createWorkspace(base), personas: [...personas.keys()], personaOf }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Texts of the installed personas by name. */
export function readPersonas(): Map<string, string> {
  const files = existsSync(personaFolder) ? readdirSync(personaFolder).filter((file) => file.endsWith('.txt')) : []
  files.sort()
  return new Map(
    files.map((file) => [file.slice(0, -'.txt'.length), readFileSync(path.join(personaFolder, file), 'utf8')]),
  )
}
