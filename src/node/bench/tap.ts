// What a tap costs: the same answers of one upstream taken directly and through `hocket tap`, each in a process of its own, client here.
// First bytes are timed in pairs, direct and tapped in turn; bytes are compared by SHA-256 with those that the upstream was to send.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { InputError } from '../../record/index.ts'
import { installationRoot } from '../installation.ts'
import { answerOf } from './tap-upstream.ts'

export interface TapBench {
  /** Median milliseconds from the request to its first byte, one at a time; and what the tap adds, median and 95th percentile of pairs. */
  readonly firstByte: {
    readonly pairs: number
    readonly direct: number
    readonly tapped: number
    readonly added: number
    readonly added95: number
  }
  readonly identical: { readonly streams: number; readonly same: number; readonly bytes: number }
  /** So many streams at once, a piece every 50 ms: how many came whole, seconds of all, and the median first byte. */
  readonly together: {
    readonly streams: number
    readonly same: number
    readonly directSeconds: number
    readonly tappedSeconds: number
    readonly directFirst: number
    readonly tappedFirst: number
  }
  readonly aborts: { readonly left: number; readonly seen: number }
  /** Files and bytes that the tap wrote, and how many of them hold the key. */
  readonly key: { readonly files: number; readonly bytes: number; readonly found: number }
}

const key = 'sk-tap-bench-5f0c9e27d4b18a63'
const atOnce = 50
const paceMilliseconds = 50
const mostAborts = 50

/** `streams` answers are compared; a fifth of them is timed, a fifth comes at once. */
export async function measureTap(streams: number): Promise<TapBench> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-tap-'))
  const upstream = await startChild(['tap-upstream'], /(http:\S+\/v1)/)
  try {
    const out = path.join(folder, 'run')
    const tap = await startChild(
      ['tap', '--upstream', upstream.url, '--out', out, '--no-sound'],
      /OPENAI_BASE_URL=(\S+)/,
    )
    try {
      const fifth = Math.max(2, Math.ceil(streams / 5))
      const firstByte = await timeFirstBytes(upstream.url, tap.url, fifth)
      const identical = await compareBytes(tap.url, streams)
      const together = await playTogether(upstream.url, tap.url, fifth)
      const aborts = await leaveEarly(upstream.url, tap.url, Math.min(mostAborts, fifth))
      await tap.end()
      return { firstByte, identical, together, aborts, key: searchKey(out) }
    } finally {
      await tap.end()
    }
  } finally {
    await upstream.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Child {
  readonly url: string
  /** Ctrl-C, and its end. */
  end(): Promise<void>
}

function startChild(words: readonly string[], pattern: RegExp): Promise<Child> {
  const command = path.join(installationRoot, 'dist', 'hocket.js')
  const child: ChildProcess = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (text: Buffer) => {
      said = (said + String(text)).slice(-10_000)
      const url = pattern.exec(said)?.[1]
      if (url !== undefined) resolve({ url, end })
    }
    const end = () => {
      if (child.exitCode === null) child.kill('SIGINT')
      return ended
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void ended.then(() =>
      reject(new InputError('bench', `bench tap: \`hocket ${words[0]}\` did not start: ${said.trim()}`)),
    )
  })
}

interface Heard {
  readonly hash: string
  readonly bytes: number
  readonly firstMilliseconds: number
}

const pool = new http.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

function fetchAnswer(url: string, number: number, pace = 0): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const request = openRequest(url, number, pace, (answer) => {
      const hash = createHash('sha256')
      let [bytes, first] = [0, 0]
      answer.on('data', (piece: Buffer) => {
        if (bytes === 0) first = performance.now() - started
        bytes += piece.length
        hash.update(piece)
      })
      answer.on('end', () => resolve({ hash: hash.digest('hex'), bytes, firstMilliseconds: first }))
      answer.on('error', reject)
    })
    request.on('error', reject)
  })
}

/** Odd and even agents by path, answers of every eighth number through Responses. */
function openRequest(url: string, number: number, pace: number, onAnswer: (answer: http.IncomingMessage) => void) {
  const body = JSON.stringify({ model: 'double', stream: true, number, paceMilliseconds: pace })
  const target = `${url}/${number % 8 === 7 ? 'responses' : 'chat/completions'}`
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-hocket-agent': `agent ${number % 5}`,
  }
  const request = http.request(target, { method: 'POST', agent: pool, headers }, onAnswer)
  request.setNoDelay(true)
  request.end(body)
  return request
}

