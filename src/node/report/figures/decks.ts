// What the decks did: tracks and their sections, fader shares, equaliser and loops, slot by slot.
// In: world lines. Out: a figure per deck.
import type { DeckSlot } from '../../../record/index.ts'
import { type Html, html, shorten } from '../html.ts'
import { clock, type Player, type Run, type Span } from '../run.ts'
import { drawClock, drawPlot, drawTimeGrid, percent, tenth, xOf, yOf } from './plot.ts'

interface DeckAt extends DeckSlot {
  readonly from: number
  readonly to: number
}

export function drawDecks(run: Run): Html {
  const time = { from: 0, to: run.seconds }
  return html`<p class="slide" aria-hidden="true">slide sideways →</p><div class="scroll" tabindex="0" role="group" aria-label="Both decks over the run, scrolls sideways"><div class="wide decks">${run.players.map(
    (player) => {
      const slots = slotsOf(run, player)
      if (!slots.some((slot) => slot.playing))
        return html`<div class="lane p${player.place % 6}"><p class="who"><bdi>${shorten(player.title, 40)}</bdi></p><p class="none">This deck never played.</p></div>`
      return html`<div class="lane p${player.place % 6}"><p class="who"><bdi>${shorten(player.title, 40)}</bdi></p>${drawTracks(run, slots, time)}${drawFader(player, slots, time)}${drawTone(player, slots, time)}</div>`
    },
  )}${drawClock(time)}</div></div>`
}

function slotsOf(run: Run, player: Player): DeckAt[] {
  return run.worlds.flatMap((world, i) => {
    const deck = world.decks.find((each) => each.agent === player.agent)
    const to = run.worlds[i + 1]?.t ?? Math.min(run.seconds, world.t + run.slotSeconds)
    return deck === undefined ? [] : [{ ...deck, from: world.t, to }]
  })
}

/** One block for each stretch on the same track. */
function drawTracks(run: Run, slots: readonly DeckAt[], time: Span): Html {
  const blocks: { track: string; from: number; to: number; slots: DeckAt[] }[] = []
  for (const slot of slots) {
    const last = blocks.at(-1)
    if (!slot.playing || slot.track === null) continue
    if (last !== undefined && last.track === slot.track && last.to === slot.from) {
      last.to = slot.to
      last.slots.push(slot)
    } else blocks.push({ track: slot.track, from: slot.from, to: slot.to, slots: [slot] })
  }
  const placed = (from: number, to: number, within: Span) =>
    html`left:${percent(from, within)};width:${((100 * (to - from)) / (within.to - within.from)).toFixed(2)}%`
  return html`<div class="plot tracks"><div class="scale"><b>track</b></div><div class="field">${blocks.map((block) => {
    const name = run.tracks.get(block.track)?.title ?? block.track
    return html`<div class="track" style="${placed(block.from, block.to, time)}" title="${name}, ${clock(block.from)} to ${clock(block.to)}"><bdi>${shorten(name, 40)}</bdi>${block.slots.map(
      (slot) =>
        html`<i class="section ${sectionOf(run, slot)}" style="${placed(slot.from, slot.to, { from: block.from, to: block.to })}"></i>`,
    )}</div>`
  })}</div></div>`
}

function sectionOf(run: Run, slot: DeckAt): string {
  const sections = run.tracks.get(slot.track ?? '')?.sections ?? []
  return sections[slot.section % Math.max(1, sections.length)]?.name ?? 'unknown'
}

function drawFader(player: Player, slots: readonly DeckAt[], time: Span): Html {
  const scale = { low: 0, high: 1 }
  let path = `M0 1000`
  for (const slot of slots) {
    const beat = (slot.to - slot.from) / 32
    const share = (value: number) => yOf(slot.playing ? value : 0, scale)
    path += `L${xOf(slot.from, time)} ${share(slot.fader.from)}L${xOf(slot.from + beat * slot.fader.overBeats, time)} ${share(slot.fader.to)}L${xOf(slot.to, time)} ${share(slot.fader.to)}`
  }
  const mean =
    slots.reduce((sum, slot) => sum + (slot.playing ? (slot.fader.from + slot.fader.to) / 2 : 0), 0) /
    Math.max(1, slots.length)
  return drawPlot({
    id: `fader-${player.place}`,
    title: `Share of the crossfader that ${player.title} had`,
    description: `From 0, silent, to 1, all; on average ${mean.toFixed(2)}.`,
    heightRem: 3,
    time,
    name: html`<b>fader</b>`,
    body: [
      drawTimeGrid(time),
      html`<path class="area p${player.place % 6} strong" d="${path}L${xOf(slots.at(-1)?.to ?? 0, time)} 1000Z"/>`,
    ],
  })
}

const bands = ['high', 'mid', 'low'] as const

/** Strips for the equaliser, highs on top: a gap is a killed band, a bar above the line a raised one. */
function drawTone(player: Player, slots: readonly DeckAt[], time: Span): Html {
  const level = (gain: number) => (gain <= 0.02 ? 'kill' : gain < 0.97 ? 'down' : gain > 1.03 ? 'up' : 'flat')
  const paths: Record<string, string> = { kill: '', down: '', up: '', flat: '' }
  let changed = 0
  for (const slot of slots) {
    if (!slot.playing) continue
    bands.forEach((band, row) => {
      const look = level(slot.eq[band])
      if (look !== 'flat') changed++
      const [left, right] = [xOf(slot.from, time), tenth(xOf(slot.to, time))]
      paths[look] += `M${left} ${row * 333 + 60}H${right}v210H${left}Z`
    })
  }
  const loops = slots.filter((slot) => slot.playing && slot.loopBeats !== null)
  return drawPlot({
    id: `tone-${player.place}`,
    title: `Equaliser of ${player.title}`,
    description: `Highs, mids and lows; ${changed} times a band was cut, lowered or raised for a slot. ${loops.length} slots were looped.`,
    heightRem: 2.6,
    time,
    name: html`<ol class="parts"><li>high</li><li>mid</li><li>low</li></ol>`,
    body: [
      ...Object.entries(paths).map(([look, path]) => html`<path class="tone ${look}" d="${path}"/>`),
      html`<path class="loop" d="${loops.map((slot) => `M${xOf(slot.from, time)} 985H${xOf(slot.to, time)}`).join('')}"/>`,
    ],
  })
}
