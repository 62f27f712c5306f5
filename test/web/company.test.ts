// Another run beside this one: of several wishes the last counts, and whatever fails is told in words for people.
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { formatLine } from '../../src/record/index.ts'
import { createCompany } from '../../src/web/company.ts'
import type { Casting } from '../../src/web/sound/mixer.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

const settings = { library: shippedLibrary(), lexicon: shippedLexicon() }
let lines: string[]
let answer: (body: string | null, status?: number) => void

beforeAll(async () => {
  lines = (await playShortParty(2)).map(formatLine)
})
afterEach(() => vi.unstubAllGlobals())

/** A page that notes who sounds, and a server that answers once and when it is told to. */
function open() {
  const asked = new Promise<Response>((resolve, reject) => {
    answer = (body, status = 200) =>
      body === null ? reject(new TypeError('Failed to fetch')) : resolve(new Response(body, { status }))
  })
  vi.stubGlobal('document', { baseURI: 'http://page.test/' })
  vi.stubGlobal('fetch', () => asked)
  const heard: Casting[] = []
  const player = { mixer: { cast: (casting: Casting) => heard.push(casting) }, invite: async () => {} }
  const listening = { player, view: undefined, score: undefined } as unknown as Parameters<typeof createCompany>[0]
  const company = createCompany(listening, '1', settings)
  company.choose({ kind: 'run', id: '2' })
  return { company, heard }
}
const whole = () => `${lines.join('\n')}\n`

test('wished and unwished before the other run is there: the run itself sounds on', async () => {
  const { company, heard } = open()
  const first = company.cast({ seat: 1 })
  expect(company.wish).toEqual({ seat: 1 })
  await company.cast('own')
  answer(whole())
  await first
  expect([company.casting, company.wish]).toEqual(['own', 'own'])
  expect(heard.every((casting) => casting === 'own')).toBe(true)
  // Fetched all the same: the next wish is granted at once.
  await company.cast('other')
  expect(company.casting).toBe('other')
})

test('of three wishes while it is fetched the last is heard, and it is fetched once', async () => {
  const { company, heard } = open()
  const wishes = [company.cast({ seat: 1 }), company.cast({ seat: 0 }), company.cast('other')]
  answer(whole())
  await Promise.all(wishes)
  expect(company.casting).toBe('other')
  expect(heard.filter((casting) => casting !== 'own')).toEqual(['other'])
})

test('a wish for a run that is no longer chosen is forgotten', async () => {
  const { company } = open()
  const wish = company.cast('other')
  company.choose({ kind: 'twin' })
  answer(null)
  await wish
  expect([company.casting, company.other]).toEqual(['own', null])
})

const fails = async (body: string | null, status = 200) => {
  const { company } = open()
  const wish = company.cast('other')
  answer(body, status)
  const words = await wish.then(
    () => 'nothing failed',
    (error: Error) => error.message,
  )
  expect([company.casting, company.wish]).toEqual(['own', 'own'])
  return words
}

test('a server that does not answer, a run that is gone, a record that cannot be read: words, no parser’s', async () => {
  expect(await fails(null)).toBe(
    'The server did not answer, so run 2 is not here yet. Is hocket still running? Then try again.',
  )
  expect(await fails('404 Not Found', 404)).toBe('There is no run 2 here any more. Choose another run.')
  expect(await fails('{"error":"line 3: expected one JSON object"}', 500)).toMatch(
    /^Of run 2, something cannot be read/,
  )
  expect(await fails('{"error":"No twin of this run: it is a transcript."}', 404)).toBe(
    'No twin of this run: it is a transcript.',
  )
  const torn = [...lines.slice(0, 4), lines[4]?.slice(0, 30), ...lines.slice(5)].join('\n')
  expect(await fails(`${torn}\n`)).toBe(
    'Of run 2, line 5 of its record cannot be read, so it is not heard. Choose another run.',
  )
  expect(await fails(`${lines[0]}\n`)).toBe('Nothing of run 2 was played yet. Choose another run.')
  expect(await fails('\u0000\u0001')).toBe('Nothing of run 2 was played yet. Choose another run.')
})

test('a run that broke off in the middle of a line is heard as far as it is whole', async () => {
  const { company } = open()
  const wish = company.cast('other')
  const world = lines.findIndex((line) => line.includes('"kind":"world"'))
  answer(`${lines.slice(0, world + 3).join('\n')}\n${lines[world + 3]?.slice(0, 20)}`)
  await wish
  expect(company.other?.score.slots.length).toBe(1)
})
