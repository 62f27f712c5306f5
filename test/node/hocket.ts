// The built command, run as a process of its own. `npm test` builds it first.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

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

/** For a server that comes back where it was. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
