// A PostgreSQL of a test's own: a cluster in a temporary folder, on loopback, that can be killed and started again.
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './hocket.ts'

export interface Postgres {
  readonly url: string
  /** As when the machine loses power: nothing is finished. */
  kill(): void
  start(): void
  remove(): void
}

/** Debian's, wherever its version lies. */
function findPrograms(): string {
  const home = '/usr/lib/postgresql'
  const version = readdirSync(home).sort().at(-1)
  if (version === undefined) throw new Error(`expected PostgreSQL in ${home}, found none: apt-get install postgresql`)
  return path.join(home, version, 'bin')
}

/** PostgreSQL refuses to run as root; then it runs as the user that Debian made for it. */
function whoRuns(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export async function startPostgres(): Promise<Postgres> {
  const programs = findPrograms()
  const folder = mkdtempSync(path.join(tmpdir(), 'hocket-postgres-'))
  const who = whoRuns()
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid)
  const data = path.join(folder, 'data')
  const port = await freePort()
  const run = (program: string, words: readonly string[]) => {
    const done = spawnSync(path.join(programs, program), words, { ...who, cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.stdout || String(done.error)}`)
  }
  run('initdb', ['-D', data, '-U', 'hocket', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'])
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder}`
  const start = () => run('pg_ctl', ['-D', data, '-w', '-l', path.join(folder, 'log'), '-o', settings, 'start'])
  const kill = () => run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop'])
  start()
  return {
    url: `postgres://hocket@127.0.0.1:${port}/postgres`,
    start,
    kill,
    remove() {
      spawnSync(path.join(programs, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...who, cwd: folder })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
