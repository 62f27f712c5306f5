// One part of a bench in a fresh process, so that neither memory nor compiled code of the one before counts.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { installationRoot } from '../installation.ts'

/** Runs `hocket bench` with these words and returns what it printed as JSON. */
export async function benchApart(words: readonly string[]): Promise<unknown> {
  const command = path.join(installationRoot, 'dist', 'hocket.js')
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'bench', '--json', ...words])
  return JSON.parse(stdout)
}
