// The chain of votes in PostgreSQL, for several servers of one session: a row a line, the same text as in votes.jsonl. Who adds holds the
// session's row until the end of the transaction, so the chain has one order; a statement is acknowledged when its transaction is.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { type ChainedStatement, InputError } from '../../../record/index.ts'
import { chainText, readChained } from './chain.ts'
import { type ChainEnd, keepVotes, type Ledger, type Link, placeOf, type Votes } from './keep-votes.ts'
import type { ReadVotes } from './votes-file.ts'

/** Beside session.json once its votes are kept in a database: which ledger there is this session's. */
export const ledgerName = 'votes.database'

const tables = `
  create table if not exists hocket_judging
    (root text primary key, ledger text not null, count integer not null, head text not null);
  create table if not exists hocket_judging_votes
    (root text not null references hocket_judging, n integer not null, statement text not null, place text, line text not null,
     primary key (root, n), unique (root, statement), unique (root, place));`

const connectMilliseconds = 5_000
const queryMilliseconds = 15_000

export interface DatabaseSettings {
  /** postgres://USER@HOST/DATABASE */
  readonly url: string
  readonly folder: string
  readonly root: string
}

/**
 * Opens for adding; a chain that lies in votes.jsonl goes over whole when the database has none of this session.
 * Throws InputError: no database there, a broken chain, another database than the one that has this session's votes.
 */
export async function openDatabaseVotes(
  settings: DatabaseSettings,
  inFile: ReadVotes,
  say: (text: string) => void,
): Promise<Votes> {
  const { root } = settings
  const pool = await connect(settings)
  try {
    await prepare(pool, settings)
    const ledger = createLedger(pool, root)
    if (inFile.lines.length > 0) await takeOver(ledger, settings, inFile, say)
    const { lines, broken } = await readRows(pool, root)
    if (broken !== null)
      throw new InputError(
        'broken-chain',
        `${whereOf(settings)}: line ${broken.line}: ${broken.why}. Nothing was changed.`,
      )
    if ((await pool.query('show fsync')).rows[0]?.fsync === 'off')
      say(`${whereOf(settings)}: fsync is off: a power cut may lose votes that were acknowledged. Turn it on.\n`)
    return keepVotes(ledger, { root, stored: lines })
  } catch (error) {
    await pool.end()
    throw explainFault(settings, error)
  }
}

/** Reads as far as the chain holds. Throws InputError: no database there, another one than the one that has this session's votes. */
export async function readDatabaseVotes(settings: DatabaseSettings): Promise<ReadVotes> {
  const pool = await connect(settings)
  try {
    await checkLedger(pool, settings)
    return { ...(await readRows(pool, settings.root)), bytes: 0, torn: null, endKnown: true }
  } catch (error) {
    throw explainFault(settings, error)
  } finally {
    await pool.end()
  }
}

/** Throws InputError (usage), and does not repeat what may hold a password. */
export function checkDatabaseUrl(url: string): void {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new InputError('usage', '--database: expected postgres://USER@HOST/DATABASE. Mend it.')
}

/** The driver is loaded here, so that commands which keep nothing in a database do not wait for it. */
async function connect(settings: DatabaseSettings): Promise<pg.Pool> {
  checkDatabaseUrl(settings.url)
  const { default: driver } = await import('pg')
  const pool = new driver.Pool({
    connectionString: settings.url,
    max: 4,
    application_name: 'hocket judge',
    connectionTimeoutMillis: connectMilliseconds,
    query_timeout: queryMilliseconds,
    statement_timeout: queryMilliseconds,
    // A server that stands still in mid-transaction must not keep the others from the chain.
    idle_in_transaction_session_timeout: queryMilliseconds,
    keepAlive: true,
  })
  // A connection that breaks while nobody asks it anything is told by the next query, and must not end the process meanwhile.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Makes tables and the session's row, and notes in the folder which ledger it is. */
async function prepare(pool: pg.Pool, settings: DatabaseSettings): Promise<void> {
  const { folder, root } = settings
  const noted = notedLedger(folder)
  if (noted !== null) return checkLedger(pool, settings)
  const ledger = await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('hocket_judging'))")
    await client.query(tables)
    await client.query('insert into hocket_judging values ($1, $2, 0, $1) on conflict do nothing', [
      root,
      randomBytes(16).toString('hex'),
    ])
    return findLedger(client, root)
  })
  writeFileSync(path.join(folder, ledgerName), `${ledger}\n`, { mode: 0o600 })
}

function notedLedger(folder: string): string | null {
  const mark = path.join(folder, ledgerName)
  return existsSync(mark) ? readFileSync(mark, 'utf8').trim() : null
}

/** Throws InputError unless the database has the ledger that the folder notes. Writes nothing. */
async function checkLedger(pool: pg.Pool, settings: DatabaseSettings): Promise<void> {
  const { folder, root } = settings
  const noted = notedLedger(folder)
  const there = await findLedger(pool, root)
  if (there !== noted)
    throw new InputError(
      'other-database',
      `${whereOf(settings)}: expected the votes of ${folder} (ledger ${noted}), found ${there === null ? 'none' : `ledger ${there}`}. Give the database that it was served with.`,
    )
}

const noSuchTable = '42P01'

async function findLedger(client: pg.Pool | pg.PoolClient, root: string): Promise<string | null> {
  try {
    const { rows } = await client.query<{ ledger: string }>('select ledger from hocket_judging where root = $1', [root])
    return rows[0]?.ledger ?? null
  } catch (error) {
    if ((error as { code?: string }).code === noSuchTable) return null
    throw error
  }
}

