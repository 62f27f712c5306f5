// Reads the outside values of test/outside/rhythm, and says how far a result lies from one.
import { readFileSync } from 'node:fs'

const folder = new URL('../../outside/rhythm/', import.meta.url)
export const readText = (name: string) => readFileSync(new URL(name, folder), 'utf8')
export const readJson = (name: string) => JSON.parse(readText(name))

/** Lines that hold something, without comments. */
export const readLines = (name: string) =>
  readText(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** The first column of a file of times. */
export const readTimes = (name: string) => readLines(name).map((line) => Number(line.split(/\s+/)[0]))

/** Largest distance between two equally long lists; infinite when a value is missing. */
export function furthest(got: readonly (number | null | undefined)[], wanted: readonly number[]): number {
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY
  const distances = wanted.map((value, i) => Math.abs((got[i] ?? Number.NaN) - value))
  return distances.every((distance) => !Number.isNaN(distance)) ? Math.max(0, ...distances) : Number.POSITIVE_INFINITY
}
