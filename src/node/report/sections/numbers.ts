// The numbers in full, each with what 0 and 1 sound like; what was undefined, and why.
import { placeAmongTwins, placeWords, whyNoBand } from '../../../feedback/index.ts'
import type { InterlockScore, Scores, TwinBand } from '../../../record/index.ts'
import { type Html, html, shorten } from '../html.ts'
import { figure, type Run, titleOf } from '../run.ts'

type AgentScore = Scores['agents'][number]

interface Cell {
  readonly value: number | null
  /** Dotted path in scores.json, where a reason for null is kept. */
  readonly path: string
}

interface Row {
  readonly name: string
  readonly zero: string
  readonly one: string
  readonly cells: readonly Cell[]
  /** Not on a scale of 0 to 1: shown without a bar. */
  readonly unit?: string
}

interface Group {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}

/** More columns than this do not fit a page. */
const mostColumns = 3

export function writeNumbers(run: Run): Html {
  const groups = [...run.scores.pairs.map((_, i) => pairGroup(run, i)), wholeGroup(run), ...agentGroups(run)]
  return html`<section id="numbers"><h2>The numbers, and what they sound like</h2><p>A dash means that the measure is not defined here; the reason stands below it. It never means zero.${explainBands(run)}</p>${groups.map((group) => writeGroup(run, group))}</section>`
}

function explainBands(run: Run): string {
  const { twins } = run.scores
  if (twins === undefined) return ' No twins were drawn: what chance reaches is not known.'
  const played = twins.others.filter(({ from }) => from === 'played').length
  const found = twins.others.length - played
  const from = [found > 0 ? `${found} found beside it` : '', played > 0 ? `${played} played for the purpose` : '']
  const others = from.filter((words) => words !== '').join(' and ')
  const pairs = others === '' ? '' : ` Strangers come from ${twins.others.length} other parties, ${others}.`
  return ` Below a number stands what its twins reach (from the 5th to the 95th of a hundred) and p, the share of twins at or above it; a shaded stretch of the bar shows the same. Where there is no band, the reason stands there instead.${pairs}`
}

/** What chance reaches, under the number that it belongs to. */
function writeBand(value: number, band: TwinBand): Html {
  const whose = band.twins === 'partners' ? 'strangers' : 'shuffled'
  const p = band.p === null ? '' : `, p ${figure(band.p, band.p < 0.1 ? 3 : 2)}`
  return html`<small class="chance-words">${whose} ${figure(band.low)} to ${figure(band.high)}${p}: ${placeWords[placeAmongTwins(value, band)]}</small>`
}

function writeNoBand({ scores }: Run, path: string): Html | null {
  const reason = whyNoBand(scores, path)
  return reason === null ? null : html`<small class="chance-words">no band: ${shorten(reason, 160)}</small>`
}

const share = (value: number) => (100 * Math.min(1, Math.max(0, value))).toFixed(0)

function writeGroup(run: Run, group: Group): Html {
  return html`<table class="numbers${group.columns.length === 1 ? ' sole' : ''}"><caption><bdi>${group.name}</bdi></caption><thead><tr><th scope="col">measure</th>${group.columns.map(
    (column) => html`<th scope="col"><bdi>${column}</bdi></th>`,
  )}<th scope="col">0 sounds like</th><th scope="col">1 sounds like</th></tr></thead><tbody>${group.rows.map((row) => writeRow(run, group, row))}</tbody></table>`
}

function writeRow(run: Run, group: Group, row: Row): Html {
  return html`<tr><th scope="row">${row.name}</th>${row.cells.map((cell, i) => writeCell(run, row, cell, group.columns[i] ?? ''))}<td class="pole" data-label="0 sounds like">${row.zero}</td><td class="pole" data-label="1 sounds like">${row.one}</td></tr>`
}

