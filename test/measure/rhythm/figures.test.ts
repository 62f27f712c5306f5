import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tabulateFigures } from './figures.ts'

test('the page shows the figures that are measured', () => {
  const page = readFileSync(new URL('../../../docs/measures/interlock.md', import.meta.url), 'utf8').split('\n')
  for (const row of tabulateFigures()) expect(page).toContain(row)
})
