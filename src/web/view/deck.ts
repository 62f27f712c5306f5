// What a deck does in this slot, in one quiet line: track, section, tempo, key, EQ, fader, loop.
import type { DeckSlot, Track } from '../../record/index.ts'
import { make, setText } from './elements.ts'

export interface DeckLine {
  show(deck: DeckSlot | null, track: Track | undefined, bpm: number): void
  moveFader(share: number): void
}

const bands = ['low', 'mid', 'high'] as const
const pitchNames = ['C', 'D♭', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B']

export function createDeckLine(root: HTMLElement): DeckLine {
  const track = make('span', { class: 'track' })
  const facts = make('span', { class: 'facts' })
  const bars = bands.map(() => make('i'))
  const eqWords = make('span', { class: 'unseen' })
  const knob = make('i')
  let knobLeft = ''
  const faderWords = make('span', { class: 'unseen' })
  root.append(
    track,
    facts,
    make('span', { class: 'pair' }, 'EQ', eqWords, make('span', { class: 'eq', 'aria-hidden': 'true' }, ...bars)),
    make('span', { class: 'pair' }, 'fader', faderWords, make('span', { class: 'fader', 'aria-hidden': 'true' }, knob)),
  )
  return {
    show(deck, playing, bpm) {
      root.classList.toggle('still', deck === null || !deck.playing)
      setText(track, describeTrack(deck, playing))
      setText(facts, deck === null || playing === undefined ? '' : describeFacts(deck, playing, bpm))
      bands.forEach((band, k) => {
        const gain = deck?.eq[band] ?? 1
        bars[k]?.style.setProperty('height', `${Math.round(Math.min(1.25, gain) * 12)}px`)
      })
      setText(eqWords, bands.map((band) => `${band} ${describeGain(deck?.eq[band] ?? 1)}`).join(', '))
      setText(faderWords, `${Math.round((deck?.fader.to ?? 0) * 100)} percent`)
    },
    moveFader(share) {
      const left = `${Math.round(share * 100)}%`
      if (left === knobLeft) return // setting it costs a layout, changed or not
      knobLeft = left
      knob.style.setProperty('left', left)
    },
  }
}

function describeTrack(deck: DeckSlot | null, track: Track | undefined): string {
  if (deck === null || deck.track === null) return 'nothing on the deck'
  return `${track?.title ?? deck.track}${deck.playing ? '' : ', cued'}`
}

function describeFacts(deck: DeckSlot, track: Track, bpm: number): string {
  const section = track.sections[deck.section % track.sections.length]?.name ?? 'section'
  const tempo = Math.abs(track.bpm - bpm) < 0.05 ? `${track.bpm} bpm` : `${track.bpm} → ${bpm} bpm`
  const parts = [section, describeKey(track), tempo]
  if (deck.nudgePercent !== 0) parts.push(`nudged ${deck.nudgePercent > 0 ? '+' : '−'}${Math.abs(deck.nudgePercent)} %`)
  if (deck.loopBeats !== null) parts.push(`loop ${deck.loopBeats}`)
  return parts.join(' · ')
}

/** A key as musicians write it, e.g. "A minor". */
export function describeKey({ key }: Track): string {
  return `${pitchNames[key.tonic] ?? '?'} ${key.mode}`
}

function describeGain(gain: number): string {
  return gain < 0.01 ? 'killed' : gain < 0.95 ? 'down' : gain > 1.05 ? 'up' : 'even'
}
