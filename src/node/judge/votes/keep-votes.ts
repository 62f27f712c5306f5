// What judges say, in one order, whatever it is kept in: a statement is acknowledged only when the ledger has it for good, and is stored once.
// Statements that come while the ledger is busy go down together.
import type { ChainedStatement, Statement } from '../../../record/index.ts'
import { chainLine } from './chain.ts'

/** `known`: it was stored before. */
export type Receipt =
  | { readonly kind: 'stored' | 'known'; readonly n: number; readonly hash: string }
  | { readonly kind: 'refused'; readonly reason: string }

export interface Votes {
  /** As far as they are known here. */
  lines(): readonly ChainedStatement[]
  /** Brings what other servers of this session stored. */
  refresh(): Promise<void>
  /** Hash of the last line. */
  head(): string
  /** Resolves when it is stored for good. Rejects when the ledger refuses: then it is not acknowledged, and may be said again. */
  add(judge: string, statement: Statement, at: number): Promise<Receipt>
  close(): Promise<void>
}

/** A line of the chain, and its text without its break. */
export type Link = ReturnType<typeof chainLine>

/** Where the known chain ends. */
export interface ChainEnd {
  /** So many lines are known. */
  readonly count: number
  readonly head: string
}

export interface Ledger {
  /** What others stored beyond this end. */
  fetch(end: ChainEnd): Promise<readonly ChainedStatement[]>
  /** Alone with the chain: shows what others stored beyond this end, and stores what is made of it, for good, all or nothing. */
  append(end: ChainEnd, make: (others: readonly ChainedStatement[]) => readonly Link[]): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly judge: string
  readonly statement: Statement
  readonly at: number
  resolve(receipt: Receipt): void
  reject(error: unknown): void
}

export function keepVotes(
  ledger: Ledger,
  { root, stored }: { root: string; stored: readonly ChainedStatement[] },
): Votes {
  const book = createBook(root)
  book.take(stored)
  const desk = createDesk(ledger, book)
  return {
    lines: () => book.lines,
    head: () => book.end().head,
    async refresh() {
      book.take(await ledger.fetch(book.end()))
    },
    add: (judge, statement, at) =>
      new Promise((resolve, reject) => {
        desk.hand({ judge, statement, at, resolve, reject })
      }),
    async close() {
      await desk.idle()
      await ledger.close()
    },
  }
}

/** Hands statements to the ledger, one batch after the other: what comes while it is busy waits and goes down together. */
function createDesk(ledger: Ledger, book: Book) {
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await writeBatch(ledger, book, batch)
    }
    writing = undefined
  }

  return {
    hand(one: Waiting) {
      waiting.push(one)
      writing ??= writeAll()
    },
    async idle() {
      await writing
    },
  }
}

async function writeBatch(ledger: Ledger, book: Book, batch: readonly Waiting[]): Promise<void> {
  let made: Decision[] = []
  try {
    await ledger.append(book.end(), (others) => {
      book.take(others)
      made = decide(book, batch)
      return made.flatMap(({ link }) => link ?? [])
    })
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return
  }
  book.take(made.flatMap(({ link }) => link?.line ?? []))
  made.forEach(({ receipt }, k) => {
    batch[k]?.resolve(receipt)
  })
}

interface Decision {
  readonly receipt: Receipt
  /** What is to be stored; null: nothing. */
  readonly link: Link | null
}

type Book = ReturnType<typeof createBook>

/** The lines that are stored, and what has to be known of them to tell what may follow. */
function createBook(root: string, start: ChainEnd = { count: 0, head: root }) {
  const lines: ChainedStatement[] = []
  const ids = new Map<string, ChainedStatement>()
  const places = new Set<string>()
  /** Judges who said that they are through: what they were told then must not come back as votes. */
  const ended = new Map<string, ChainedStatement>()
  const end = (): ChainEnd => ({ count: start.count + lines.length, head: lines.at(-1)?.hash ?? start.head })
  return {
    root,
    lines,
    ids,
    places,
    ended,
    end,
    /** Lines that are here already are passed over. */
    take(more: readonly ChainedStatement[]) {
      for (const line of more) {
        if (line.n < end().count) continue
        lines.push(line)
        ids.set(line.statement.id, line)
        const place = placeOf(line.judge, line.statement)
        if (place !== null) places.add(place)
        if (line.statement.kind === 'end') ended.set(line.judge, line)
      }
    },
  }
}

/** What becomes of statements that come together: each is weighed against what is stored and what was decided just before it. */
function decide(book: Book, batch: readonly Waiting[]): Decision[] {
  const added = createBook(book.root, book.end())
  return batch.map(({ judge, statement, at }): Decision => {
    const before = added.ids.get(statement.id) ?? book.ids.get(statement.id)
    if (before !== undefined) return { receipt: answerAgain(before, judge, statement), link: null }
    const last = added.ended.get(judge) ?? book.ended.get(judge)
    if (last !== undefined) return { receipt: answerAfter(last, statement), link: null }
    const place = placeOf(judge, statement)
    if (place !== null && (book.places.has(place) || added.places.has(place))) return { receipt: otherId, link: null }
    const { count, head } = added.end()
    const link = chainLine({ n: count, at, judge, statement }, head)
    added.take([link.line])
    return { receipt: { kind: 'stored', n: count, hash: link.line.hash }, link }
  })
}

function answerAgain(stored: ChainedStatement, judge: string, statement: Statement): Receipt {
  return stored.judge === judge && JSON.stringify(stored.statement) === JSON.stringify(statement)
    ? { kind: 'known', n: stored.n, hash: stored.hash }
    : otherContent
}

const otherContent: Receipt = {
  kind: 'refused',
  reason: 'A statement with this id is stored already, and it says something else.',
}
const otherId: Receipt = {
  kind: 'refused',
  reason: 'This pair has a vote with this revision already, under another id.',
}
/** Ending twice, on two devices, is ending once. */
const answerAfter = ({ n, hash }: ChainedStatement, { kind }: Statement): Receipt =>
  kind === 'end' ? { kind: 'known', n, hash } : afterEnd
const afterEnd: Receipt = {
  kind: 'refused',
  reason: 'This judge has ended the session and may know what was what: nothing is taken after that.',
}

/** A pair has one vote of each revision; null: not about a pair. */
export const placeOf = (judge: string, statement: Statement): string | null =>
  statement.kind === 'vote' ? `${judge} ${statement.trial} ${statement.revision}` : null
