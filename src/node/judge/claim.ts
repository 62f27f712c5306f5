// The folder in which a session comes to be: a new one, an empty one, or one that a maker left half-made when it was killed. It is claimed
// meanwhile, so that two never make one; session.json comes last, so that half a session is never taken for one.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { InputError } from '../../record/index.ts'
import { claimName, claimRun, makeFolder, removeIfEmpty } from '../store/run-folder.ts'
import { clipsFolder, keyName, linksName, sessionName, sessionPart } from './session-files.ts'

export interface SessionPlace {
  /** The session is whole. */
  keep(): void
  /** Takes away what was begun, and the folder where it was made for it. */
  discard(): void
}

const begun = [clipsFolder, linksName, keyName, sessionPart]

/** Throws InputError where a session, or anything else, is there already, where another process makes one, or nothing can be written. */
export function claimSessionFolder(folder: string): SessionPlace {
  const fresh = !existsSync(folder)
  if (!fresh) checkFree(folder)
  makeFolder(folder)
  const release = claimRun(folder, 'session')
  clear(folder)
  return {
    keep: release,
    discard() {
      clear(folder)
      release()
      if (fresh) removeIfEmpty(folder)
    },
  }
}

function clear(folder: string): void {
  for (const name of begun) rmSync(path.join(folder, name), { recursive: true, force: true })
}

function checkFree(folder: string): void {
  const refuse = (got: string, more = '') => {
    throw new InputError(
      'session-exists',
      `${folder}: expected an empty folder, got ${got}. Choose another --out${more}.`,
    )
  }
  if (!statSync(folder).isDirectory()) refuse('a file')
  if (existsSync(path.join(folder, sessionName)))
    refuse('one with a judging session', `, or go on with that one: \`hocket judge serve ${folder}\``)
  const names = readdirSync(folder)
  const leftHalf = names.includes(claimName) && names.every((name) => name === claimName || begun.includes(name))
  if (names.length > 0 && !leftHalf)
    refuse(`one with files (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', ...' : ''})`)
}
