// Both ears as a table for a person: a row a value, ours and theirs side by side, a dash where an ear has no such value or none this time.
import { type MusicalKey, nameKey } from '../../djs/index.ts'
import { relateKeys, relateTempi } from './agreement.ts'
import type { Comparison } from './compare.ts'

const differInKind = [
  'Consonance is the rating that people are expected to give (0 to 1), a mean over the moments of the sound; roughness is the beating in it (0 is smooth).',
  'Dissonance of essentia.js (0 to .5) is a sum over spectral peaks, not fitted to ratings: compare how it moves from sound to sound, not its value.',
  'Danceability (0 to about 3) tells how the level fluctuates over seconds; we have nothing of the kind.',
]

/** All comparisons, then once what differs in kind. */
export function describeComparisons(comparisons: readonly Comparison[]): string {
  return `${[...comparisons.map(describeComparison), differInKind.join('\n')].join('\n\n')}\n`
}

function describeComparison(comparison: Comparison): string {
  const { name, title, seconds, loudnessLufs } = comparison
  const heading = `${name}${title === null ? '' : ` "${title}"`}: ${sayDuration(seconds)}, ${loudnessLufs === null ? 'no loudness' : `${loudnessLufs.toFixed(1)} LUFS`}`
  const missing = Object.entries(comparison.undefined).map(([field, why]) => `No ${sayField(field)}: ${why}.`)
  return [heading, '', ...tableOf(comparison), '', ...missing, sayAgreement(comparison)].join('\n')
}

function tableOf({ ours, theirs, known }: Comparison): string[] {
  const rows = [
    ['', 'ours', 'essentia.js', ...(known === null ? [] : ['composed in'])],
    ['key', sayKey(ours.key), sayKey(theirs.key), ...(known === null ? [] : [nameKey(known.key)])],
    [
      'tempo',
      sayTempo(ours.tempoBpm),
      sayTempo(theirs.tempoBpm),
      ...(known === null ? [] : [sayTempo(known.tempoBpm)]),
    ],
    ['consonance', sayShare(ours.consonance), '-'],
    ['roughness', sayShare(ours.roughness), '-'],
    ['dissonance', '-', sayShare(theirs.dissonance)],
    ['danceability', '-', sayShare(theirs.danceability)],
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)) + 3)
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('')}`.trimEnd())
}

/** "G major (.83)": the number is how well the key's profile fits, at most 1. */
function sayKey(key: (MusicalKey & { readonly strength: number }) | null): string {
  return key === null ? '-' : `${nameKey(key)} (${sayShare(key.strength)})`
}

function sayTempo(bpm: number | null): string {
  return bpm === null ? '-' : `${bpm.toFixed(1)} bpm`
}

/** ".62", "2.09". */
function sayShare(value: number | null): string {
  return value === null ? '-' : value.toFixed(2).replace(/^(-?)0\./, '$1.')
}

function sayDuration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

const fieldNames: Readonly<Record<string, string>> = { loudnessLufs: 'loudness', tempoBpm: 'tempo' }

/** "ours.tempoBpm" -> "tempo of ours". */
function sayField(field: string): string {
  const [ear, value = ear] = field.split('.') as [string, string?]
  const named = fieldNames[value] ?? value
  return ear === 'ours' ? `${named} of ours` : ear === 'theirs' ? `${named} of essentia.js` : named
}

function sayAgreement({ ours, theirs }: Comparison): string {
  return `${sayKeys(ours.key, theirs.key)} ${sayTempi(ours.tempoBpm, theirs.tempoBpm)}`
}

function sayKeys(ours: MusicalKey | null, theirs: MusicalKey | null): string {
  if (ours === null || theirs === null) return ours === theirs ? 'Neither hears a key.' : 'Only one hears a key.'
  switch (relateKeys(ours, theirs)) {
    case 'same':
      return `Both hear ${nameKey(ours)}.`
    case 'fifth':
      return 'Their keys lie a fifth apart and share six of seven tones.'
    case 'relative':
      return 'They hear relative keys: the same tones, another tonic.'
    case 'parallel':
      return 'They hear one tonic, but not one mode.'
    case 'other':
      return 'They hear different keys.'
  }
}

function sayTempi(ours: number | null, theirs: number | null): string {
  if (ours === null || theirs === null) return ours === theirs ? 'Neither hears a tempo.' : 'Only one hears a tempo.'
  switch (relateTempi(ours, theirs)) {
    case 'same':
      return 'They agree on the tempo.'
    case 'octave':
      return `One counts ${Math.round(Math.max(ours / theirs, theirs / ours))} beats where the other counts one.`
    case 'other':
      return 'They hear different tempi.'
  }
}
