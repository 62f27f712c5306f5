// The score of a run: one lane per agent, its voice by pitch, its deck by part.
// In: notes. Out: an overview of the whole run, and close-ups of half a minute with the words under the notes.
import type { Note } from '../../../record/index.ts'
import { type Html, html, shorten } from '../html.ts'
import { clock, type Player, type Run, type Span } from '../run.ts'
import { drawClock, drawPlot, drawTimeGrid, percent, type Scale, tenth, xOf, yOf } from './plot.ts'

export interface Moment {
  readonly label: string
  readonly span: Span
}

/** The whole run. Voices are notes; decks are shaded bar by bar, the stronger the more events. */
export function drawOverview(run: Run, moments: readonly Moment[]): Html {
  const time = { from: 0, to: run.seconds }
  const shades = moments.map(
    ({ span }) =>
      html`<rect class="moment" x="${xOf(span.from, time)}" width="${tenth(xOf(span.to, time) - xOf(span.from, time))}" y="0" height="1000"/>`,
  )
  return html`${drawFlags(moments, time)}${drawLanes(run, time, 'overview', (player) => [
    drawVoice(run, player, time, {
      heightRem: 4.5,
      under: [...shades, drawTimeGrid(time)],
      look: 'thin',
    }),
    drawDeckShades(run, player, time, shades),
  ])}${drawClock(time)}`
}

/** Names over the shaded moments; when two lie close together the earlier is written to the left of its moment. */
function drawFlags(moments: readonly Moment[], time: Span): Html | null {
  if (moments.length === 0) return null
  const flags = moments.map((moment) => {
    const start = xOf(moment.span.from, time)
    const crowded = moments.some(
      (other) => other !== moment && xOf(other.span.from, time) >= start && xOf(other.span.from, time) - start < 140,
    )
    return html`<span class="flag${crowded && start > 80 ? ' left' : ''}" style="left:${percent(moment.span.from, time)}">${moment.label}</span>`
  })
  return html`<div class="plot flags" aria-hidden="true"><div class="scale"></div><div class="field">${flags}</div></div>`
}

/** Half a minute from near: every note, the beats, and the words as they sound. */
export function drawCloseUp(run: Run, id: string, time: Span): Html {
  const beats = drawBeats(run, time)
  return html`<p class="slide" aria-hidden="true">slide sideways →</p><div class="scroll" tabindex="0" role="group" aria-label="Close-up from ${clock(time.from)} to ${clock(time.to)}, scrolls sideways"><div class="wide">${drawLanes(
    run,
    time,
    id,
    (player) => [
      drawVoice(run, player, time, { heightRem: 6.5, under: [beats], look: 'thick' }),
      drawWords(run, player, time),
      drawDeckNotes(run, player, time, beats),
    ],
  )}${drawClock(time)}</div></div>`
}

function drawLanes(run: Run, time: Span, id: string, drawPlayer: (player: Player) => (Lane | Html | null)[]): Html {
  return html`${run.players.map(
    (player) =>
      html`<div class="lane p${player.place % 6}"><p class="who"><bdi>${shorten(player.title, 40)}</bdi></p>${drawPlayer(
        player,
      ).map((lane, i) =>
        lane === null || !('heightRem' in lane) ? lane : drawPlot({ ...lane, time, id: `${id}-${player.place}-${i}` }),
      )}</div>`,
  )}`
}

interface Lane {
  readonly title: string
  readonly description: string
  readonly heightRem: number
  readonly name: Html
  readonly body: readonly Html[]
}

interface VoiceLook {
  readonly heightRem: number
  readonly under: readonly Html[]
  readonly look: 'thin' | 'thick'
}

function drawVoice(run: Run, player: Player, time: Span, look: VoiceLook): Lane {
  const notes = notesOf(run, player, 'voice', time)
  const heights = notes.map((note) => note.midi)
  const middle = heights.length > 0 ? (Math.min(...heights) + Math.max(...heights)) / 2 : 60
  const reach = Math.max(8, heights.length > 0 ? (Math.max(...heights) - Math.min(...heights)) / 2 + 2 : 8)
  const scale: Scale = { low: middle - reach, high: middle + reach }
  return {
    title: `Voice of ${player.title}, ${clock(time.from)} to ${clock(time.to)}`,
    description: `${notes.length} notes; time runs to the right, pitch upwards.`,
    heightRem: look.heightRem,
    name: html`<b>voice</b>`,
    body: [
      ...look.under,
      html`<path class="notes ${look.look}" d="${notes.map((note) => noteStroke(note, time, scale)).join('')}"/>`,
    ],
  }
}

function noteStroke(note: Note, time: Span, scale: Scale): string {
  const length = Math.max(0.6, (1000 * note.durationSeconds) / (time.to - time.from))
  return `M${xOf(note.onsetSeconds, time)} ${yOf(note.midi, scale)}h${tenth(length)}`
}

const partOrder = ['lead', 'chords', 'bass', 'drums']

