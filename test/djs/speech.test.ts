import { expect, test } from 'vitest'
import { shippedMasks } from '../../src/djs/index.ts'
import { countSyllables as countRoughly } from '../../src/djs/syllables.ts'
import type { Note, Policy, RecordLine, TokenLine } from '../../src/record/index.ts'
import { countSyllables, sonifyTurn, voiceOf } from '../../src/sonify/index.ts'
import { playScripted } from '../party/play.ts'
import { shippedLexicon } from '../party.ts'

const lexicon = shippedLexicon()
const slotSeconds = (32 * 60) / 126

interface Sung {
  readonly agent: string
  readonly slot: number
  readonly text: string
  readonly notes: readonly Note[]
}

/** Every turn of a party with the notes it sounds as, onsets from the start of its slot. */
async function sing(policies: readonly Policy[], slots: number, condition?: 'deaf'): Promise<Sung[]> {
  const lines = await playScripted({ policies, slots, ...(condition === undefined ? {} : { condition }) })
  const [session] = lines
  if (session?.kind !== 'session') throw new Error('no session')
  const isTokenOf =
    (agent: string, slot: number) =>
    (line: RecordLine): line is TokenLine =>
      line.kind === 'token' && line.agent === agent && line.slot === slot
  return lines.flatMap((line) => {
    if (line.kind !== 'move') return []
    const tokens = lines.filter(isTokenOf(line.agent, line.slot))
    const voice = voiceOf(session, line.agent)
    const settings = { ...voice, mapping: session.mapping, startSeconds: 0, slotSeconds, bpm: 126, lexicon }
    return [{ agent: line.agent, slot: line.slot, text: line.text, notes: sonifyTurn(tokens, settings) }]
  })
}

const stepOf = (note: Note) => Math.round(note.onsetSeconds / (15 / 126))

test('what is said falls on the strokes of the refrain, to the end of the slot', async () => {
  const turns = await sing(['listen', 'listen'], 16)
  for (const { agent, notes, text } of turns) {
    const { pattern } = (agent === 'a' ? shippedMasks[0] : shippedMasks[1])?.refrain ?? { pattern: '' }
    expect(
      notes.filter((note) => pattern[stepOf(note) % pattern.length] !== 'x'),
      text,
    ).toEqual([])
    expect(notes.length, text).toBeGreaterThan(20)
    expect(Math.max(...notes.map(stepOf)), text).toBeGreaterThan(100)
  }
})

test('a refrain comes back and yet no two turns are the same', async () => {
  const texts = (await sing(['listen', 'listen'], 16)).filter(({ agent }) => agent === 'a').map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  const lines = texts.flatMap((text) => text.split('. '))
  expect(new Set(lines).size).toBeLessThan(0.8 * lines.length)
})

test('degenerate voices are degenerate', async () => {
  for (const policy of ['yes-spammer', 'drone', 'metronome', 'one-hit'] as const) {
    const turns = (await sing([policy, 'silent'], 6)).filter(({ agent, slot }) => agent === 'a' && slot > 0)
    expect(new Set(turns.map(({ text }) => text.slice(text.indexOf('SAY')))).size, policy).toBe(1)
  }
})

test('a listener takes up words of the other; a deaf one does not', async () => {
  const quoted = async (condition?: 'deaf') =>
    (await sing(['listen', 'listen'], 16, condition)).filter(({ text }) => text.includes('“')).length
  expect(await quoted()).toBeGreaterThan(3)
  expect(await quoted('deaf')).toBe(0)
})

test('a copycat says what the other said', async () => {
  const turns = await sing(['selfish', 'copycat'], 8)
  const said = (text: string) => /SAY "(.*)"/.exec(text)?.[1]
  const others = turns.filter(({ agent }) => agent === 'a').map(({ text }) => said(text))
  const own = turns.filter(({ agent, slot }) => agent === 'b' && slot > 1).map(({ text }) => said(text))
  for (const words of own) if (words !== undefined) expect(others).toContain(words)
  expect(own.some((words) => words !== undefined)).toBe(true)
})

test('syllables are guessed as the sonifier counts them', () => {
  const words = new Set(shippedMasks.flatMap((mask) => mask.phrases.join(' ').match(/\p{L}+/gu) ?? []))
  const wrong = [...words].filter((word) => countRoughly(word) !== countSyllables(word))
  expect(wrong.length / words.size, wrong.join(', ')).toBeLessThan(0.02)
})
