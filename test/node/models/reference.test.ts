// Surprise for tokens whose server tells none: whose it is, what it is, and that nothing else changes.
import { expect, test } from 'vitest'
import { createSurpriseMeter, roundBits } from '../../../src/djs/embedded/index.ts'
import type { Dj, DjItem } from '../../../src/djs/index.ts'
import { embeddedModel } from '../../../src/node/embedded/embedded-model.ts'
import { encodeText } from '../../../src/node/embedded/tokens.ts'
import { withReferenceSurprise } from '../../../src/node/models/reference.ts'

const percept = { agent: 'a', slot: 0, system: '', text: '' }

async function heard(items: readonly DjItem[]): Promise<DjItem[]> {
  const dj: Dj = async function* () {
    yield* items
  }
  const out: DjItem[] = []
  for await (const item of withReferenceSurprise(dj)(percept)) out.push(item)
  return out
}

test('a token without a log-probability gets the n-gram model’s, in whole 64ths of a bit', async () => {
  const words = ['the', ' United', ' States', ' of', ' America']
  const said = await heard(words.map((text) => ({ text, seconds: 1 })))
  const meter = createSurpriseMeter(embeddedModel().base)
  const bits = words.map((text) => roundBits(meter(encodeText(text)[0] as number)))
  expect(said).toEqual(
    words.map((text, i) => ({
      text,
      seconds: 1,
      logprob: 0 - (bits[i] as number) * Math.LN2,
      source: 'reference-model',
    })),
  )
  expect(bits[4]).toBeLessThan(1)
  expect(bits[1]).toBeGreaterThan(bits[2] as number)
})

test('what the server told stays as it is, and is read for what follows', async () => {
  const [of, america, unlikely] = await heard([
    { text: 'the United States of', logprob: -0.5 },
    { text: ' America' },
    { text: ' bassline', logprob: -0.25 },
  ])
  expect(of).toEqual({ text: 'the United States of', logprob: -0.5 })
  expect(unlikely).toEqual({ text: ' bassline', logprob: -0.25 })
  expect(america).toMatchObject({ source: 'reference-model' })
  expect((america as { logprob: number }).logprob).toBeGreaterThan(-1)
})

test('an empty piece costs nothing', async () => {
  expect(await heard([{ text: '' }])).toEqual([{ text: '', logprob: 0, source: 'reference-model' }])
})
