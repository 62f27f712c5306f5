// The bytes of one answer on their way through -> what is said in it. Compressed bytes are opened, events are read as they come, an answer in
// one piece when it is whole. What cannot be read is passed over: the client gets its bytes all the same.
import type { Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { type AddedTokens, createAnswerReader, createComplaints } from '../../stream/index.ts'
import { createEventReader } from './event-reader.ts'

/** An answer in one piece that is longer is not heard, bytes. */
const longestAnswer = 8 << 20

export interface AnswerHead {
  /** The values of Content-Type and Content-Encoding, '' without. */
  readonly type: string
  readonly encoding: string
}

export interface Answer {
  push(bytes: Uint8Array): void
  /** No more comes; resolves when all is heard. */
  end(): Promise<void>
}

/** `onTokens` gets what each event adds; `onFault` is told once why the rest is not heard. */
export interface AnswerListener {
  onTokens(added: readonly AddedTokens[]): void
  onFault(why: string): void
}

/** null: an answer of this kind is not heard. */
export function openAnswer({ type, encoding }: AnswerHead, listener: AnswerListener): Answer | null {
  const kind = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const parser =
    kind === 'text/event-stream' ? hearEvents(listener) : /[/+]json$/.test(kind) ? hearWhole(listener) : null
  if (parser === null) return null
  const name = encoding.trim().toLowerCase()
  if (name === '' || name === 'identity')
    return { push: guarded(parser.push, listener), end: async () => guarded(parser.end, listener)() }
  const opener = openers[name]
  if (opener !== undefined) return openCompressed(opener(), parser, listener)
  listener.onFault(`content-encoding ${name.slice(0, 20)}`)
  return null
}

interface Parser {
  push(bytes: Uint8Array): void
  end(): void
}

const flushes = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const openers: Record<string, () => Transform> = {
  gzip: () => createGunzip(flushes),
  'x-gzip': () => createGunzip(flushes),
  deflate: () => createInflate(flushes),
  br: () =>
    createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
}

function openCompressed(opened: Transform, parser: Parser, listener: AnswerListener): Answer {
  opened.on('data', guarded(parser.push, listener))
  const done = new Promise<void>((resolve) => {
    opened.once('end', resolve)
    opened.once('close', resolve)
    opened.once('error', (error) => {
      listener.onFault(error.message)
      resolve()
    })
  })
  return {
    push: (bytes) => void (opened.writable && opened.write(bytes)),
    async end() {
      if (opened.writable) opened.end()
      await done
      guarded(parser.end, listener)()
    },
  }
}

/** A fault of the parser is told and goes no further. */
function guarded<Value extends readonly unknown[]>(work: (...value: Value) => void, listener: AnswerListener) {
  return (...value: Value): void => {
    try {
      work(...value)
    } catch (error) {
      listener.onFault((error as Error).message)
    }
  }
}

function hearEvents({ onTokens, onFault }: AnswerListener): Parser {
  const events = createEventReader()
  const reader = createAnswerReader(createComplaints('lenient'))
  const take = (data: readonly string[]): void => {
    for (const one of data) {
      if (one.trim() === '[DONE]') continue
      const value = parseJson(one)
      if (value === undefined) onFault('an event that is no JSON')
      else onTokens(reader.readEvent(value))
    }
  }
  return { push: (bytes) => take(events.push(bytes)), end: () => take(events.finish()) }
}

function hearWhole({ onTokens, onFault }: AnswerListener): Parser {
  let parts: Uint8Array[] = []
  let size = 0
  return {
    push(bytes) {
      size += bytes.length
      if (size <= longestAnswer) parts.push(Uint8Array.from(bytes))
      else parts = []
    },
    end() {
      const value = size > longestAnswer ? undefined : parseJson(Buffer.concat(parts).toString('utf8'))
      if (value === undefined)
        onFault(size > longestAnswer ? 'an answer of more than 8 MB' : 'an answer that is no JSON')
      else onTokens(createAnswerReader(createComplaints('lenient')).readWhole(value))
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
