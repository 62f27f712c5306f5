// Real judging servers as processes, and judges who post to them until they are answered, whatever breaks meanwhile.
import { request } from 'node:http'
import { drawOpaque } from '../../../src/node/judge/session-files.ts'
import { startHocket } from '../hocket.ts'
import { type SmallSession, voteOn } from './small-session.ts'

/** Posts over a fresh connection; null when the server is not there or breaks off. */
function post(port: number, token: string, body: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const path = '/api/judging/statements'
    const sent = request({ port, host: '127.0.0.1', path, method: 'POST', headers, agent: false })
    sent.on('response', (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? null))
      answer.on('error', () => resolve(null))
    })
    sent.on('error', () => resolve(null))
    sent.end(body)
  })
}

/** Resolves, once it answers, with how to kill it. */
export async function startServing(folder: string, port: number, more: readonly string[] = []) {
  const child = startHocket(['judge', 'serve', folder, '--json', '--quiet', '--port', String(port), ...more])
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (data) => {
      said += data
    })
    child.stdout?.once('data', () => resolve())
    child.on('close', () => reject(new Error(`hocket judge serve ended: ${said}`)))
  })
  return () =>
    new Promise<void>((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error('hocket judge serve ended by itself'))
      child.on('close', () => resolve())
      child.kill('SIGKILL')
    })
}

const again = () => new Promise((resolve) => setTimeout(resolve, 40))

/** Everyone consents and votes on every pair at once, each vote posted until it is acknowledged, to one port after the other. */
export function letCrowdVote({ key, tokens }: SmallSession, ports: readonly number[]) {
  const acknowledged = new Set<string>()
  const all = key.judges.reduce((sum, { trials }) => sum + 1 + trials.length, 0)
  const judge = async (k: number) => {
    const votes = [...(key.judges[k]?.trials ?? []).keys()].map((trial) => voteOn(trial))
    for (const [place, statement] of [{ id: drawOpaque(), kind: 'consent' }, ...votes].entries()) {
      for (let turn = k + place; ; turn++) {
        const status = await post(ports[turn % ports.length] as number, tokens[k] as string, JSON.stringify(statement))
        if (status === 200 || status === 201) break
        await again()
      }
      acknowledged.add(statement.id)
    }
  }
  return {
    acknowledged,
    all,
    ended: Promise.all(key.judges.map((_, k) => judge(k))),
    async reach(share: number) {
      while (acknowledged.size < share * all) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}
