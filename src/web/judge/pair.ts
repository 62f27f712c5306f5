// One trial: listen, answer, note, go on. Of a pair the questions are the session's; where there is a third sound X, the one question is which of the
// two it is (ABX). Nothing on the page depends on what the sounds were made of; no picture of them is drawn (that is for the end: again.ts).
import type { Answer, Vote } from '../../record/index.ts'
import { clockText } from './elements.ts'
import type { Deed } from './keys.ts'
import { createLoops, loopWords } from './loops.ts'
import type { Page } from './page.ts'
import { drawPair, type PairActions, type PairRequest, type PairView } from './pair-view.ts'
import { createPairPlayer, lengthOf, type Side, sidesOf } from './player.ts'
import { mayAnswer, mostNotes, type Question, questionsOf } from './questions.ts'
import { playingKeys } from './transport.ts'
import { createClock, type Note } from './visit.ts'

export type PairEnd = { readonly kind: 'back' } | { readonly kind: 'vote'; readonly said: SaidOfPair }
export type SaidOfPair = Omit<Vote, 'id' | 'kind' | 'trial' | 'revision'>

const tickMilliseconds = 100

/** Resolves with the vote, or with the wish to go back. */
export function judgePair(page: Page, request: PairRequest): Promise<PairEnd> {
  return new Promise((resolve) => {
    const ear = openEar(page, request)
    const ballot = openBallot(page, request, ear)
    const leave = (end: PairEnd) => {
      ear.close()
      request.onChange('said')
      clearInterval(timer)
      document.removeEventListener('visibilitychange', ear.update)
      page.keys.bind({})
      // Where this browser keeps nothing it takes as long as the server does.
      view.close()
      if (end.kind === 'vote') page.say('What you said is being stored.')
      resolve(end)
    }
    const view = drawPair(page, request, {
      ...hands(ear, refresh),
      ...ways(page, request, ballot, { leave, pinNote: () => view.pinNote() }),
      answer(question, given) {
        const open = ballot.answer(question, given)
        refresh()
        request.onChange('said')
        if (open !== 'closed') view.showAnswers(open)
      },
      note(note) {
        const taken = ballot.note(note)
        request.onChange('said')
        return taken
      },
      draft(text, at) {
        Object.assign(request.visit, { draft: text, draftAt: text === '' ? null : at })
        request.onChange('rest')
      },
    })
    function refresh(): void {
      const heard = ear.update()
      request.onChange('rest')
      view.refresh({ ...ear.player.state(), open: ballot.isOpen(), heard })
      ballot.tellOpen()
    }
    page.keys.bind(keysOf(view, ear, ballot))
    document.addEventListener('visibilitychange', ear.update)
    const timer = setInterval(refresh, tickMilliseconds)
    view.showAnswers(null)
    refresh()
  })
}

/** What is done with the sound; the page follows. */
function hands(ear: Ear, refresh: () => void) {
  const after = (deed: () => void) => {
    deed()
    refresh()
  }
  return {
    hear: (side: Side) => after(() => ear.listenTo(side)),
    toggle: () => void ear.toggle().then(refresh),
    seek: (seconds: number) => after(() => ear.player.seek(seconds)),
    loopFrom: () => after(ear.loops.from),
    loopTo: () => after(ear.loops.to),
    toggleLoop: () => after(ear.loops.toggle),
    moment: () => ({ side: ear.player.state().side, seconds: ear.player.state().seconds }),
  }
}

/** On and back. */
function ways(
  page: Page,
  { mayGoBack }: PairRequest,
  ballot: Ballot,
  { leave, pinNote }: { leave(end: PairEnd): void } & Pick<PairView, 'pinNote'>,
): Pick<PairActions, 'next' | 'back'> {
  return {
    next() {
      if (ballot.read() === null) return page.say('Answer every question first.')
      // What is written and not pinned belongs to the vote.
      if (!pinNote()) return
      const said = ballot.read()
      if (said !== null) leave({ kind: 'vote', said })
    },
    back() {
      if (mayGoBack) leave({ kind: 'back' })
      else page.say('There is no pair before this one.')
    },
  }
}

type Ear = ReturnType<typeof openEar>

