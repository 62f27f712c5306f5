// Whole WAVs over a network of any speed: a request ends when nothing has come for a while, not when it takes long, and what came before it
// broke off is not asked for again (a range of bytes: RFC 9110, section 14). What came lies in the page's memory until the sound is whole.

/** How much of a sound is here. */
export interface Coming {
  readonly bytes: number
  readonly of: number
}

export interface DownloadSettings {
  readonly ask: (where: string, more: RequestInit) => Promise<Response>
  /** What an answer says that is not the sound. */
  readonly complain: (answer: Response) => Promise<Error>
  /** In milliseconds. */
  readonly now: () => number
}

export type Download = (where: string, onComing?: (coming: Coming) => void) => Promise<ArrayBuffer>

const silenceMilliseconds = 30_000
/** What comes sooner is not worth a word; then a word a second. */
const [longMilliseconds, betweenMilliseconds] = [4000, 1000]

export function createDownloads({ ask, complain, now }: DownloadSettings): Download {
  /** By address: what came of sounds that broke off. */
  const begun = new Map<string, Part>()
  /** Takes what comes into the part that it belongs to; whatever came of a WAV stays there when it breaks off. */
  const take = async (where: string, signal: AbortSignal, onPart: (part: Part) => void): Promise<Part> => {
    const before = begun.get(where)
    const range = before && { headers: { range: `bytes=${before.length()}-` } }
    const answer = await unlessSilent(ask(where, { signal, ...range }))
    const further = before !== undefined && goesOn(answer, before)
    if (!further && [206, 416].includes(answer.status)) begun.delete(where)
    if (!answer.ok || (answer.status === 206 && !further)) throw await complain(answer)
    const part = further ? before : newPart()
    for await (const bytes of readBody(answer)) {
      part.add(bytes)
      if (part.isNone()) break
      if (part.whole() === null) continue
      begun.set(where, part)
      onPart(part)
    }
    if (part.whole() === null || part.length() > (part.whole() as number)) {
      if (part === begun.get(where)) begun.delete(where)
      throw await complain(answer)
    }
    return part
  }
  return async (where, onComing) => {
    const cable = new AbortController()
    const tell = createTeller(now, onComing)
    try {
      const part = await take(where, cable.signal, tell)
      if (part.length() < (part.whole() as number)) throw new Error('it broke off')
      begun.delete(where)
      return part.join()
    } catch (error) {
      cable.abort()
      throw error
    }
  }
}

type Part = ReturnType<typeof newPart>

/** The first bytes of a WAV. */
function newPart() {
  const pieces: Uint8Array[] = []
  let [length, whole]: [number, number | null] = [0, null]
  const join = () => {
    const all = new Uint8Array(length)
    let at = 0
    for (const piece of pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all.buffer
  }
  return {
    length: () => length,
    /** How many bytes it has when it is whole; null: too few are here to say, or it is none. */
    whole: () => whole,
    isNone: () => length >= headBytes && whole === null,
    add(bytes: Uint8Array) {
      const known = length >= headBytes
      pieces.push(bytes)
      length += bytes.length
      if (!known && length >= headBytes) whole = wholeOf(join())
    },
    join,
  }
}

const headBytes = 12

/** A WAV's first bytes say what it is and how long: RIFF counts what follows its first eight. */
function wholeOf(bytes: ArrayBuffer): number | null {
  const text = (from: number) => String.fromCharCode(...new Uint8Array(bytes, from, 4))
  return text(0) === 'RIFF' && text(8) === 'WAVE' ? new DataView(bytes).getUint32(4, true) + 8 : null
}

const goesOn = (answer: Response, part: Part): boolean =>
  answer.status === 206 &&
  answer.headers.get('content-range') ===
    `bytes ${part.length()}-${(part.whole() as number) - 1}/${part.whole() as number}`

async function* readBody({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (reader === undefined) return
  for (;;) {
    const { done, value } = await unlessSilent(reader.read())
    if (done) return
    yield value
  }
}

function createTeller(now: () => number, onComing: ((coming: Coming) => void) | undefined) {
  let next = now() + longMilliseconds
  return (part: Part) => {
    if (now() < next) return
    next = now() + betweenMilliseconds
    onComing?.({ bytes: part.length(), of: part.whole() as number })
  }
}

/** Rejects when it takes too long. */
function unlessSilent<Value>(coming: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('nothing came for a while')), silenceMilliseconds)
    coming.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
