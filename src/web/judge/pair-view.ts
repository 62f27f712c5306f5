// The screen of a trial: what is on it and how it follows the player. All decisions are in pair.ts.
import type { Answer } from '../../record/index.ts'
import { button, clockText, make } from './elements.ts'
import type { Page } from './page.ts'
import { type BySide, type PlayerState, type Side, sidesOf } from './player.ts'
import { mayAnswer, mostNotes, type Question, questionsOf } from './questions.ts'
import type { Mine } from './server.ts'
import { drawMeters, drawTransport, type TransportActions } from './transport.ts'
import type { Moment, Note, Visit } from './visit.ts'

export interface PairRequest {
  readonly mine: Mine
  readonly title: string
  readonly sounds: BySide<AudioBuffer>
  readonly visit: Visit
  /** The visit changed: `said` where it was an answer or a note. */
  onChange(what: 'said' | 'rest'): void
  /** Whether there is a pair to go back to. */
  readonly mayGoBack: boolean
  /** Whether all others are judged: going on ends the session. */
  readonly last: boolean
}

export interface PairActions extends TransportActions {
  answer(question: Question, given: Answer): void
  /** Whether there was room for it. */
  note(note: Note): boolean
  /** What stands in the field of the note. */
  draft(text: string, at: Moment): void
  moment(): Moment
  next(): void
  back(): void
}

export interface PairView {
  readonly actions: PairActions
  refresh(state: PlayerState & { open: boolean; heard: Readonly<Record<Side, number>> }): void
  /** `all`: every question is answered; a question: that one is next. */
  showAnswers(next: 'all' | Question | null): void
  writeNote(): void
  /** Nothing can be done here any more. */
  close(): void
  /** Pins what stands in the field of the note; false, and told: there is no room for it. */
  pinNote(): boolean
}

const questionWords: Readonly<Record<Question, string>> = {
  overall: 'Which do you prefer?',
  order: 'Which holds together better?',
  interplay: 'In which do the players listen to each other more?',
  evolution: 'Which leads somewhere?',
  x: 'Which of the two is X?',
}
const answerWords: readonly (readonly [Answer, string, string])[] = [
  ['a', 'A', 'Shift+A'],
  ['tie', 'Tie', 'T'],
  ['b', 'B', 'Shift+B'],
  ['neither', 'Neither', 'N'],
]

const lastWords =
  'This is the last one. Going on ends the session: you are told how steady you were, and no answer can be changed after that.'

export function drawPair(page: Page, request: PairRequest, actions: PairActions): PairView {
  const { title, visit } = request
  const asked = questionsOf(request.mine, request.sounds)
  const transport = drawTransport(request.sounds, actions)
  const meters = drawMeters(sidesOf(request.sounds))
  const questions = asked.map((question) => drawQuestion(question, actions))
  const notes = drawNotes(page, visit, actions)
  const next = button('main', request.last ? 'Store and end' : 'Store and go on', actions.next, {
    id: 'next',
    'aria-disabled': 'true',
  })
  const back = button('plain', 'Pair before', actions.back, { 'aria-keyshortcuts': 'U' })
  if (!request.mayGoBack) back.disabled = true
  const ending = request.last ? [make('p', { id: 'ending' }, lastWords)] : []
  const parts = [
    ...transport.parts,
    meters.part,
    make('div', { class: 'questions' }, ...questions.map(({ part }) => part)),
    notes.part,
    ...ending,
    make('div', { class: 'row' }, next, back),
  ]
  page.show('pair', title, ...parts)
  const answered = () => asked.every((question) => visit.answers[question] !== undefined)
  return {
    actions,
    refresh(state) {
      transport.refresh(state)
      meters.refresh(state)
      for (const { buttons } of questions)
        for (const one of buttons.values()) one.setAttribute('aria-disabled', String(!state.open))
      next.setAttribute('aria-disabled', String(!(state.open && answered())))
    },
    showAnswers(open) {
      for (const [k, question] of asked.entries())
        for (const [given, one] of questions[k]?.buttons ?? [])
          one.setAttribute('aria-pressed', String(visit.answers[question] === given))
      if (open === 'all') {
        next.setAttribute('aria-disabled', 'false')
        next.focus()
        page.say(`All is answered. Enter stores it and ${request.last ? 'ends the session' : 'goes on'}.`)
      } else if (open !== null) page.say(`Next question: ${questionWords[open]}`)
    },
    writeNote: notes.open,
    pinNote: notes.pin,
    close() {
      for (const part of parts) part.inert = true
      document.querySelector('h1')?.focus()
    },
  }
}

