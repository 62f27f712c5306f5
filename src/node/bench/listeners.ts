// What listeners cost one server: a run that nobody writes into, and one that is being written, each followed by all of them.
// The server is this process; the listeners and the writer are another one, so that only the server's own time is counted.
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { formatLine, InputError } from '../../record/index.ts'
import { installationRoot } from '../installation.ts'
import { startServer } from '../server/server.ts'
import { recordName } from '../store/run-folder.ts'
import { createShelf } from '../store/shelf.ts'
import { longRecord } from './long-record.ts'

export interface ListenersBench {
  readonly listeners: number
  readonly seconds: number
  /** Share of one core's time that the server takes. */
  readonly quiet: { readonly coreShare: number }
  /** While so many lines a second are written; lines that each listener got, of those written, and how many came twice or never. */
  readonly live: {
    readonly coreShare: number
    readonly linesPerSecond: number
    readonly lines: number
    readonly doubled: number
    readonly lost: number
  }
}

/** Two agents that talk as fast as hosted models do. */
const linesPerSecond = 20

export async function measureListeners(listeners: number, seconds: number): Promise<ListenersBench> {
  const runs = mkdtempSync(path.join(os.tmpdir(), 'hocket-listeners-'))
  try {
    mkdirSync(path.join(runs, 'live'))
    const file = path.join(runs, 'live', recordName)
    const [session] = longRecord({ agents: 2, tokens: 1 })
    if (session !== undefined) writeFileSync(file, `${formatLine(session)}\n`)
    const server = await startServer({ shelf: createShelf(runs) }, 0)
    try {
      const quiet = await weigh(['quiet', server.url, file, listeners, seconds])
      const live = await weigh(['live', server.url, file, listeners, seconds])
      const { lines, doubled, lost } = live.told
      return {
        listeners,
        seconds,
        quiet: { coreShare: quiet.coreShare },
        live: { coreShare: live.coreShare, linesPerSecond, lines, doubled, lost },
      }
    } finally {
      await server.close()
    }
  } finally {
    rmSync(runs, { recursive: true, force: true })
  }
}

interface Told {
  readonly lines: number
  readonly doubled: number
  readonly lost: number
}

/** Counts this process's time from the moment all listeners are there until the child has done. */
async function weigh(words: readonly (string | number)[]): Promise<{ coreShare: number; told: Told }> {
  const command = path.join(installationRoot, 'dist', 'hocket.js')
  const child: ChildProcess = spawn(process.execPath, [command, 'listeners-crowd', ...words.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  let start: { cpu: NodeJS.CpuUsage; at: number } | null = null
  let share = 0
  child.stdout?.on('data', (text: Buffer) => {
    said += String(text)
    if (start === null && said.includes('there\n')) start = { cpu: process.cpuUsage(), at: performance.now() }
    if (start === null || share > 0 || !said.includes('done\n')) return
    const { user, system } = process.cpuUsage(start.cpu)
    share = (user + system) / 1000 / (performance.now() - start.at)
  })
  await new Promise<void>((resolve) => child.once('close', () => resolve()))
  const told = /\{.*\}/.exec(said)?.[0]
  if (told === undefined) throw new InputError('bench', `bench listeners: the listeners failed: ${said.trim()}`)
  return { coreShare: share, told: JSON.parse(told) as Told }
}

/** The other process: so many listeners, and in `live` the writer. Says `there`, `done`, and what came. */
export async function attendAsCrowd(words: readonly string[], print: (text: string) => void): Promise<void> {
  const [kind, url, file, count, length] = words as [string, string, string, string, string]
  const crowd = await Promise.all(
    Array.from({ length: Number(count) }, () => openListener(`${url}api/runs/live/record`)),
  )
  await untilAll(crowd, 1)
  print('there\n')
  const seconds = Number(length)
  let written = 1
  const lines = longRecord({ agents: 2, tokens: linesPerSecond * seconds })
  lines.next()
  for (let tick = 0; tick < seconds * linesPerSecond; tick++) {
    await new Promise((resolve) => setTimeout(resolve, 1000 / linesPerSecond))
    const { value } = lines.next()
    if (kind !== 'live' || value === undefined) continue
    appendFileSync(file, `${formatLine(value)}\n`)
    written++
  }
  await untilAll(crowd, written)
  print('done\n')
  const doubled = crowd.reduce((sum, { seen }) => sum + seen.length - new Set(seen).size, 0)
  const lost = crowd.reduce((sum, { seen }) => sum + written - new Set(seen).size, 0)
  print(`${JSON.stringify({ lines: written, doubled, lost })}\n`)
  for (const one of crowd) one.leave()
}

interface Listener {
  /** Numbers of the lines that came. */
  readonly seen: number[]
  leave(): void
}

function openListener(url: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const seen: number[] = []
    const request = http.get(url, { agent: false }, (answer) => {
      let held = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        const fields = (held + text).split('\n')
        held = fields.pop() ?? ''
        for (const field of fields)
          if (field.startsWith('data: {')) seen.push((JSON.parse(field.slice(6)) as { n: number }).n)
      })
      answer.on('error', () => undefined)
      resolve({ seen, leave: () => request.destroy() })
    })
    request.on('error', reject)
  })
}

/** Waits until each has so many lines, for ten seconds at most. */
async function untilAll(crowd: readonly Listener[], lines: number): Promise<void> {
  for (let k = 0; k < 200 && crowd.some(({ seen }) => seen.length < lines); k++)
    await new Promise((resolve) => setTimeout(resolve, 50))
}
