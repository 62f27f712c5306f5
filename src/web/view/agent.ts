// An agent's row, put together: who it is, its lane and words, its deck, its strips.
import type { Agent, Library, SessionLine } from '../../record/index.ts'
import type { Midi, Seconds } from '../../units.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Stretch } from '../sound/loops.ts'
import { createBody } from './body.ts'
import { createPicture, type Inks } from './canvas.ts'
import { createDeckLine } from './deck.ts'
import { displayText, make, setText } from './elements.ts'
import { drawLane, faderAt } from './lane.ts'
import type { Facing, Layers } from './lane-bands.ts'
import { createStrip, type StripControl, type StripView } from './strips.ts'
import { createWords } from './words.ts'

export interface AgentRow {
  readonly lane: HTMLCanvasElement
  readonly registerMidi: Midi
  readonly strips: readonly StripView[]
  /** Once a slot. */
  showSlot(slot: SlotScore | undefined): void
  /** Once a frame. */
  draw(now: Seconds, slot: SlotScore | undefined, score: PartyScore, look: Look): void
  /** Who sits here instead, in words; null: the agent itself. */
  showStranger(words: string | null): void
  /** Its lane comes to where it can be seen. */
  reveal(): void
  /** Stops following the screen. */
  dispose(): void
}

export interface Look {
  readonly inks: Inks
  readonly still: boolean
  /** What is repeated. */
  readonly loop: Stretch | null
}

export interface AgentRowSettings {
  readonly session: SessionLine
  /** Place in the session. */
  readonly index: number
  readonly library: Library | null
  readonly controls: readonly StripControl[]
  readonly onChange: () => void
  /** Towards which side its voice lies. */
  readonly facing: Facing
}

export function createAgentRow(root: HTMLElement, settings: AgentRowSettings): AgentRow {
  const { session, index, library, facing } = settings
  const agent = session.agents[index] as Agent
  const title = displayText(agent.title, 60)
  const bodyRoot = make('div', { class: 'body' })
  const canvas = make('canvas', { 'aria-hidden': 'true' })
  const wordsRoot = make('p', {
    class: 'words',
    lang: 'en',
    tabindex: '0',
    role: 'group',
    'aria-label': `What ${title} says`,
  })
  const deckRoot = make('p', { class: 'deck' })
  const stripsRoot = make('div', { class: 'strips', role: 'group', 'aria-label': `Channels of ${title}` })
  const mix = make('details', { class: 'mix' }, make('summary', {}, `Channels of ${title}`), stripsRoot)
  const unwatchWidth = openWhenWide(mix)
  const nameId = `agent-${index}`
  const stranger = make('p', { class: 'stranger', hidden: '' })
  const who = make(
    'div',
    { class: 'who' },
    make('h2', { id: nameId }, title),
    make('div', { class: 'seat' }, make('p', { class: 'about' }, describeAgent(agent)), stranger),
    bodyRoot,
  )
  const lane = make('div', { class: 'lane' }, canvas, wordsRoot, deckRoot)
  const article = make('article', { class: `agent ${facing}`, 'aria-labelledby': nameId }, who, lane, mix)
  root.append(article)
  const showBody = createBody(bodyRoot)
  const picture = createPicture(canvas, () => {})
  const words = createWords(wordsRoot)
  const deck = createDeckLine(deckRoot)
  deckRoot.hidden = session.scenario === null
  showBody(undefined)
  const strips = createStrips(stripsRoot, { agent: agent.agent, title }, settings)
  const registerMidi = agent.mask?.voice.registerMidi ?? 60
  return {
    lane: canvas,
    registerMidi,
    strips,
    reveal: () => article.scrollIntoView({ block: 'nearest' }),
    dispose() {
      unwatchWidth()
      picture.dispose()
      words.dispose()
    },
    showSlot(slot) {
      const part = slot?.agents[index]
      words.show(part)
      showBody(slot?.world?.bodies.find((body) => body.agent === agent.agent))
      deck.show(
        part?.deck ?? null,
        library?.tracks.find((track) => track.id === part?.deck?.track),
        session.bpm,
      )
    },
    showStranger(text) {
      article.classList.toggle('swapped', text !== null)
      stranger.hidden = text === null
      setText(stranger, text ?? '')
    },
    draw(now, slot, score, { inks, still, loop }) {
      const layers = layersOf(session)
      const moment = { now, bpm: session.bpm, slots: score.slots, agent: index, layers }
      drawLane(picture(), inks, { ...moment, registerMidi, still, loop, facing })
      words.light(now)
      const part = slot?.agents[index]
      if (slot !== undefined && part !== undefined) deck.moveFader(faderAt(part, now - slot.startSeconds, session.bpm))
    },
  }
}

/** Transcripts have no decks. */
export const layersOf = ({ scenario }: SessionLine): Layers => (scenario === null ? 'voices' : 'voices and decks')

/** An agent's strips, each with the key that its place among all of them gives it. */
function createStrips(
  root: HTMLElement,
  { agent, title }: { readonly agent: string; readonly title: string },
  { controls, onChange }: AgentRowSettings,
): StripView[] {
  const names = ['', 'level', 'pan'].map((name) => make('span', {}, name))
  root.append(make('div', { class: 'dial-names', 'aria-hidden': 'true' }, ...names))
  return controls.flatMap((control, k) =>
    control.agent === agent ? [createStrip(root, { control, title, number: k + 1, onChange })] : [],
  )
}

function describeAgent({ dj, agent }: Agent): string {
  switch (dj.kind) {
    case 'scripted':
      return `${agent} · scripted, ${dj.policy}`
    case 'server':
      return `${agent} · ${displayText(dj.model, 40)}`
    case 'embedded':
      return `${agent} · embedded n-gram model, ${dj.policy}`
    case 'ghost':
      return `${agent} · ghost of seed ${dj.seed}`
    case 'imported':
      return `${agent} · from ${displayText(dj.from, 40)}`
  }
}

/** On a narrow screen the strips wait behind their name. Returns how to stop. */
function openWhenWide(mix: HTMLDetailsElement): () => void {
  const wide = window.matchMedia('(min-width: 761px)')
  const follow = () => {
    mix.open = wide.matches
  }
  wide.addEventListener('change', follow)
  follow()
  return () => wide.removeEventListener('change', follow)
}
