// The built command, run as a process of its own (`npm test` builds it first), and the same command line without one.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/node/command/program.ts'

export const hocketFile = fileURLToPath(new URL('../../dist/hocket.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunSettings {
  readonly cwd?: string
  readonly env?: Record<string, string>
  readonly input?: string
}

export function startHocket(words: readonly string[], { cwd, env = {} }: RunSettings = {}): ChildProcess {
  return spawn(process.execPath, [hocketFile, ...words], { cwd, env: { ...process.env, ...env } })
}

export function runHocket(words: readonly string[], settings: RunSettings = {}): Promise<Ended> {
  const child = startHocket(words, settings)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (data) => {
    stdout += data
  })
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  child.stdin?.end(settings.input ?? '')
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

/** The same command line without a process of its own: for what it says, when what is tested is not the process. */
export async function runHere(words: readonly string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const code = await runCommand(words, {
    print: (text) => {
      said.stdout += text
    },
    say: (text) => {
      said.stderr += text
    },
  })
  return { code, ...said }
}

/** For a server that comes back where it was. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
