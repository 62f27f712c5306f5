// One pair: listen, answer, note, go on. Nothing on the page depends on what the sounds were made of; no picture of them is drawn.
import type { Answer, Criterion, Vote } from '../../record/index.ts'
import { clockText } from './elements.ts'
import { createHeard, type Heard } from './heard.ts'
import type { Deed } from './keys.ts'
import type { Page } from './page.ts'
import { drawPair } from './pair-view.ts'
import { createPairPlayer, type Side } from './player.ts'
import type { Mine } from './server.ts'

export interface Note {
  readonly side: Side
  readonly seconds: number
  readonly text: string
}

/** What a judge did with a pair so far; kept when the judge comes back to it. */
export interface Visit {
  readonly heard: Readonly<Record<Side, Heard>>
  readonly answers: Partial<Record<Criterion, Answer>>
  readonly notes: Note[]
  elapsedSeconds: number
  switches: number
  first: Side | null
}

export const newVisit = (): Visit => ({
  heard: { a: createHeard(), b: createHeard() },
  answers: {},
  notes: [],
  elapsedSeconds: 0,
  switches: 0,
  first: null,
})

export type PairEnd = { readonly kind: 'back' } | { readonly kind: 'vote'; readonly said: SaidOfPair }
export type SaidOfPair = Pick<Vote, 'answers' | 'first' | 'heardSeconds' | 'elapsedSeconds' | 'switches' | 'notes'>

export interface PairRequest {
  readonly mine: Mine
  readonly title: string
  readonly sounds: Readonly<Record<Side, AudioBuffer>>
  readonly visit: Visit
  /** Whether there is a pair to go back to. */
  readonly mayGoBack: boolean
}

const tickMilliseconds = 100
const longest = { notes: 20 }

/** Resolves with the vote, or with the wish to go back. */
export function judgePair(page: Page, request: PairRequest): Promise<PairEnd> {
  const { mine, sounds, visit, mayGoBack } = request
  const { context, output, wake } = page.sound
  const player = createPairPlayer(context, { sounds, output, heard: visit.heard })
  const begun = performance.now()
  const before = { elapsed: visit.elapsedSeconds, switches: visit.switches }
  const length = Math.min(sounds.a.duration, sounds.b.duration)
  const least = mine.rules.heardShare * length
  let told = false
  let current = 0

  return new Promise((resolve) => {
    const view = drawPair(page, request, {
      hear: (side) => {
        player.listenTo(side)
        page.say(`${side.toUpperCase()}, ${clockText(player.state().seconds)}`)
        refresh()
      },
      toggle,
      seek: (seconds) => move(seconds),
      loopFrom,
      loopTo,
      toggleLoop,
      answer,
      note: (note) => {
        if (visit.notes.length < longest.notes) visit.notes.push(note)
      },
      moment: () => ({ side: player.state().side, seconds: player.state().seconds }),
      next,
      back,
    })

    function update(): void {
      const { switches, first } = player.state()
      visit.elapsedSeconds = before.elapsed + (performance.now() - begun) / 1000
      visit.switches = before.switches + switches
      visit.first ??= first
    }

    /** `least` less a hundredth: a playhead is known to the sample, a loop's end to rounding. */
    const isOpen = () => player.heard('a') >= least - 0.01 && player.heard('b') >= least - 0.01

    function refresh(): void {
      update()
      const open = isOpen()
      view.refresh({
        ...player.state(),
        open,
        heard: { a: player.heard('a') / length, b: player.heard('b') / length },
      })
      if (open && !told) {
        told = true
        page.say('Both are heard far enough: you may answer.')
      }
    }

    async function toggle(): Promise<void> {
      await wake()
      if (player.state().playing) player.pause()
      else player.play()
      page.say(player.state().playing ? 'Playing' : `Paused at ${clockText(player.state().seconds)}`)
      refresh()
    }

    function move(seconds: number): void {
      player.seek(seconds)
      refresh()
    }

    /** The bar in which the playhead is, in bars. */
    const barNow = () => Math.floor(player.state().seconds / mine.gridSeconds + 1e-6)
    const lastBar = Math.max(1, Math.round(length / mine.gridSeconds))
    const barTime = (bar: number) => Math.min(length, bar * mine.gridSeconds)

    function setLoop(from: number, to: number): void {
      const whole = from <= 0 && to >= length - 1e-3
      player.loop(whole ? null : { from, to })
      page.say(whole ? 'The whole clip loops' : `Loop from ${clockText(from)} to ${clockText(to)}`)
      refresh()
    }

    function loopFrom(): void {
      const { region } = player.state()
      const bar = Math.min(barNow(), lastBar - 1)
      setLoop(barTime(bar), region.to > barTime(bar) + 1e-3 ? region.to : length)
    }

    function loopTo(): void {
      const { region } = player.state()
      const bar = barNow() + 1
      setLoop(region.from < barTime(bar) - 1e-3 ? region.from : 0, bar >= lastBar ? length : barTime(bar))
    }

    function toggleLoop(): void {
      if (player.state().looped) setLoop(0, length)
      else setLoop(barTime(Math.min(barNow(), lastBar - 1)), barTime(Math.min(barNow(), lastBar - 1) + 1))
    }

    function answer(criterion: Criterion, given: Answer): void {
      if (!isOpen()) {
        page.say(`First hear at least ${Math.round(100 * mine.rules.heardShare)} % of both.`)
        return
      }
      visit.answers[criterion] = given
      const open = mine.criteria.findIndex((one) => visit.answers[one] === undefined)
      current = open === -1 ? mine.criteria.indexOf(criterion) : open
      refresh()
      view.showAnswers(open === -1 ? 'all' : (mine.criteria[open] ?? null))
    }

    function next(): void {
      update()
      const { answers, notes, switches, elapsedSeconds } = visit
      if (!isOpen() || mine.criteria.some((one) => answers[one] === undefined)) {
        page.say('Answer every question first.')
        return
      }
      const round = (seconds: number) => Math.round(seconds * 100) / 100
      const heardSeconds = { a: round(player.heard('a')), b: round(player.heard('b')) }
      const first = visit.first ?? 'a'
      leave({
        kind: 'vote',
        said: { answers, first, heardSeconds, elapsedSeconds: round(elapsedSeconds), switches, notes },
      })
    }

    function back(): void {
      if (mayGoBack) leave({ kind: 'back' })
      else page.say('There is no pair before this one.')
    }

    function leave(end: PairEnd): void {
      update()
      player.dispose()
      clearInterval(timer)
      page.keys.bind({})
      resolve(end)
    }

    const answerNow = (given: Answer) => () => answer(mine.criteria[current] ?? 'overall', given)
    const by = (seconds: number) => () => move(player.state().seconds + seconds)
    const functions: Partial<Record<Deed, () => void>> = {
      hearA: () => view.actions.hear('a'),
      hearB: () => view.actions.hear('b'),
      play: () => void toggle(),
      back: by(-2),
      on: by(2),
      backLittle: by(-0.1),
      onLittle: by(0.1),
      loopFrom,
      loopTo,
      loop: toggleLoop,
      restart: () => move(player.state().region.from),
      voteA: answerNow('a'),
      voteTie: answerNow('tie'),
      voteB: answerNow('b'),
      voteNeither: answerNow('neither'),
      undo: back,
      note: () => view.writeNote(),
    }
    page.keys.bind(functions)
    const timer = setInterval(refresh, tickMilliseconds)
    view.showAnswers(null)
    refresh()
  })
}
