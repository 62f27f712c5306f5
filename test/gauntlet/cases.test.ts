// The cases as data: each is what it says, equal seeds give equal performances, and no case that the design names is missing.
import { expect, test } from 'vitest'
import { shippedMasks } from '../../src/djs/index.ts'
import { gauntletCases, notesOfPerformance, type Performance, quickNames } from '../../src/gauntlet/index.ts'
import { spell } from '../../src/gauntlet/talks.ts'
import { noteSchema } from '../../src/record/index.ts'

const names = gauntletCases.map(({ name }) => name)
const caseOf = (name: string) => gauntletCases.find((one) => one.name === name) ?? expect.fail(name)
const notesOf = (name: string, seed = 1) => {
  const performance = caseOf(name).perform(seed)
  if (performance.kind !== 'notes') return expect.fail(`${name} is no case of notes`)
  return notesOfPerformance(performance, seed)
}
const onsetsOf = (name: string, agent: string) =>
  notesOf(name).flatMap((note) => (note.agent === agent ? [note.onsetSeconds] : []))

test('every kind is there, every name once and fit for a file', () => {
  for (const kind of ['living', 'degenerate', 'control'] as const)
    expect(gauntletCases.filter((one) => one.kind === kind).length).toBeGreaterThan(3)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/)
  for (const name of quickNames) expect(names).toContain(name)
})

test('what the design names is there', () => {
  const living = ['kotekan', 'amadinda', 'clapping', 'rumba', 'hocket', 'calls', 'variations', 'melody', 'dialogue']
  const spam = ['yes-spam', 'drone', 'unison', 'copy-5', 'silence', 'noise', 'metronomes', 'wedding', 'thanks', 'emoji']
  const more = [
    'one-key',
    'loudness-war',
    'stuffing',
    'mirror',
    'chord-and-clicks',
    'coin-tosses',
    'flood',
    'detune-1',
    'burst',
  ]
  for (const name of [...living, ...spam, ...more]) expect(names).toContain(name)
})

test.each(gauntletCases.map((one) => [one.name, one] as const))('%s: equal seeds, equal performances', (_, one) => {
  const performances = [1, 1].map((seed): Performance => one.perform(seed))
  expect(performances[0]).toEqual(performances[1])
  const [performance] = performances as [Performance]
  if (performance.kind === 'notes') {
    for (const note of notesOfPerformance(performance, 1)) noteSchema.parse(note)
    return
  }
  for (const mask of performance.masks) expect(shippedMasks.map(({ name }) => name)).toContain(mask)
})

test('seeds differ where chance is in it', () => {
  for (const name of ['kotekan', 'coin-tosses', 'copy-5']) expect(notesOf(name, 1)).not.toEqual(notesOf(name, 2))
})

test('copies are late by what they say, a unison by nothing', () => {
  const gap = (name: string) => {
    const [a, b] = [onsetsOf(name, 'a'), onsetsOf(name, 'b')]
    return b.reduce((sum, onset, i) => sum + onset - (a[i] as number), 0) / b.length
  }
  expect(gap('unison')).toBeCloseTo(0, 2)
  expect(gap('copy-5')).toBeCloseTo(5 * 0.125, 2)
})

test('a hocket never sounds together, a loop machine never changes', () => {
  const [a, b] = [onsetsOf('hocket', 'a'), onsetsOf('hocket', 'b')]
  for (const onset of a) expect(Math.min(...b.map((other) => Math.abs(other - onset)))).toBeGreaterThan(0.06)
  const turn = (k: number) =>
    notesOf('kotekan-loop').flatMap(({ onsetSeconds, midi }) =>
      Math.floor((onsetSeconds - 0.02) / 2) === k ? [midi] : [],
    )
  for (let k = 1; k < 40; k++) expect(turn(k)).toEqual(turn(0))
})

test('numbers are spelt', () => {
  expect([0, 13, 20, 47, 100, 342].map(spell)).toEqual([
    'zero',
    'thirteen',
    'twenty',
    'forty seven',
    'one hundred',
    'three hundred forty two',
  ])
})
