// What the agents wrote: an excerpt of the token streams with the moves as understood, and the log of faults.
import type { Move, TokenLine } from '../../../record/index.ts'
import { type Html, html, shorten } from '../html.ts'
import { findRough, findWoven } from '../moments.ts'
import { clock, type Run, type Turn } from '../run.ts'

const longestTurn = 700
const excerptSlots = 6
const mostFaults = 40

export function writeWords(run: Run): Html {
  const slots = chooseSlots(run)
  return html`<section id="words"><h2>What they wrote</h2><p>An excerpt: the beginning, the moments shown above, and the end. Each word below was heard as a short motif; words in <span class="act">this type</span> are moves on the deck. The pills say how the turn was understood.</p>
<ol class="turns">${slots.map((slot) => writeSlot(run, slot))}</ol>
<p class="seat">${run.turns.length} turns and ${run.words.size} tokens in all, every one of them in <code>record.jsonl</code>.</p></section>`
}

function chooseSlots(run: Run): number[] {
  const all = [...new Set(run.turns.map((turn) => turn.slot))].sort((a, b) => a - b)
  const telling = [findWoven(run), findRough(run)].flatMap((found) =>
    found === null ? [] : [Math.floor((found.span.from + found.span.to) / 2 / run.slotSeconds)],
  )
  const wanted = [all[0], all[1], ...telling, all.at(-1), all[Math.floor(all.length / 2)], all[2]]
  const kept = [...new Set(wanted.filter((slot) => slot !== undefined && all.includes(slot)))] as number[]
  return kept.slice(0, excerptSlots).sort((a, b) => a - b)
}

function writeSlot(run: Run, slot: number): Html {
  const turns = run.turns.filter((turn) => turn.slot === slot)
  return html`<li class="slot"><h3>slot ${slot}, ${clock(slot * run.slotSeconds)}</h3><div class="pair">${turns.map((turn) => writeTurn(run, turn))}</div></li>`
}

function writeTurn(run: Run, turn: Turn): Html {
  const moves = turn.move?.moves ?? []
  const deckMoves = moves.filter((move) => move.do !== 'say')
  const pills = deckMoves.length > 0 ? deckMoves : moves
  return html`<div class="turn p${turn.player.place % 6}"><h4><bdi>${shorten(turn.player.title, 40)}</bdi></h4><p class="said" dir="auto">${writeTokens(turn.tokens)}</p><p class="moves">${pills.map(
    (move) => html`<span class="pill"><bdi>${nameMove(run, move)}</bdi></span>`,
  )}</p></div>`
}

function writeTokens(tokens: readonly TokenLine[]): Html[] {
  const written: Html[] = []
  let room = longestTurn
  for (const token of tokens) {
    if (room <= 0) {
      written.push(html`<span class="cut"> … cut here</span>`)
      break
    }
    const text = shorten(token.text, room)
    written.push(
      token.role === 'speech'
        ? html`${text}`
        : html`<span class="${token.role === 'action' ? 'act' : 'other'}">${text}</span>`,
    )
    room -= text.length
  }
  return written
}

function nameMove(run: Run, move: Move): string {
  switch (move.do) {
    case 'load':
      return `load ${shorten(run.tracks.get(move.track)?.title ?? move.track, 40)} at its ${move.cue}`
    case 'blend':
      return `blend over ${move.beats} beats`
    case 'eq':
      return move.to === 'kill' ? `cut the ${move.band}s` : `${move.band}s ${move.to}`
    case 'nudge':
      return `nudge by ${move.percent} %`
    case 'loop':
      return move.beats === null ? 'end the loop' : `loop ${move.beats} beats`
    case 'say':
      return 'speak'
    case 'play':
    case 'cut':
    case 'yield':
    case 'hold':
      return move.do
  }
}

export function writeFaults(run: Run): Html {
  const shown = run.faults.slice(0, mostFaults)
  if (shown.length === 0)
    return html`<section id="faults"><h2>What went wrong</h2><p>Nothing: no turn failed to parse, no move was refused.</p></section>`
  return html`<section id="faults"><h2>What went wrong</h2><p>Faults are recorded, never mended in silence; the party goes on.</p><ol class="faults">${shown.map(
    (fault) =>
      html`<li><span class="when">slot ${fault.slot}</span> <code>${shorten(fault.code, 40)}</code> <span>${
        fault.agent === null
          ? null
          : html`<b><bdi>${shorten(run.players.find((player) => player.agent === fault.agent)?.title ?? fault.agent, 40)}</bdi></b>: `
      }<bdi>${shorten(fault.message, 240)}</bdi></span></li>`,
  )}</ol>${run.faults.length > shown.length ? html`<p class="seat">and ${run.faults.length - shown.length} more in <code>record.jsonl</code>.</p>` : null}</section>`
}
