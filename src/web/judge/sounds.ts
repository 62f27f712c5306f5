// The sounds of a pair, decoded when they are asked for; those of the pair in hand and its neighbours at most are held.

import type { Supply } from './kept/supply.ts'
import type { Page } from './page.ts'
import type { BySide } from './player.ts'
import type { Mine } from './server.ts'

export interface Sounds {
  pair(place: number): Promise<BySide<AudioBuffer>>
}

type Trial = Mine['trials'][number]

export const namesOf = ({ a, b, x }: Trial): string[] => (x === undefined ? [a, b] : [a, b, x])

export interface SoundsSettings {
  readonly page: Page
  readonly supply: Supply
  readonly mine: Mine
  readonly pause: (milliseconds: number) => Promise<void>
}

export function openSounds({ page, supply, mine: { trials }, pause }: SoundsSettings): Sounds {
  const held = new Map<number, Promise<BySide<AudioBuffer>>>()
  const decode = async (name: string): Promise<AudioBuffer> => {
    for (;;)
      try {
        return await page.sound.context.decodeAudioData(await supply.sound(name))
      } catch (error) {
        page.say(`A sound cannot be read (${error instanceof Error ? error.message : error}). Fetching it again.`)
        await supply.forget(name)
        await pause(3000)
      }
  }
  const begin = (place: number) => {
    const trial = trials[place]
    if (trial !== undefined && !held.has(place)) held.set(place, decodeTrial(trial, decode))
  }
  return {
    async pair(place) {
      supply.from(place)
      begin(place)
      for (const other of held.keys()) if (other < place - 1 || other > place + 1) held.delete(other)
      const pair = await (held.get(place) as Promise<BySide<AudioBuffer>>)
      begin(place + 1)
      return pair
    },
  }
}

async function decodeTrial(
  { a, b, x }: Trial,
  decode: (name: string) => Promise<AudioBuffer>,
): Promise<BySide<AudioBuffer>> {
  const [first, second, third] = await Promise.all([decode(a), decode(b), x === undefined ? undefined : decode(x)])
  return third === undefined ? { a: first, b: second } : { a: first, b: second, x: third }
}
