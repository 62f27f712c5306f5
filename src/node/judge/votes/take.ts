// The last resort of a judge whose server stayed away: a file of statements from the page's download, put into votes.jsonl as if they had
// been sent. They go through the same checks; what is known already is stored once.
import { explain, InputError, type Judge, type Statement, statementSchema } from '../../../record/index.ts'
import { readFileLines } from '../../store/lines.ts'
import type { OpenedSession } from '../session-files.ts'
import { checkTurn, checkVote } from './check-vote.ts'
import type { Receipt } from './keep-votes.ts'
import { openStore } from './store.ts'

export interface Taken {
  readonly stored: number
  readonly known: number
  /** In words, with the line of the file. */
  readonly refused: readonly string[]
}

/** Throws InputError: no such judge, a server that writes the votes just now, a line that is no statement. Then nothing is stored. */
export async function takeStatements(
  opened: OpenedSession,
  given: { readonly judge: string; readonly file: string; readonly now: () => number; say(text: string): void },
): Promise<Taken> {
  const { seat, statements } = await readStatements(opened, given)
  const votes = await openStore(opened, given.say)
  try {
    const counts = { stored: 0, known: 0 }
    const refused: string[] = []
    for (const [k, statement] of statements.entries()) {
      const early = checkTurn(statement, seat, votes.lines())
      const receipt: Receipt =
        early === null ? await votes.add(given.judge, statement, given.now()) : { kind: 'refused', reason: early }
      if (receipt.kind === 'refused') refused.push(`line ${k + 1}: ${receipt.reason}`)
      else counts[receipt.kind]++
    }
    return { ...counts, refused }
  } finally {
    await votes.close()
  }
}

async function readStatements(
  { session, key }: OpenedSession,
  { judge, file }: { readonly judge: string; readonly file: string },
): Promise<{ seat: Judge; statements: Statement[] }> {
  const seat = key.judges.find((one) => one.judge === judge)
  if (seat === undefined)
    throw new InputError(
      'no-judge',
      `${judge}: expected one of the ${key.judges.length} judges, ${key.judges[0]?.judge} to ${key.judges.at(-1)?.judge}. links.txt has their names.`,
    )
  const statements: Statement[] = []
  for await (const { text, number } of readFileLines(file)) {
    const parsed = statementSchema.safeParse(parseJson(text, `${file}: line ${number}`))
    const fault = parsed.success ? checkVote(parsed.data, session, seat) : `${explain(parsed.error)}.`
    if (!parsed.success || fault !== null)
      throw new InputError('bad-statement', `${file}: line ${number}: ${fault} Take the file as the page saved it.`)
    statements.push(parsed.data)
  }
  return { seat, statements }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(
      'not-json',
      `${where}: expected JSON, got ${(error as Error).message}. Take the file as it was.`,
    )
  }
}
