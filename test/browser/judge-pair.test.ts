// The screen of a pair with real keys: a note is kept, told or asked about, never dropped, and leads back to where one was.
import { afterEach, expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { Page } from '../../src/web/judge/page.ts'
import { judgePair, type PairEnd } from '../../src/web/judge/pair.ts'
import { mostNotes } from '../../src/web/judge/questions.ts'
import type { Mine } from '../../src/web/judge/server.ts'
import { newVisit, type Visit } from '../../src/web/judge/visit.ts'

const sampleRate = 48_000
const context = new AudioContext({ sampleRate })

/** A pair that is heard and answered, so that only notes are open. */
function openPair(change: Partial<Visit> = {}) {
  const said: string[] = []
  const stage = document.body.appendChild(document.createElement('main'))
  const page: Page = {
    show(_, title, ...parts) {
      const heading = Object.assign(document.createElement('h1'), { tabIndex: -1, textContent: title })
      stage.replaceChildren(heading, ...parts)
      heading.focus()
    },
    say: (text) => said.push(text),
    place: () => {},
    keys: { bind: () => {} },
    sound: {
      context,
      output: new GainNode(context),
      decibels: () => 0,
      setDecibels: () => {},
      wake: async () => {},
    },
  }
  const visit: Visit = { ...newVisit(), answers: { overall: 'a' }, first: 'b', ...change }
  for (const side of ['a', 'b'] as const) visit.heard[side].add(0, 1)
  const sound = () => new AudioBuffer({ length: sampleRate, sampleRate })
  const ends: PairEnd[] = []
  void judgePair(page, {
    mine: {
      criteria: ['overall'],
      gridSeconds: 0.5,
      rules: { headphonesLeast: 5, heardShare: 0.5 },
    } as unknown as Mine,
    title: 'Pair 1 of 1',
    sounds: { a: sound(), b: sound() },
    visit,
    onChange: () => {},
    mayGoBack: false,
    last: false,
  }).then((end) => ends.push(end))
  const [field, next] = [document.querySelector('#note'), document.querySelector('#next')]
  if (!(field instanceof HTMLInputElement && next instanceof HTMLButtonElement)) throw new Error('no pair')
  return { said, visit, ends, field, next }
}

afterEach(() => document.querySelector('main')?.remove())

const notes = (count: number): Visit['notes'] =>
  Array.from({ length: count }, (_, k) => ({ side: 'a', seconds: k, text: `note ${k}` }))

test('one note more than a vote takes is told and stays in its field; going on waits for it', async () => {
  const { said, visit, ends, field, next } = openPair({ notes: notes(mostNotes - 1) })
  field.focus()
  await userEvent.keyboard('the last{Enter}')
  expect([visit.notes.length, field.value, said.at(-1)]).toEqual([mostNotes, '', 'Noted at 0:00 of A.'])
  field.focus()
  await userEvent.keyboard('too many{Enter}')
  expect([visit.notes.length, visit.draft, field.value]).toEqual([mostNotes, 'too many', 'too many'])
  expect([said.at(-1), document.activeElement]).toEqual([expect.stringMatching(/20 notes at most/), field])
  next.click()
  await expect.poll(() => said.filter((text) => /at most/.test(text)).length).toBe(2)
  expect(ends).toEqual([])
  await userEvent.fill(field, '')
  next.click()
  await expect.poll(() => ends).toEqual([{ kind: 'vote', said: expect.objectContaining({ notes: visit.notes }) }])
})

test('a note that is written and not pinned goes with the vote', async () => {
  const { visit, ends, field, next } = openPair({ notes: notes(1), draft: 'half a ' })
  field.focus()
  await userEvent.keyboard('note{Escape}')
  next.click()
  const all = [...notes(1), { side: 'a', seconds: 0, text: 'half a note' }]
  await expect.poll(() => ends).toEqual([{ kind: 'vote', said: expect.objectContaining({ notes: all }) }])
  expect([visit.draft, visit.draftAt]).toEqual(['', null])
  // While it is being stored nothing is changed any more.
  expect([next.matches('[inert] *'), document.activeElement?.tagName]).toEqual([true, 'H1'])
})

test('a note left half-written by a reload is pinned where it was begun', async () => {
  const { ends, next } = openPair({ draft: 'half', draftAt: { side: 'b', seconds: 0.25 } })
  next.click()
  const all = [{ side: 'b', seconds: 0.25, text: 'half' }]
  await expect.poll(() => ends).toEqual([{ kind: 'vote', said: expect.objectContaining({ notes: all }) }])
})

test('a note leads back to where one was, else to the heading, and presses nothing there', async () => {
  const { ends, field, next } = openPair()
  const heading = document.querySelector('h1')
  for (const [before, key] of [
    [heading, '{Escape}'],
    [next, '{Escape}'],
    [next, 'x{Enter>3/}'],
  ] as const) {
    before?.focus()
    field.focus()
    await userEvent.keyboard(key)
    expect(document.activeElement).toBe(before)
  }
  next.blur()
  field.focus()
  await userEvent.keyboard('{Enter}')
  expect(document.activeElement).toBe(heading)
  expect(ends).toEqual([])
})
