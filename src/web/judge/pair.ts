// One pair: listen, answer, note, go on. Nothing on the page depends on what the sounds were made of; no picture of them is drawn.
import type { Answer, Criterion, Vote } from '../../record/index.ts'
import { clockText } from './elements.ts'
import { createHeard, type Heard } from './heard.ts'
import type { Deed } from './keys.ts'
import { createLoops } from './loops.ts'
import type { Page } from './page.ts'
import { drawPair, type PairView } from './pair-view.ts'
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
const mostNotes = 20

/** Resolves with the vote, or with the wish to go back. */
export function judgePair(page: Page, request: PairRequest): Promise<PairEnd> {
  return new Promise((resolve) => {
    const ear = openEar(page, request)
    const ballot = openBallot(page, request, ear)
    const leave = (end: PairEnd) => {
      ear.close()
      clearInterval(timer)
      page.keys.bind({})
      resolve(end)
    }
    const next = () => {
      const said = ballot.read()
      if (said === null) page.say('Answer every question first.')
      else leave({ kind: 'vote', said })
    }
    const back = () => {
      if (request.mayGoBack) leave({ kind: 'back' })
      else page.say('There is no pair before this one.')
    }
    const view = drawPair(page, request, {
      hear: (side) => after(() => ear.listenTo(side)),
      toggle: () => void ear.toggle().then(refresh),
      seek: (seconds) => after(() => ear.player.seek(seconds)),
      loopFrom: () => after(ear.loops.from),
      loopTo: () => after(ear.loops.to),
      toggleLoop: () => after(ear.loops.toggle),
      answer: (criterion, given) => {
        const open = ballot.answer(criterion, given)
        refresh()
        if (open !== 'closed') view.showAnswers(open)
      },
      note: ballot.note,
      moment: () => ({ side: ear.player.state().side, seconds: ear.player.state().seconds }),
      next,
      back,
    })
    function refresh(): void {
      const heard = ear.update()
      view.refresh({ ...ear.player.state(), open: ballot.isOpen(), heard })
      ballot.tellOpen()
    }
    function after(deed: () => void): void {
      deed()
      refresh()
    }
    page.keys.bind(keysOf(view, ear, ballot))
    const timer = setInterval(refresh, tickMilliseconds)
    view.showAnswers(null)
    refresh()
  })
}

type Ear = ReturnType<typeof openEar>

/** Playing, and what was heard: kept in the visit, so that it counts when the judge comes back. */
function openEar(page: Page, { sounds, visit, mine }: PairRequest) {
  const { context, output, wake } = page.sound
  const player = createPairPlayer(context, { sounds, output, heard: visit.heard })
  const length = Math.min(sounds.a.duration, sounds.b.duration)
  const before = { elapsed: visit.elapsedSeconds, switches: visit.switches, begun: performance.now() }
  const update = () => {
    const { switches, first } = player.state()
    visit.elapsedSeconds = before.elapsed + (performance.now() - before.begun) / 1000
    visit.switches = before.switches + switches
    visit.first ??= first
    return { a: player.heard('a') / length, b: player.heard('b') / length }
  }
  const loops = createLoops({
    gridSeconds: mine.gridSeconds,
    length,
    state: player.state,
    set(region) {
      player.loop(region)
      page.say(
        region === null ? 'The whole clip loops' : `Loop from ${clockText(region.from)} to ${clockText(region.to)}`,
      )
    },
  })
  return {
    player,
    loops,
    length,
    /** Shares of the clips that were heard. */
    update,
    listenTo(side: Side) {
      player.listenTo(side)
      page.say(`${side.toUpperCase()}, ${clockText(player.state().seconds)}`)
    },
    async toggle() {
      await wake()
      if (player.state().playing) player.pause()
      else player.play()
      page.say(player.state().playing ? 'Playing' : `Paused at ${clockText(player.state().seconds)}`)
    },
    close() {
      update()
      player.dispose()
    },
  }
}

type Ballot = ReturnType<typeof openBallot>

/** Answers and notes, open when enough of both was heard. */
function openBallot(page: Page, { mine: { criteria, rules }, visit }: PairRequest, ear: Ear) {
  const { answers, notes } = visit
  // A hundredth of a second: a playhead is known to the sample, a loop's end to rounding.
  const least = rules.heardShare * ear.length - 0.01
  const isOpen = () => ear.player.heard('a') >= least && ear.player.heard('b') >= least
  let [told, current] = [false, 0]
  return {
    isOpen,
    /** The question that the keys answer. */
    current: () => criteria[current] ?? 'overall',
    /** Which question is next. */
    answer(criterion: Criterion, given: Answer): Criterion | 'all' | 'closed' {
      if (!isOpen()) {
        page.say(`First hear at least ${Math.round(100 * rules.heardShare)} % of both.`)
        return 'closed'
      }
      answers[criterion] = given
      const open = criteria.findIndex((one) => answers[one] === undefined)
      current = open === -1 ? criteria.indexOf(criterion) : open
      return criteria[open] ?? 'all'
    },
    note(note: Note) {
      if (notes.length < mostNotes) notes.push(note)
    },
    tellOpen() {
      if (told || !isOpen()) return
      told = true
      page.say('Both are heard far enough: you may answer.')
    },
    /** null while a question is open. */
    read(): SaidOfPair | null {
      ear.update()
      if (!isOpen() || criteria.some((one) => answers[one] === undefined)) return null
      const round = (seconds: number) => Math.round(seconds * 100) / 100
      return {
        answers,
        first: visit.first ?? 'a',
        heardSeconds: { a: round(ear.player.heard('a')), b: round(ear.player.heard('b')) },
        elapsedSeconds: round(visit.elapsedSeconds),
        switches: visit.switches,
        notes,
      }
    },
  }
}

function keysOf({ actions, writeNote }: PairView, { player }: Ear, ballot: Ballot): Partial<Record<Deed, () => void>> {
  const answer = (given: Answer) => () => actions.answer(ballot.current(), given)
  const by = (seconds: number) => () => actions.seek(player.state().seconds + seconds)
  return {
    hearA: () => actions.hear('a'),
    hearB: () => actions.hear('b'),
    play: actions.toggle,
    back: by(-2),
    on: by(2),
    backLittle: by(-0.1),
    onLittle: by(0.1),
    loopFrom: actions.loopFrom,
    loopTo: actions.loopTo,
    loop: actions.toggleLoop,
    restart: () => actions.seek(player.state().region.from),
    voteA: answer('a'),
    voteTie: answer('tie'),
    voteB: answer('b'),
    voteNeither: answer('neither'),
    undo: actions.back,
    note: writeNote,
  }
}
