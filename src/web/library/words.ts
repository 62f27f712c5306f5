// Runs in words: how they stand, how long they are, when they were.
import type { RunSummary } from '../../record/index.ts'

const words: Readonly<Record<string, string>> = {
  playing: 'playing now',
  ended: 'ended',
  stopped: 'stopped early',
  'broken-off': 'broke off',
  torn: 'broke off in mid-line',
  unreadable: 'no record that can be read',
  heard: 'heard',
  notes: 'notes alone, never heard',
  unscored: 'not measured yet',
}

/** A state, or how far a run was measured, as it is told. */
export const stateWords = (state: string): string => words[state] ?? state

export function describeState({ state, scored }: RunSummary): string {
  const told = stateWords(state)
  if (state === 'playing' || state === 'unreadable' || scored === 'heard') return told
  if (scored === 'unreadable') return `${told}, scores cannot be read`
  return `${told}, ${scored === 'notes' ? 'never heard: scores of notes alone' : 'not measured yet'}`
}

export function describeLength(seconds: number | null): string {
  if (seconds === null) return ''
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`
}

/** The listener's own clock and language of dates. */
export function describeDay(unixMilliseconds: number): string {
  return new Date(unixMilliseconds).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