/** Part of a deck's note: its mark is the part's name and what sounds, e.g. "bass:9". */
function partOf(note: Note): number {
  const place = partOrder.indexOf(note.mark.split(':')[0] ?? '')
  return place < 0 ? partOrder.length - 1 : place
}

function deckName(): Html {
  return html`<ol class="parts">${partOrder.map((part) => html`<li>${part}</li>`)}</ol>`
}

const shades = 4

/** Events per bar and part, in four strengths. */
function drawDeckShades(run: Run, player: Player, time: Span, under: readonly Html[]): Lane | null {
  const notes = notesOf(run, player, 'deck', time)
  if (notes.length === 0) return null
  const barSeconds = run.slotSeconds / 8
  const counts = partOrder.map(() => new Map<number, number>())
  for (const note of notes) {
    const row = counts[partOf(note)]
    const bar = Math.floor(note.onsetSeconds / barSeconds + 1e-6)
    row?.set(bar, (row.get(bar) ?? 0) + 1)
  }
  const paths = Array<string>(shades).fill('')
  counts.forEach((row, part) => {
    const most = Math.max(1, ...row.values())
    for (const [bar, count] of row) {
      const shade = Math.min(shades - 1, Math.floor((shades * count) / (most + 1e-9)))
      const [left, right] = [xOf(bar * barSeconds, time), xOf((bar + 1) * barSeconds, time)]
      paths[shade] += `M${left} ${part * 250 + 20}H${right}v210H${left}Z`
    }
  })
  return {
    title: `Deck of ${player.title}`,
    description: `${notes.length} events in four rows: lead, chords, bass, drums. The stronger a bar, the more sounds in it.`,
    heightRem: 3.6,
    name: deckName(),
    body: [
      ...under,
      ...paths.map((path, shade) => html`<path class="shade s${shade}" d="${path}"/>`),
      drawTimeGrid(time),
    ],
  }
}

function drawDeckNotes(run: Run, player: Player, time: Span, beats: Html): Lane | null {
  const notes = notesOf(run, player, 'deck', time)
  if (notes.length === 0) return null
  const strokes = notes.map((note) => {
    const length = Math.max(1.5, (1000 * Math.min(note.durationSeconds, 4)) / (time.to - time.from))
    return `M${xOf(note.onsetSeconds, time)} ${partOf(note) * 250 + 125}h${tenth(length - 0.7)}`
  })
  return {
    title: `Deck of ${player.title}, ${clock(time.from)} to ${clock(time.to)}`,
    description: `${notes.length} events in four rows: lead, chords, bass, drums.`,
    heightRem: 4,
    name: deckName(),
    body: [beats, html`<path class="notes deck" d="${strokes.join('')}"/>`],
  }
}

/** Bars as lines, beats as fainter ones. */
function drawBeats(run: Run, time: Span): Html {
  const beat = run.slotSeconds / 32
  const first = Math.ceil(time.from / beat - 1e-6)
  const last = Math.floor(time.to / beat + 1e-6)
  let bars = ''
  let beats = ''
  for (let k = first; k <= last; k++) {
    if (k % 4 === 0) bars += `M${xOf(k * beat, time)} 0V1000`
    else beats += `M${xOf(k * beat, time)} 0V1000`
  }
  return html`<path class="beat" d="${beats}"/><path class="barline" d="${bars}"/>`
}

/** Room that a letter needs, as a share of the close-up's width (60 rem at .78 rem type). */
const letterShare = 0.0072
const longestWord = 14

/** The tokens' texts where they begin to sound; a word that has no room is left out. */
function drawWords(run: Run, player: Player, time: Span): Html | null {
  const rows = [0, 0]
  const told = new Set<number>()
  const spans: Html[] = []
  for (const note of notesOf(run, player, 'voice', time)) {
    if (note.token === undefined || told.has(note.token)) continue
    told.add(note.token)
    const word = shorten((run.words.get(note.token) ?? '').trim(), longestWord)
    const left = xOf(note.onsetSeconds, time) / 1000
    const width = letterShare * (word.length + 1)
    const row = rows.findIndex((end) => end <= left)
    if (word === '' || row < 0 || left + width > 1) continue
    rows[row] = left + width
    spans.push(html`<span class="r${row}" style="left:${percent(note.onsetSeconds, time)}"><bdi>${word}</bdi></span>`)
  }
  if (spans.length === 0) return null
  return html`<div class="plot words" aria-hidden="true"><div class="scale"></div><div class="field">${spans}</div></div>`
}

function notesOf(run: Run, player: Player, layer: 'voice' | 'deck', time: Span): Note[] {
  return run.notes
    .filter(
      (note) =>
        note.agent === player.agent &&
        note.layer === layer &&
        note.onsetSeconds >= time.from - 1e-6 &&
        note.onsetSeconds < time.to,
    )
    .sort((a, b) => a.onsetSeconds - b.onsetSeconds)
}
