import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tabulateField } from './field-figures.ts'

test('the page shows the figures that are measured', () => {
  const page = readFileSync(new URL('../../../docs/measures/rhythm-field.md', import.meta.url), 'utf8').split('\n')
  for (const row of tabulateField()) expect(page).toContain(row)
})
