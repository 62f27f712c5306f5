// Answers kept on disk by what was asked: SHA-256 over server, model, prompt, seed and settings. Only whole turns are kept, never keys.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { DjItem, DjToken, Percept } from '../../djs/index.ts'
import type { Usage } from '../../record/index.ts'
import type { AbortableDj } from './wrappers.ts'

const likelihood = z.number().max(0)
const storedSchema = z.strictObject({
  tokens: z.array(
    z.strictObject({
      text: z.string(),
      logprob: likelihood.optional(),
      top: z.array(z.strictObject({ text: z.string(), logprob: likelihood })).optional(),
    }),
  ),
  finish: z.string().nullable(),
  model: z.string().nullable(),
})

export interface CacheSettings {
  readonly folder: string
  /** All that an answer depends on beside the prompt. */
  readonly settings: Readonly<Record<string, unknown>>
  /** The seed that goes with a percept. */
  seedOf(percept: Percept): number
}

/** Throws what the disk throws when the folder cannot be made. A file that cannot be read counts as none. */
export function withCache(dj: AbortableDj, { folder, settings, seedOf }: CacheSettings): AbortableDj {
  mkdirSync(folder, { recursive: true })
  return async function* (percept, signal): AsyncGenerator<DjItem> {
    const asked = JSON.stringify([settings, percept.system, percept.text, seedOf(percept)])
    const file = path.join(folder, `${createHash('sha256').update(asked).digest('hex')}.json`)
    const stored = readStored(file)
    if (stored !== null) {
      yield* stored
      return
    }
    const tokens: DjToken[] = []
    let usage: Usage | null = null
    for await (const item of dj(percept, signal)) {
      if ('usage' in item) usage = item.usage
      else tokens.push(item)
      yield item
    }
    const { finish, model } = usage ?? { finish: null, model: null }
    keep(file, JSON.stringify({ tokens, finish, model }))
  }
}

/** A full disk costs the cache an answer, not the party a turn. */
function keep(file: string, text: string): void {
  try {
    writeFileSync(`${file}.part`, text)
    renameSync(`${file}.part`, file)
  } catch {
    rmSync(`${file}.part`, { force: true })
  }
}

function readStored(file: string): DjItem[] | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  const stored = storedSchema.safeParse(parse(text))
  if (!stored.success) return null
  const { tokens, finish, model } = stored.data
  const items = tokens.map(({ text, logprob, top }) => ({
    text,
    ...(logprob === undefined ? {} : { logprob }),
    ...(top === undefined ? {} : { top }),
  }))
  const given = tokens.some(({ logprob }) => logprob !== undefined)
  const usage: Usage = {
    requests: 0,
    promptTokens: 0,
    answerTokens: 0,
    counted: 'tokenizer',
    firstTokenSeconds: 0,
    seconds: 0,
    finish,
    model,
    logprobs: given ? 'given' : 'missing',
    tried: [],
  }
  return [...items, { usage }]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