async function timeFirstBytes(direct: string, tapped: string, pairs: number): Promise<TapBench['firstByte']> {
  const rows: { direct: number; tapped: number }[] = []
  // What is not counted opens the connections and warms the code.
  for (let i = -20; i < pairs; i++) {
    const number = 8 * Math.max(0, i)
    const order = i % 2 === 0 ? [direct, tapped] : [tapped, direct]
    const times = new Map<string, number>()
    for (const url of order) times.set(url, (await fetchAnswer(url, number)).firstMilliseconds)
    if (i >= 0) rows.push({ direct: times.get(direct) as number, tapped: times.get(tapped) as number })
  }
  const added = rows.map((row) => row.tapped - row.direct)
  return {
    pairs,
    direct: quantile(
      rows.map((row) => row.direct),
      0.5,
    ),
    tapped: quantile(
      rows.map((row) => row.tapped),
      0.5,
    ),
    added: quantile(added, 0.5),
    added95: quantile(added, 0.95),
  }
}

async function compareBytes(url: string, streams: number): Promise<TapBench['identical']> {
  let [same, bytes] = [0, 0]
  for (let from = 0; from < streams; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, streams - from) }, (_, i) => from + i)
    for (const heard of await Promise.all(numbers.map((number) => matches(url, number)))) {
      if (heard.same) same++
      bytes += heard.bytes
    }
  }
  return { streams, same, bytes }
}

async function matches(url: string, number: number, pace = 0) {
  const heard = await fetchAnswer(url, number, pace)
  const wanted = createHash('sha256')
  for (const piece of answerOf(number).pieces) wanted.update(piece)
  return { ...heard, same: heard.hash === wanted.digest('hex') }
}

async function playTogether(direct: string, tapped: string, streams: number): Promise<TapBench['together']> {
  const play = async (url: string) => {
    const started = performance.now()
    const heard = await Promise.all(Array.from({ length: streams }, (_, i) => matches(url, i, paceMilliseconds)))
    const seconds = (performance.now() - started) / 1000
    return {
      seconds,
      same: heard.filter(({ same }) => same).length,
      first: quantile(
        heard.map(({ firstMilliseconds }) => firstMilliseconds),
        0.5,
      ),
    }
  }
  const [alone, through] = [await play(direct), await play(tapped)]
  return {
    streams,
    same: through.same,
    directSeconds: alone.seconds,
    tappedSeconds: through.seconds,
    directFirst: alone.first,
    tappedFirst: through.first,
  }
}

/** Clients leave after their first byte; the upstream tells how many it saw go. */
async function leaveEarly(direct: string, tapped: string, left: number): Promise<TapBench['aborts']> {
  const seenBefore = await countLeft(direct)
  await Promise.all(
    Array.from(
      { length: left },
      (_, i) =>
        new Promise<void>((resolve) => {
          const request = openRequest(tapped, 8 * i, paceMilliseconds, (answer) => {
            answer.once('data', () => request.destroy())
            answer.on('error', () => {})
            answer.on('close', () => resolve())
          })
          request.on('error', () => resolve())
        }),
    ),
  )
  // An answer takes longer than this, so that none has ended of itself.
  await new Promise((resolve) => setTimeout(resolve, 5 * paceMilliseconds))
  return { left, seen: (await countLeft(direct)) - seenBefore }
}

async function countLeft(direct: string): Promise<number> {
  return ((await (await fetch(direct)).json()) as { left: number }).left
}

function searchKey(folder: string): TapBench['key'] {
  let [files, bytes, found] = [0, 0, 0]
  const secret = key.slice(3)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const content = readFileSync(path.join(entry.parentPath, entry.name))
    files++
    bytes += content.length
    if (
      [secret, Buffer.from(key).toString('base64'), createHash('sha256').update(key).digest('hex')].some((text) =>
        content.includes(text),
      )
    )
      found++
  }
  return { files, bytes, found }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