function writeCell(run: Run, row: Row, cell: Cell, column: string): Html {
  if (cell.value === null) {
    const reason = run.scores.undefined[cell.path] ?? 'not defined in this run'
    return html`<td class="value" data-label="${column}">${figure(null)}<small><bdi>${shorten(reason, 160)}</bdi></small></td>`
  }
  const band = run.scores.twins?.bands[cell.path]
  const chance =
    band === undefined || row.unit !== undefined
      ? null
      : html`<i class="chance" style="left:${share(band.low)}%;width:${share(band.high - band.low)}%"></i>`
  const scale =
    row.unit === undefined
      ? html`<i class="bar" aria-hidden="true">${chance}<i style="width:${share(cell.value)}%"></i></i>`
      : html`<small>${row.unit}</small>`
  return html`<td class="value" data-label="${column}">${figure(cell.value)}${scale}${band === undefined ? writeNoBand(run, cell.path) : writeBand(cell.value, band)}</td>`
}

const interlockMeanings: readonly (readonly [keyof InterlockScore, string, string, string])[] = [
  ['score', 'interlock', 'unison, silence, or two clocks', 'one melody shared by two'],
  ['presence', 'its presence', 'one of them is hardly there', 'both are there throughout'],
  ['pulse', 'its pulse', 'no common time', 'one steady time step for both'],
  ['space', 'its space', 'always on top of each other', 'each sounds where the other rests'],
  ['evenness', 'its evenness', 'bursts and holes', 'an even stream made by two'],
  ['refrain', 'its refrain', 'no pattern one could learn', 'each keeps a pattern of its own'],
  ['variety', 'its variety', 'a bare metronome', 'a pattern with many different steps'],
]

function pairGroup(run: Run, i: number): Group {
  const pair = run.scores.pairs[i]
  const layers = ['voice', 'deck'] as const
  const rows = interlockMeanings.map(
    ([part, name, zero, one]): Row => ({
      name,
      zero,
      one,
      cells: layers.map((layer) => ({
        value: pair?.interlock[layer][part] ?? null,
        path: `pairs.${i}.interlock.${layer}.${part}`,
      })),
    }),
  )
  return {
    name: `Rhythm: ${titleOf(run, pair?.a ?? '')} with ${titleOf(run, pair?.b ?? '')}`,
    columns: ['voices', 'decks'],
    rows: [...rows, ...answerRows(run, i)],
  }
}

/** Coupling has no upper end: bits, and their p. */
function answerRows(run: Run, i: number): Row[] {
  const pair = run.scores.pairs[i]
  const cellsOf = (part: 'aToB' | 'bToA' | 'pAToB' | 'pBToA') =>
    (['voice', 'deck'] as const).map((layer) => ({
      value: pair?.coupling[layer][part] ?? null,
      path: `pairs.${i}.coupling.${layer}.${part}`,
    }))
  const [a, b] = [titleOf(run, pair?.a ?? ''), titleOf(run, pair?.b ?? '')]
  const size = { zero: 'two records on two turntables', one: 'an echo', unit: 'bits' }
  const chance = { name: 'how often by chance', zero: 'chance never reaches it', one: 'chance always does', unit: 'p' }
  return [
    { name: `${b} answers ${a}`, ...size, cells: cellsOf('aToB') },
    { ...chance, cells: cellsOf('pAToB') },
    { name: `${a} answers ${b}`, ...size, cells: cellsOf('bToA') },
    { ...chance, cells: cellsOf('pBToA') },
  ]
}

