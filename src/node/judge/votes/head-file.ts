// votes.head: how many lines votes.jsonl has, and the hash of the last. Written when lines are on the disk, before they are acknowledged,
// and put in place whole (another file, synced, renamed): so it may be behind after a crash, never ahead. Fewer lines than it names were cut
// off; another line where it names one was written anew. Who changes both files alike is not found: against that, note the last hash elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { ReadVotes } from './votes-file.ts'

export const headName = 'votes.head'

const headSchema = z.strictObject({ lines: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) })
export type Head = z.infer<typeof headSchema>

/** null: there is none. A string says what is wrong with it. */
export function readHead(folder: string): Head | string | null {
  const file = path.join(folder, headName)
  if (!existsSync(file)) return null
  try {
    const parsed = headSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (parsed.success) return parsed.data
  } catch {}
  return `${headName} was changed: expected {"lines", "hash"}`
}

export async function writeHead(folder: string, head: Head): Promise<void> {
  const [file, beside] = [path.join(folder, headName), path.join(folder, `${headName}.new`)]
  const opened = await open(beside, 'w', 0o600)
  try {
    await opened.writeFile(`${JSON.stringify(head)}\n`)
    await opened.sync()
  } finally {
    await opened.close()
  }
  await rename(beside, file)
}

/** What the head says against the lines that were read; null: nothing. */
export function compareHead(head: Head, lines: ReadVotes['lines'], root: string): ReadVotes['broken'] {
  if (head.lines > lines.length)
    return {
      line: lines.length + 1,
      why: `it was stored and is not there: lines were cut off at the end (${head.lines} were stored)`,
    }
  if ((lines[head.lines - 1]?.hash ?? root) === head.hash) return null
  return { line: Math.max(1, head.lines), why: 'it is not the one that was stored there: lines were written anew' }
}
