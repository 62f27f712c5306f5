// Where a session's votes are kept: votes.jsonl in its folder, with one writer, or a database, with as many as there are servers.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { InputError } from '../../../record/index.ts'
import { claimRun } from '../../store/run-folder.ts'
import type { OpenedSession } from '../session-files.ts'
import { votesName } from './chain.ts'
import type { Votes } from './keep-votes.ts'
import { ledgerName, nameDatabase, openDatabaseVotes, readDatabaseVotes } from './votes-database.ts'
import { openVotes, type ReadVotes, readVotes } from './votes-file.ts'

type Session = Pick<OpenedSession, 'folder' | 'root' | 'database'>

/** Throws InputError: a broken chain, another writer of votes.jsonl, no database, not the place where these votes are. */
export async function openStore(session: Session, say: (text: string) => void): Promise<Votes> {
  const { folder, root, database } = session
  if (database !== null) return openDatabaseVotes({ url: database, folder, root }, await readWholeFile(session), say)
  refuseKeptElsewhere(folder)
  const release = claimRun(folder, 'session')
  try {
    const votes = await openVotes(folder, root, say)
    const close = async () => {
      await votes.close()
      release()
    }
    return { ...votes, close }
  } catch (error) {
    release()
    throw error
  }
}

/** Reads as far as the chain holds. Throws InputError: no database, not the place where these votes are. */
export async function readStore({ folder, root, database }: Session): Promise<ReadVotes> {
  if (database !== null && isInDatabase(folder)) return readDatabaseVotes({ url: database, folder, root })
  refuseKeptElsewhere(folder)
  return readVotes(folder, root)
}

/** In words where a session's votes are. */
export const whereVotesAre = ({ folder, database }: Session): string =>
  database !== null && isInDatabase(folder) ? nameDatabase(database) : path.join(folder, votesName)

const isInDatabase = (folder: string): boolean => existsSync(path.join(folder, ledgerName))

async function readWholeFile({ folder, root }: Session): Promise<ReadVotes> {
  const read = await readVotes(folder, root)
  if (read.broken !== null)
    throw new InputError(
      'broken-chain',
      `${folder}: votes.jsonl: line ${read.broken.line}: ${read.broken.why}. Put it back.`,
    )
  return read
}

function refuseKeptElsewhere(folder: string): void {
  if (isInDatabase(folder))
    throw new InputError(
      'kept-elsewhere',
      `${folder}: its votes are kept in a database (${ledgerName} says which ledger). Give --database.`,
    )
}