/** Playing, and what was heard: kept in the visit, so that it counts when the judge comes back. */
function openEar(page: Page, { sounds, visit, mine }: PairRequest) {
  const { context, output, wake } = page.sound
  const player = createPairPlayer(context, { sounds, output, heard: visit.heard })
  const length = lengthOf(sounds)
  const clock = createClock(performance.now())
  const before = visit.switches
  const update = () => {
    const { switches, first, playing } = player.state()
    visit.elapsedSeconds += clock.look(performance.now(), { hidden: document.hidden, playing })
    visit.switches = before + switches
    visit.first ??= first
    return { a: player.heard('a') / length, b: player.heard('b') / length, x: player.heard('x') / length }
  }
  const loops = createLoops({
    gridSeconds: mine.gridSeconds,
    length,
    state: player.state,
    set(region) {
      player.loop(region)
      page.say(loopWords(region))
    },
  })
  return {
    player,
    loops,
    length,
    /** Shares of the clips that were heard. */
    update,
    listenTo(side: Side) {
      if (sounds[side] === undefined) return page.say('There is no X among the sounds of this pair.')
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

/** Answers and notes, open when enough of every sound was heard. */
function openBallot(page: Page, request: PairRequest, ear: Ear) {
  const { answers, notes } = request.visit
  const questions = questionsOf(request.mine, request.sounds)
  const { isOpen, tellOpen, tellClosed } = openGate(page, request, ear)
  const firstOpen = () => questions.findIndex((one) => answers[one] === undefined)
  let current = Math.max(0, firstOpen())
  return {
    isOpen,
    tellOpen,
    /** The question that the keys answer. */
    current: () => questions[current] ?? 'overall',
    /** Which question is next. */
    answer(question: Question, given: Answer): Question | 'all' | 'closed' {
      if (!isOpen()) {
        tellClosed()
        return 'closed'
      }
      if (!mayAnswer(question, given)) {
        page.say('X is one of the two: answer A or B.')
        return 'closed'
      }
      answers[question] = given
      const open = firstOpen()
      current = open === -1 ? questions.indexOf(question) : open
      return questions[open] ?? 'all'
    },
    /** Whether there was room for it. */
    note(note: Note): boolean {
      if (notes.length >= mostNotes) return false
      notes.push(note)
      return true
    },
    /** null while a question is open. */
    read(): SaidOfPair | null {
      ear.update()
      return isOpen() && questions.every((one) => answers[one] !== undefined) ? readVisit(request, ear) : null
    },
  }
}

function openGate(page: Page, { mine: { rules }, sounds }: PairRequest, ear: Ear) {
  // A hundredth of a second: a playhead is known to the sample, a loop's end to rounding.
  const least = rules.heardShare * ear.length - 0.01
  const sides = sidesOf(sounds)
  const words = sides.length === 2 ? 'both' : 'all three'
  const isOpen = () => sides.every((side) => ear.player.heard(side) >= least)
  let told = false
  return {
    isOpen,
    tellOpen() {
      if (told || !isOpen()) return
      told = true
      page.say(`${sides.length === 2 ? 'Both' : 'All three'} are heard far enough: you may answer.`)
    },
    tellClosed: () => page.say(`First hear at least ${Math.round(100 * rules.heardShare)} % of ${words}.`),
  }
}

/** As it is sent. */
function readVisit({ visit, sounds }: PairRequest, { player }: Ear): SaidOfPair {
  const round = (seconds: number) => Math.round(seconds * 100) / 100
  const heard = (side: Side) => round(player.heard(side))
  const { x, ...answers } = visit.answers
  return {
    answers,
    ...(x === 'a' || x === 'b' ? { x } : {}),
    first: visit.first ?? 'a',
    heardSeconds: { a: heard('a'), b: heard('b'), ...(sounds.x === undefined ? {} : { x: heard('x') }) },
    elapsedSeconds: round(visit.elapsedSeconds),
    switches: visit.switches,
    notes: visit.notes,
  }
}

function keysOf({ actions, writeNote }: PairView, { player }: Ear, ballot: Ballot): Partial<Record<Deed, () => void>> {
  const answer = (given: Answer) => () => actions.answer(ballot.current(), given)
  return {
    ...playingKeys(actions, player.state),
    hearX: () => actions.hear('x'),
    voteA: answer('a'),
    voteTie: answer('tie'),
    voteB: answer('b'),
    voteNeither: answer('neither'),
    undo: actions.back,
    note: writeNote,
  }
}
