// The gauntlet's result as text: a table of AUC per measure, with who fails it.
import type { GauntletResult } from './run.ts'

const mostNamed = 6

export function describeGauntlet(result: GauntletResult): string {
  const { measures, cases, seeds, settings, weighting } = result
  const counts = (['living', 'degenerate', 'control'] as const).map(
    (kind) => `${cases.filter((one) => one.kind === kind).length} ${kind}`,
  )
  const width = Math.max(...measures.map(({ name }) => name.length))
  const head = `${'measure'.padEnd(width)}  AUC    margin  degenerate cases that reach the lowest living one`
  const rows = measures.map(({ name, auc, margin, failures, undefinedCount }) => {
    const missing = undefinedCount > 0 ? ` (undefined ${undefinedCount} times, counted lowest)` : ''
    return `${name.padEnd(width)}  ${figure(auc)}  ${figure(margin).padStart(6)}  ${nameSome(failures)}${missing}`
  })
  return `${counts.join(', ')} cases; seeds ${seeds.join(', ')}; ranking ${settings} (${weighting})\n\n${head}\n${rows.join('\n')}\n`
}

const figure = (value: number | null) => (value === null ? '  -- ' : value.toFixed(3))

export function nameSome(names: readonly string[]): string {
  if (names.length === 0) return 'none'
  const more = names.length - mostNamed
  return `${names.length}: ${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
