// Results on a thread of their own: they take seconds where hundreds of judges voted, and the thread that takes votes must not wait for them.
// The thread is a file of its own in dist/, started for one computation and gone after it.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { InputError } from '../../../record/index.ts'
import { installationRoot } from '../../installation.ts'
import type { ResultFile } from '../export.ts'
import type { SaidSession } from '../results.ts'

/** What the thread is given. */
export type AskedApart = Pick<SaidSession, 'session' | 'key' | 'root' | 'said'> & { readonly folder: string }

export type WorkedOutFile = Exclude<ResultFile, 'votes.jsonl'>

/** What the thread sends, once. */
export interface AnsweredApart {
  readonly files: Readonly<Record<WorkedOutFile, string>>
  /** For the organiser's log. */
  readonly told: readonly string[]
}

const threadFile = path.join(installationRoot, 'dist', 'judging-results.js')

/** Rejects with what the thread fell over. A server that closes does not wait for it. */
export function workOutApart(
  { folder, session, key, root, said }: AskedApart,
  log: (text: string) => void,
): Promise<AnsweredApart['files']> {
  if (!existsSync(threadFile))
    return Promise.reject(
      new InputError('no-thread', `${threadFile}: expected the built file, found nothing. Run \`npm run build\`.`),
    )
  return new Promise((resolve, reject) => {
    const workerData: AskedApart = { folder, session, key, root, said }
    const worker = new Worker(threadFile, { workerData })
    worker.unref()
    worker.once('message', ({ files, told }: AnsweredApart) => {
      for (const text of told) log(text)
      resolve(files)
    })
    worker.once('error', reject)
    // After an answer or an error this settles nothing any more.
    worker.once('exit', (code) => reject(new Error(`the thread of the results ended without an answer (${code})`)))
  })
}