function wholeGroup(run: Run): Group {
  const { together, pairs } = run.scores
  const row = (name: string, value: number | null, path: string, zero: string, one: string, unit?: string): Row => ({
    name,
    zero,
    one,
    cells: [{ value, path }],
    ...(unit === undefined ? {} : { unit }),
  })
  const { vitality } = together
  return {
    name: 'Sound and life of the whole',
    columns: ['value'],
    rows: [
      ...pairs.flatMap((pair, i): Row[] => {
        const whose = pairs.length > 1 ? `, ${titleOf(run, pair.a)} and ${titleOf(run, pair.b)}` : ''
        return [
          row(
            `smoothness between them${whose}`,
            pair.smoothnessBetween,
            `pairs.${i}.smoothnessBetween`,
            'the one grates on the other',
            'the two ring as one',
          ),
          row(
            `consonance of their notes${whose}`,
            pair.noteConsonance ?? null,
            `pairs.${i}.noteConsonance`,
            'every note of one a semitone from the other’s',
            'octaves and unisons only',
          ),
          row(
            `gain from being together${whose}`,
            pair.gain,
            `pairs.${i}.gain`,
            'together just as consonant as alone',
            'dissonant alone, consonant together',
            'from −1 to 1',
          ),
          row(
            `pitch classes in common${whose}`,
            pair.spectralPitchClassSimilarity,
            `pairs.${i}.spectralPitchClassSimilarity`,
            'no pitch class shared',
            'the same pitch classes, equally strong',
          ),
          row(
            `pitches in common${whose}`,
            pair.pitchCommonality,
            `pairs.${i}.pitchCommonality`,
            'what the one suggests the other leaves out',
            'the same pitches suggested',
            'from −1 to 1',
          ),
        ]
      }),
      row(
        'consonance of everything',
        together.consonance,
        'together.consonance',
        'a cluster of neighbouring keys',
        'a pure octave',
      ),
      row(
        'vitality',
        vitality.vitality,
        'together.vitality.vitality',
        'a stuck record, or dice',
        'a pattern that returns and changes',
      ),
      row('its order', vitality.order, 'together.vitality.order', 'dice', 'a stuck record'),
      row(
        'its evolution',
        vitality.evolution,
        'together.vitality.evolution',
        'the same habits throughout',
        'nothing in common from part to part',
      ),
      row('crowd energy', together.crowdEnergy, 'together.crowdEnergy', 'an empty floor', 'everybody dances'),
      row(
        'fairness: the lower comfort',
        together.fairness,
        'together.fairness',
        'one of them suffers',
        'both are perfectly well',
      ),
      row(
        'clash as heard',
        together.clashHeardAs,
        'together.clashHeardAs',
        'the world’s idea of a clash has nothing to do with the sound',
        'what the world calls a clash is heard as rough',
        'rank correlation',
      ),
    ],
  }
}

function agentGroups(run: Run): Group[] {
  const groups: Group[] = []
  for (let from = 0; from < run.scores.agents.length; from += mostColumns)
    groups.push(agentGroup(run, from, run.scores.agents.slice(from, from + mostColumns)))
  return groups
}

function agentGroup(run: Run, from: number, agents: readonly AgentScore[]): Group {
  const row = (
    name: string,
    path: string,
    read: (score: AgentScore) => number | null,
    zero: string,
    one: string,
  ): Row => ({
    name,
    zero,
    one,
    cells: agents.map((score, i) => ({ value: read(score), path: `agents.${from + i}.${path}` })),
  })
  return {
    name: agents.length > 1 ? 'Each on its own' : 'On its own',
    columns: agents.map((score) => titleOf(run, score.agent)),
    rows: [
      row(
        'consonance of its own sound',
        'consonanceWithin',
        (score) => score.consonanceWithin,
        'gravel',
        'a pure tone',
      ),
      row(
        'vitality of its voice',
        'vitality.vitality',
        (score) => score.vitality.vitality,
        'a stuck record, or dice',
        'a pattern that returns and changes',
      ),
      row(
        'pattern survival',
        'patternSurvival',
        (score) => score.patternSurvival,
        'its pattern drowns in the mix',
        'its pattern can be read from the mix',
      ),
      row('mean comfort', 'meanComfort', (score) => score.meanComfort, 'in pain all along', 'well all along'),
      row('presence', 'presence', (score) => score.presence, 'never sounds', 'always sounds'),
      {
        ...row(
          'loudness',
          'loudnessLufs',
          (score) => score.loudnessLufs,
          '0 would be as loud as can be',
          '−14 is loud, −30 is soft',
        ),
        unit: 'LUFS',
      },
    ],
  }
}