async function takeOver(
  ledger: Ledger,
  settings: DatabaseSettings,
  { lines }: ReadVotes,
  say: (text: string) => void,
): Promise<void> {
  const { root, folder } = settings
  await ledger.append({ count: 0, head: root }, (others) => {
    if (others.length > 0 && lines.some((line, n) => others[n]?.hash !== line.hash))
      throw new InputError(
        'two-chains',
        `${folder}: votes.jsonl has ${lines.length} lines that are not the first of the ${others.length} in ${whereOf(settings)}: the session was served with and without a database. Look at both, and move votes.jsonl away.`,
      )
    if (others.length > 0) return []
    say(`${folder}: the ${lines.length} lines of votes.jsonl go over into ${whereOf(settings)}.\n`)
    return lines.map((line) => ({ line, text: chainText(line) }))
  })
}

async function readRows(pool: pg.Pool, root: string): Promise<Pick<ReadVotes, 'lines' | 'head' | 'broken'>> {
  // Both in one statement, so that they are of one moment.
  const { rows } = await pool.query<{ count: number; last: string; line: string | null }>(
    'select count, head as last, line from hocket_judging left join hocket_judging_votes using (root) where root = $1 order by n',
    [root],
  )
  const texts = rows.flatMap(({ line }) => line ?? [])
  const { lines, why } = checkRows(texts, { count: 0, head: root })
  const head = lines.at(-1)?.hash ?? root
  if (why !== null) return { lines, head, broken: { line: lines.length + 1, why } }
  const [first] = rows
  const whole = first === undefined || (first.count === lines.length && first.last === head)
  return {
    lines,
    head,
    broken: whole
      ? null
      : { line: lines.length + 1, why: `${first.count} lines were stored, ${lines.length} are there` },
  }
}

function checkRows(texts: readonly string[], end: ChainEnd): { lines: ChainedStatement[]; why: string | null } {
  const lines: ChainedStatement[] = []
  for (const text of texts) {
    const line = readChained(text, end.count + lines.length, lines.at(-1)?.hash ?? end.head)
    if (typeof line === 'string') return { lines, why: line }
    lines.push(line)
  }
  return { lines, why: null }
}

function createLedger(pool: pg.Pool, root: string): Ledger {
  return {
    fetch: (end) => readBeyond(pool, root, end),
    append: (end, make) =>
      inTransaction(pool, async (client) => {
        await client.query('select 1 from hocket_judging where root = $1 for update', [root])
        await store(client, root, make(await readBeyond(client, root, end)))
      }),
    close: () => pool.end(),
  }
}

/** Throws where the database's chain does not go on from the end that is known here: it was put back to an earlier day, or tampered with. */
async function readBeyond(
  client: pg.Pool | pg.PoolClient,
  root: string,
  end: ChainEnd,
): Promise<readonly ChainedStatement[]> {
  const { rows } = await client.query<{ count: number; head: string; line: string | null }>(
    'select count, head, line from hocket_judging left join hocket_judging_votes on hocket_judging_votes.root = hocket_judging.root and n >= $2 where hocket_judging.root = $1 order by n',
    [root, end.count],
  )
  const texts = rows.flatMap(({ line }) => line ?? [])
  const { lines, why } = checkRows(texts, end)
  const [first] = rows
  const head = lines.at(-1)?.hash ?? end.head
  if (why === null && first?.count === end.count + lines.length && first.head === head) return lines
  const fault = why ?? `${first?.count ?? 'no'} lines are there, which are not those`
  throw new Error(
    `the votes in the database do not go on from the ${end.count} known here (${fault}). Look at them, then start this server again.`,
  )
}

async function store(client: pg.PoolClient, root: string, links: readonly Link[]): Promise<void> {
  const last = links.at(-1)?.line
  if (last === undefined) return
  await client.query(
    'insert into hocket_judging_votes (root, n, statement, place, line) select $1, * from unnest($2::integer[], $3::text[], $4::text[], $5::text[])',
    [
      root,
      links.map(({ line }) => line.n),
      links.map(({ line }) => line.statement.id),
      links.map(({ line }) => placeOf(line.judge, line.statement)),
      links.map(({ text }) => text),
    ],
  )
  await client.query('update hocket_judging set count = $2, head = $3 where root = $1', [root, last.n + 1, last.hash])
}

/** What a connection that broke left undone, the database takes back. */
async function inTransaction<Result>(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let fault: Error | undefined
  try {
    await client.query('begin; set local synchronous_commit to on')
    const result = await act(client)
    await client.query('commit')
    return result
  } catch (error) {
    fault = error as Error
    throw error
  } finally {
    // A connection with a transaction that failed is closed, which rolls it back.
    client.release(fault)
  }
}

/** Without user and password. */
export function nameDatabase(url: string): string {
  const { host, pathname } = new URL(url)
  return `database ${host}${pathname}`
}

const whereOf = ({ url }: DatabaseSettings): string => nameDatabase(url)

function explainFault(settings: DatabaseSettings, error: unknown): Error {
  if (error instanceof InputError) return error
  const { message, code } = error as Error & { code?: string }
  return new InputError(
    'no-database',
    `${whereOf(settings)}: expected PostgreSQL that lets hocket in, got ${message || code || 'no answer'}. Start it, or mend --database.`,
  )
}
