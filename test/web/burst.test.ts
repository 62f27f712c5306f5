// A burst of seeks: the first is followed at once, of the others the last; what was to be rendered for those between is left out.
import { expect, test } from 'vitest'
import { createDemand, createErrands } from '../../src/web/sound/errands.ts'
import { createSender } from '../../src/web/sound/sender.ts'
import { createWishes } from '../../src/web/sound/wishes.ts'
import { playShortParty, shippedLibrary } from '../party.ts'
import { composed } from './rig.ts'

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

test('of wishes close together the first and the last are followed', () => {
  const followed: number[] = []
  const due: (() => void)[] = []
  const wishes = createWishes<number>({
    follow: (wish) => void followed.push(wish),
    later: (again) => void due.push(again),
  })
  const ring = () => {
    for (const again of due.splice(0)) again()
  }
  for (let wish = 1; wish <= 24; wish++) {
    wishes.add(wish)
    expect(wishes.pending).toBe(wish === 1 ? null : wish)
  }
  expect(followed).toEqual([1])
  ring()
  expect(followed).toEqual([1, 24])
  expect(wishes.pending).toBeNull()
  wishes.add(25)
  wishes.add(26)
  wishes.forget()
  ring()
  wishes.add(27)
  expect(followed).toEqual([1, 24, 25, 27])
})

test('work that nobody waits for is left out before it begins, and does not hold up others once it has', async () => {
  const errands = createErrands(1)
  const begun: string[] = []
  const work =
    (name: string, done: Promise<unknown> = Promise.resolve()) =>
    async () => {
      begun.push(name)
      await done
      return name
    }
  const [first, second] = [new AbortController(), new AbortController()]
  let finish = () => {}
  const long = errands.send(
    work(
      'long',
      new Promise<void>((resolve) => {
        finish = resolve
      }),
    ),
    first.signal,
  )
  const stale = errands.send(work('stale'), second.signal)
  const wanted = errands.send(work('wanted'), new AbortController().signal)
  second.abort()
  await expect(stale).rejects.toThrow('Not wanted')
  expect(begun).toEqual(['long'])
  first.abort()
  expect(await wanted).toBe('wanted')
  finish()
  expect(await long).toBe('long')
  expect(await errands.send(work('last'), new AbortController().signal)).toBe('last')
  expect(begun).toEqual(['long', 'wanted', 'last'])
})

test('what two wait for is over when both have gone, and never when one asked for good', () => {
  const [a, b] = [new AbortController(), new AbortController()]
  const shared = createDemand()
  shared.join(a.signal)
  shared.join(b.signal)
  a.abort()
  expect(shared.signal.aborted).toBe(false)
  b.abort()
  expect(shared.signal.aborted).toBe(true)
  const lasting = createDemand()
  lasting.join(undefined)
  lasting.join(a.signal)
  expect(lasting.signal.aborted).toBe(false)
})

test('sent elsewhere, a sender lets go of what it waited for', async () => {
  const score = composed(await playShortParty(4))
  const signals: AbortSignal[] = []
  const sent: (number | string)[] = []
  const sender = createSender({
    score,
    library: shippedLibrary(),
    sections: {
      async render(_, signal) {
        if (signal !== undefined) signals.push(signal)
        await new Promise((resolve) => setTimeout(resolve, 1))
        return new Float32Array(4)
      },
    },
    post: (message) => void sent.push(message.kind === 'slot' ? message.slot : message.kind),
    onTrouble: (words) => expect(words).toBeNull(),
  })
  const tempo = { bpm: score.session.bpm, speed: 1 }
  sender.restart(1, tempo)
  sender.restart(3, tempo)
  const [stale, wanted] = [signals[0], signals.at(-1)]
  expect([stale?.aborted, wanted?.aborted]).toEqual([true, false])
  await settle()
  await sender.sent()
  expect(sent[0]).toBe(3)
})
