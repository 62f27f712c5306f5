// An audit of a mapping in words: tables, then whether it holds.
import type { Mapping } from '../../record/index.ts'
import type { Faithfulness } from './faithfulness.ts'
import { type Honesty, qualities, sources } from './honesty.ts'

export interface MappingAudit {
  readonly mapping: Mapping['name']
  readonly faithfulness: readonly (Faithfulness & { readonly source: string })[]
  readonly honesty: Honesty
  readonly texts: number
  readonly twins: number
  /** Motifs correlate at least `leastFaithful` times as much as meanings do, strangers are no higher than chance. */
  readonly faithful: boolean
  /** No p below `leastEven`. */
  readonly honest: boolean
}

/** Of what the lexicon's meanings themselves reach. Chosen. */
export const leastFaithful = 0.5
/** Four tests are made; 1 % each. */
export const leastEven = 0.01

const column = (value: number | null) => (value === null ? '-' : value.toFixed(3)).padStart(9)

export function describeAudit(audit: MappingAudit): string {
  const { mapping, faithfulness, honesty, texts, twins } = audit
  const lines = [
    `Mapping ${mapping}`,
    '',
    'Faithfulness: rank correlation of consonance with rated likeness',
    `${''.padEnd(24)}    pairs   motifs   spoken meanings`,
    ...faithfulness.map(
      ({ source, pairs, motifs, spoken, meanings }) =>
        `${source.slice(-24).padEnd(24)}${String(pairs).padStart(9)}${[motifs, spoken, meanings].map(column).join('')}`,
    ),
    ...faithfulness.map(
      ({ source, strangers, chance }) =>
        `${source.slice(-24).padEnd(24)} strangers sound ${column(strangers).trim()}, chance ${column(chance).trim()}`,
    ),
    '',
    `Honesty: ${texts} texts that mean nothing, ranked among ${twins} twins each (.5 = at chance)`,
    ...sources.flatMap((source) =>
      qualities.map((quality) => {
        const { meanRank, p } = honesty[source][quality]
        return `${source.padEnd(9)}${quality.padEnd(10)} mean rank ${meanRank.toFixed(3)}, evenly spread p = ${p.toFixed(3)}`
      }),
    ),
    '',
    `${audit.faithful ? 'Faithful' : 'Not faithful'} (motifs at least ${leastFaithful} of meanings, strangers no higher than chance), ${audit.honest ? 'honest' : 'not honest'} (no p below ${leastEven}).`,
  ]
  return `${lines.join('\n')}\n`
}
