// What other software made of known comparisons (test/outside/judging).
import { readFileSync } from 'node:fs'
import type { Comparison, Result } from '../../src/judging/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables of several tools, each of its own shape
export const table = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../outside/judging/${name}.json`, import.meta.url), 'utf8'))

export function comparisonsOf(
  pair: { readonly a: string; readonly b: string } & Partial<Comparison>,
  wins: number,
  ties: number,
  losses: number,
): Comparison[] {
  const results: [Result, number][] = [
    ['a', wins],
    ['tie', ties],
    ['b', losses],
  ]
  return results.filter(([, count]) => count > 0).map(([result, count]) => ({ ...pair, result, count }))
}

const citations = table('citations')
export const citationItems: string[] = citations.items
export const citationVotes: Comparison[] = citations.rows.flatMap(
  (row: { a: string; b: string; winA: number; winB: number }) =>
    comparisonsOf(row, row.winA, 0, row.winB).map(({ a, b, result, count }) => ({ a, b, result, count })),
)

const springall = table('springall')
export const tastingItems: string[] = springall.items
export const tastings: Comparison[] = springall.rows.flatMap(
  (row: { col: string; row: string; winCol: number; winRow: number; tie: number }) =>
    comparisonsOf({ a: row.col, b: row.row }, row.winCol, row.tie, row.winRow),
)

export const games: Comparison[] = table('baseball').rows.flatMap(
  (row: { home: string; away: string; homeWins: number; awayWins: number }) =>
    comparisonsOf({ a: row.home, b: row.away, aFirst: true }, row.homeWins, 0, row.awayWins),
)
