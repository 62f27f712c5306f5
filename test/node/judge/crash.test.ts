// Votes that survive a server killed in the middle: real processes, many judges at once.
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { openSession } from '../../../src/node/judge/session-files.ts'
import { readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { startHocket } from '../hocket.ts'
import { voteOn, writeSmallSession } from './small-session.ts'

/** Posts over a fresh connection; null when the server is not there or breaks off. */
function post(port: number, token: string, body: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = request({
      port,
      host: '127.0.0.1',
      path: '/api/judging/statements',
      method: 'POST',
      headers,
      agent: false,
    })
    sent.on('response', (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? null))
      answer.on('error', () => resolve(null))
    })
    sent.on('error', () => resolve(null))
    sent.end(body)
  })
}

async function startServing(folder: string, port: number): Promise<{ kill(): Promise<void>; port: number }> {
  const words = ['judge', 'serve', folder, '--json', '--quiet', ...(port === 0 ? [] : ['--port', String(port)])]
  const child = startHocket(words)
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (data) => {
      text += data
      if (text.includes('\n')) resolve((JSON.parse(text) as { url: string }).url)
    })
    child.on('close', () => reject(new Error(`hocket judge serve ended: ${text}`)))
  })
  const kill = () =>
    new Promise<void>((resolve) => {
      child.on('close', () => resolve())
      child.kill('SIGKILL')
    })
  return { kill, port: Number(new URL(url).port) }
}

// HOCKET_JUDGES=200 for the full number.
const crowd = Number(process.env['HOCKET_JUDGES'] ?? 24)

test(`${crowd} judges vote at once, the server is killed twice in the middle: every acknowledged vote is there once`, async () => {
  const session = writeSmallSession({ judges: crowd })
  let server = await startServing(session.folder, 0)
  const { port } = server
  const acknowledged = new Set<string>()
  let done = 0
  const judge = async (k: number) => {
    for (const trial of (session.key.judges[k]?.trials ?? []).keys()) {
      const vote = voteOn(trial)
      const body = JSON.stringify(vote)
      for (;;) {
        const status = await post(port, session.tokens[k] as string, body)
        if (status === 200 || status === 201) break
        await new Promise((resolve) => setTimeout(resolve, 40))
      }
      acknowledged.add(vote.id)
      done++
    }
  }
  const all = session.key.judges.reduce((sum, { trials }) => sum + trials.length, 0)
  const judges = Promise.all(session.key.judges.map((_, k) => judge(k)))
  for (const share of [0.25, 0.6]) {
    while (done < share * all) await new Promise((resolve) => setTimeout(resolve, 5))
    await server.kill()
    server = await startServing(session.folder, port)
  }
  await judges
  await server.kill()
  const { lines, broken, torn } = await readVotes(session.folder, openSession(session.folder).root)
  expect({ broken, torn }).toEqual({ broken: null, torn: null })
  expect(lines.map(({ statement }) => statement.id).sort()).toEqual([...acknowledged].sort())
  expect(lines).toHaveLength(all)
})
