// Machine judges in a judging report: each as one judge, beside people and never among them.
import type { Ceiling, Count } from '../../../judging/index.ts'
import type { MachineResult } from '../../../record/index.ts'
import { type Html, html } from '../../report/html.ts'
import { table } from './table.ts'

export function writeMachines(machines: readonly MachineResult[]): Html {
  if (machines.length === 0) return html``
  const ceilings = new Map(machines.map(({ criterion, ceiling }) => [criterion, ceiling]))
  return html`<section><h2>Machines beside the people</h2>
<p>None of them is in the ranking. Agreement is with people's decided votes on pairs that the machine decided, with its 95 % interval over judges. More than people agree with themselves cannot be asked for: ${[...ceilings].map(([criterion, ceiling]) => `${criterion}: ${tellCeiling(ceiling)}`).join('; ')}.</p>
${table('Each machine, on what it was asked', heads, machines.map(rowOf))}
<p class="small">Turned with the order: the verdict changed with the places of the two sounds, and counts as a tie. For the first: answers for the sound that came first. 3 dB: asked again with one sound softer. Canaries: silence, noise and spoilt clips, which any judge must put last.</p>
</section>`
}

const heads = [
  'Judge',
  'Verdicts',
  'Agreement',
  'Turned with the order',
  'For the first',
  'Same clip: tie',
  '3 dB: unchanged',
  'Canaries last',
  'Against it',
]

function rowOf({ kind, name, criterion, conduct, agreement }: MachineResult): string[] {
  const { pairs, flips, position, same, gain, canaries, against } = conduct
  const known = pairs.filter(({ verdict }) => verdict !== null).length
  const last = canaries.filter((canary) => canary.last !== null)
  return [
    `${name} ${kind} (${criterion})`,
    `${known} of ${pairs.length}`,
    agreement === null
      ? 'no pair in common'
      : `${percent(agreement.share)}${agreement.low === null || agreement.high === null ? '' : ` (${percent(agreement.low)} to ${percent(agreement.high)})`}, ${agreement.votes} votes`,
    ofAll(flips),
    ofAll(position),
    ofAll(same),
    ofAll(gain),
    canaries.length === 0 ? 'not asked' : `${last.filter((canary) => canary.last).length} of ${last.length}`,
    against.length === 0
      ? conduct.answers.said === 0
        ? 'nothing known: no answer'
        : 'nothing known'
      : against.join('; '),
  ]
}

function tellCeiling({ sameJudge, otherJudges }: Ceiling): string {
  const again =
    sameJudge === null
      ? 'of the judges who count nobody decided a pair twice'
      : `the same judge again ${percent(sameJudge.share)} (${sameJudge.count} repeats)`
  return `${again}, ${otherJudges === null ? 'no two judges decided one pair' : `two judges ${percent(otherJudges.share)}`}`
}

const percent = (share: number) => `${(100 * share).toFixed(0)}\u00a0%`
const ofAll = ({ count, of }: Count) => (of === 0 ? 'unknown' : `${count} of ${of}`)