function drawQuestion(question: Question, actions: PairActions) {
  const id = `question-${question}`
  const buttons = new Map(
    answerWords
      .filter(([given]) => mayAnswer(question, given))
      .map(([given, word, keys]) => [
        given,
        button('plain', question === 'x' ? `X is ${word}` : word, () => actions.answer(question, given), {
          class: 'plain answer',
          'aria-pressed': 'false',
          'aria-disabled': 'true',
          'aria-keyshortcuts': keys,
          'data-answer': given,
        }),
      ]),
  )
  const part = make(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': id },
    make('h2', { id }, questionWords[question]),
    make('div', { class: 'row' }, ...buttons.values()),
  )
  return { part, buttons }
}

function drawNotes(page: Page, visit: Visit, actions: PairActions) {
  const field = make('input', { type: 'text', id: 'note', maxlength: '500', autocomplete: 'off' })
  field.value = visit.draft
  const label = make('label', { class: 'field', for: 'note' }, 'A note, pinned to this moment')
  const list = make('ul', { class: 'notes' })
  let moment = () => visit.draftAt ?? actions.moment()
  const draw = () => list.replaceChildren(...visit.notes.map(drawNote))
  const pin = () => {
    const text = field.value.trim()
    if (text === '') return true
    const { side, seconds } = moment()
    // Before the note is kept, so that a reload does not find it twice.
    actions.draft('', { side, seconds })
    if (!actions.note({ side, seconds: Math.round(seconds * 100) / 100, text })) {
      actions.draft(text, { side, seconds })
      field.focus()
      page.say(
        `A pair has ${mostNotes} notes at most. This one stays in its field and is not stored: empty the field to go on.`,
      )
      return false
    }
    field.value = ''
    draw()
    page.say(`Noted at ${clockText(seconds)} of ${side.toUpperCase()}.`)
    return true
  }
  field.addEventListener('input', () => actions.draft(field.value, moment()))
  field.addEventListener('focus', () => {
    const here = actions.moment()
    moment = () => here
  })
  leadBack(field, pin)
  const open = () => {
    page.say('A note: Enter keeps it, Escape leaves.')
    field.focus()
  }
  draw()
  return {
    part: make(
      'div',
      { class: 'note' },
      label,
      make(
        'div',
        { class: 'row' },
        field,
        button('plain', 'Pin', () => void pin()),
      ),
      list,
    ),
    open,
    pin,
  }
}

/** Escape, and Enter when the note is pinned, lead back to where one was before, else to the heading of the pair. */
function leadBack(field: HTMLInputElement, pin: () => boolean): void {
  let before: HTMLElement | null = null
  let pinned = false
  const leave = () => {
    const there = before?.isConnected === true ? before : document.querySelector('h1')
    there?.focus()
  }
  field.addEventListener('focus', ({ relatedTarget }) => {
    before = relatedTarget instanceof HTMLElement ? relatedTarget : null
  })
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    if (event.key === 'Escape') leave()
    else if (!event.repeat) pinned = pin()
  })
  // Not while it is held down: the button that takes the focus would be pressed by it.
  field.addEventListener('keyup', ({ key }) => {
    if (key !== 'Enter' || !pinned) return
    pinned = false
    leave()
  })
}

const drawNote = ({ side, seconds, text }: Note) =>
  make('li', {}, make('b', {}, `${side.toUpperCase()} ${clockText(seconds)}`), ` ${text}`)
