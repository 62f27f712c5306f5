// What one judge got to see of a session, all that is served with its sounds among it.
import { createHash } from 'node:crypto'

export interface SeenSound {
  readonly side: 'a' | 'b' | 'x'
  readonly name: string
  readonly bytes: number
  readonly headers: string
  /** Header of the file, before any sample. */
  readonly opening: string
  /** Of all bytes. */
  readonly hash: string
  /** Place among the answers of its trial, and how long it took. */
  readonly came: number
  readonly milliseconds: number
}

export interface SeenTrial {
  readonly place: number
  readonly round: number
  readonly training: boolean
  readonly sounds: readonly SeenSound[]
}

/** What one judge got to see. */
export interface Sighting {
  readonly session: string
  readonly judge: string
  readonly trials: readonly SeenTrial[]
}

type Fetch = (where: string, token: string) => Promise<Response>

interface Mine {
  readonly session: string
  readonly judge: string
  readonly trials: readonly { a: string; b: string; x?: string; round: number; training: boolean }[]
}

/** `sounds`: whether they are fetched too, or the list alone is looked at. */
export async function lookAround(ask: Fetch, token: string, sounds: 'fetched' | 'listed'): Promise<Sighting> {
  const { session, judge, trials } = (await (await ask('/api/judging/mine', token)).json()) as Mine
  const seen: SeenTrial[] = []
  for (const [place, { a, b, x, round, training }] of trials.entries()) {
    const named = [['a', a] as const, ['b', b] as const, ...(x === undefined ? [] : [['x', x] as const])]
    let arrived = 0
    const got = await Promise.all(
      named.map(async ([side, name]): Promise<SeenSound> => {
        if (sounds === 'listed')
          return { side, name, bytes: 0, headers: '', opening: '', hash: '', came: 0, milliseconds: 0 }
        const begun = performance.now()
        const answer = await ask(`/api/judging/sounds/${name}`, token)
        const body = Buffer.from(await answer.arrayBuffer())
        return {
          side,
          name,
          bytes: body.length,
          headers: JSON.stringify([answer.status, ...answer.headers].filter((one) => !String(one).startsWith('date,'))),
          opening: body.subarray(0, 44).toString('hex'),
          hash: createHash('sha256').update(body).digest('hex'),
          came: arrived++,
          milliseconds: performance.now() - begun,
        }
      }),
    )
    seen.push({ place, round, training, sounds: got })
  }
  return { session, judge, trials: seen }
}
