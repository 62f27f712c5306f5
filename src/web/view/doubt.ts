// Hands that make one doubt: a stranger in an agent's seat (the null), and another run in step with this one.
import type { Listening } from '../listening.ts'
import type { OtherSource } from '../run/other-run.ts'
import type { RunEntry } from '../run/server.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Casting } from '../sound/mixer.ts'
import { displayText, make, setText } from './elements.ts'
import { type KeyDeed, key } from './keys.ts'
import type { Parts } from './parts.ts'
import { nameRun } from './runs.ts'
import { castOf, describeCast, nobodyToFit } from './seats.ts'

export interface DoubtSettings {
  readonly parts: Parts
  readonly listening: () => Listening | undefined
  readonly slotNow: () => number
  readonly say: (words: string) => void
}

export interface Doubt {
  readonly deeds: readonly KeyDeed[]
  /** Runs that may sound beside this one. */
  listOthers(runs: readonly RunEntry[], chosen: string | null): void
  /** A run was opened: nobody but its own agents sounds. */
  reset(score: PartyScore | null): void
  /** A few times a second: what was said is said anew where it holds no more. */
  refresh(): void
}

export function createDoubt(settings: DoubtSettings): Doubt {
  const { parts, listening, say } = settings
  const cast = async (wanted: Casting) => {
    const company = listening()?.company
    if (company === undefined || parts.besideButton.disabled) return
    if (typeof wanted === 'object' && isAlone()) return say(nobodyToFit)
    const isBack = JSON.stringify(company.wish) === JSON.stringify(wanted)
    if (company.other === null && !isBack) say('Fetching the other run.')
    try {
      await company.cast(isBack ? 'own' : wanted)
      if (company === listening()?.company) say(company.casting === 'own' ? describe(settings) : '')
      tell()
    } catch (error) {
      say(displayText((error as Error).message, 300))
    }
    show()
  }
  const isAlone = () => listening()?.score?.session.agents.length === 1
  /** Who sounds instead of the run stands in a place of its own for as long as it is so, whatever else is said. */
  const tell = () => {
    const casting = listening()?.company.casting ?? 'own'
    const words = casting === 'own' ? '' : describe(settings)
    // The level differs from slot to slot; that alone is no news.
    if (withoutLevel(words) !== withoutLevel(parts.castLine.textContent ?? '')) setText(parts.castLine, words)
  }
  const show = () => {
    const casting = listening()?.company.casting ?? 'own'
    press(parts.nullButton, typeof casting === 'object')
    press(parts.besideButton, casting === 'other')
  }
  const hearNull = () => void cast({ seat: Number(parts.seat.value) })
  const hearOther = () => void cast('other')
  const takeSeat = () => {
    if (typeof listening()?.company.casting === 'object') void cast({ seat: Number(parts.seat.value) })
  }
  const nextSeat = () => {
    parts.seat.selectedIndex = (parts.seat.selectedIndex + 1) % Math.max(1, parts.seat.options.length)
    takeSeat()
  }
  parts.nullButton.addEventListener('click', hearNull)
  parts.besideButton.addEventListener('click', hearOther)
  parts.seat.addEventListener('change', takeSeat)
  parts.other.addEventListener('change', () => {
    listening()?.company.choose(sourceOf(parts.other.value))
    show()
    tell()
    say('')
  })
  return {
    deeds: [
      { keys: 'Shift N', says: 'the stranger takes the next seat', fits: (event) => event.key === 'N', does: nextSeat },
      key('N', 'hear the null: a stranger in one seat, and back', 'n', hearNull),
      key('B', 'hear the other run, in step, and back', 'b', hearOther),
    ],
    listOthers(runs, chosen) {
      const others = runs.filter((run) => run.id !== chosen && !run.live)
      parts.other.replaceChildren(
        make('option', { value: '' }, 'its twin'),
        ...others.map((run) => make('option', { value: run.id }, `run ${nameRun(run.id)}`)),
      )
    },
    reset(score) {
      const agents = score?.session.agents ?? []
      parts.seat.replaceChildren(
        ...agents.map(({ title }, seat) => make('option', { value: String(seat) }, displayText(title, 30))),
      )
      parts.seat.selectedIndex = Math.min(1, agents.length - 1)
      for (const control of [parts.nullButton, parts.besideButton, parts.seat, parts.other])
        control.disabled = agents.length === 0
      // Nobody to fit with: nothing is offered; what is pressed all the same is answered in words.
      parts.nullButton.setAttribute('aria-disabled', String(agents.length === 1))
      parts.seat.disabled = agents.length < 2
      document.documentElement.dataset.casting = 'own'
      setText(parts.castLine, '')
      if (score !== null) offerTwin(parts.other, score)
      if (parts.other.value !== '') listening()?.company.choose(sourceOf(parts.other.value))
      show()
    },
    refresh: tell,
  }
}

const withoutLevel = (words: string) => words.replace(/ \([^()]* dB here\)/, '')

/** Only parties of scripted DJs can be played again; of others the first other run is offered. */
function offerTwin(other: HTMLSelectElement, { session }: PartyScore): void {
  const [twin] = other.options
  if (twin === undefined) return
  twin.disabled = session.scenario === null || session.agents.some(({ dj }) => dj.kind !== 'scripted')
  if (twin.disabled && other.value === '' && other.options.length > 1) other.selectedIndex = 1
}

const sourceOf = (value: string): OtherSource => (value === '' ? { kind: 'twin' } : { kind: 'run', id: value })

export function press(button: HTMLButtonElement, pressed: boolean): void {
  button.setAttribute('aria-pressed', String(pressed))
}

/** Who sounds now, in words. */
function describe({ listening, slotNow }: DoubtSettings): string {
  const { company, player, score } = listening() ?? {}
  if (company === undefined || score === undefined) return ''
  const cast = castOf(company.casting, company.other)
  const slot = slotNow()
  const seat = typeof company.casting === 'object' ? company.casting.seat : 0
  return describeCast({ score, cast, slot, change: player?.guest?.levelChange(slot, seat) ?? null })
}
