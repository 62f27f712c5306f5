// The screen of a pair: what is on it and how it follows the player. All decisions are in pair.ts.
import type { Answer, Criterion } from '../../record/index.ts'
import { button, clockText, make, setText } from './elements.ts'
import type { Page } from './page.ts'
import type { Note, PairRequest } from './pair.ts'
import type { PlayerState, Side } from './player.ts'

export interface PairActions {
  hear(side: Side): void
  toggle(): void
  seek(seconds: number): void
  loopFrom(): void
  loopTo(): void
  toggleLoop(): void
  answer(criterion: Criterion, given: Answer): void
  note(note: Note): void
  moment(): { side: Side; seconds: number }
  next(): void
  back(): void
}

export interface PairView {
  readonly actions: PairActions
  refresh(state: PlayerState & { open: boolean; heard: Readonly<Record<Side, number>> }): void
  /** `all`: every question is answered; a criterion: that one is next. */
  showAnswers(next: 'all' | Criterion | null): void
  writeNote(): void
}

export const criterionQuestions: Readonly<Record<Criterion, string>> = {
  overall: 'Which do you prefer?',
  order: 'Which holds together better?',
  interplay: 'In which do the players listen to each other more?',
  evolution: 'Which leads somewhere?',
}
const answerWords: readonly (readonly [Answer, string, string])[] = [
  ['a', 'A', 'Shift+A'],
  ['tie', 'Tie', 'T'],
  ['b', 'B', 'Shift+B'],
  ['neither', 'Neither', 'N'],
]

export function drawPair(page: Page, request: PairRequest, actions: PairActions): PairView {
  const { title, mine, visit } = request
  const length = Math.min(request.sounds.a.duration, request.sounds.b.duration)
  const transport = drawTransport(length, actions)
  const questions = mine.criteria.map((criterion) => drawQuestion(criterion, actions))
  const notes = drawNotes(page, visit.notes, actions)
  const next = button('main', 'Store and go on', actions.next, { id: 'next', 'aria-disabled': 'true' })
  const back = button('plain', 'Pair before', actions.back, { 'aria-keyshortcuts': 'U' })
  if (!request.mayGoBack) back.disabled = true
  page.show(
    'pair',
    title,
    ...transport.parts,
    make('div', { class: 'questions' }, ...questions.map(({ part }) => part)),
    notes.part,
    make('div', { class: 'row' }, next, back),
  )
  const answered = () => mine.criteria.every((criterion) => visit.answers[criterion] !== undefined)
  return {
    actions,
    refresh(state) {
      transport.refresh(state)
      for (const { buttons } of questions)
        for (const one of buttons.values()) one.setAttribute('aria-disabled', String(!state.open))
      next.setAttribute('aria-disabled', String(!(state.open && answered())))
    },
    showAnswers(open) {
      for (const [k, criterion] of mine.criteria.entries())
        for (const [given, one] of questions[k]?.buttons ?? [])
          one.setAttribute('aria-pressed', String(visit.answers[criterion] === given))
      if (open === 'all') {
        next.setAttribute('aria-disabled', 'false')
        next.focus()
        page.say('All is answered. Enter stores it and goes on.')
      } else if (open !== null) page.say(`Next question: ${criterionQuestions[open]}`)
    },
    writeNote: notes.open,
  }
}

function drawTransport(length: number, actions: PairActions) {
  const ears = (['a', 'b'] as const).map((side) =>
    button('plain', side.toUpperCase(), () => actions.hear(side), {
      class: 'ear',
      id: `hear-${side}`,
      'aria-pressed': 'false',
      'aria-label': `Hear ${side.toUpperCase()}`,
      'aria-keyshortcuts': side === 'a' ? 'A 1' : 'B 2',
    }),
  )
  const play = button('main', 'Play', () => actions.toggle(), { id: 'play', 'aria-keyshortcuts': 'Space' })
  const slider = make('input', {
    type: 'range',
    id: 'playhead',
    min: '0',
    max: length.toFixed(2),
    step: '0.1',
    value: '0',
    'aria-label': 'Playhead of both',
  })
  slider.addEventListener('input', () => actions.seek(Number(slider.value)))
  const clock = make('output', { class: 'clock', for: 'playhead', 'aria-live': 'off' }, '0:00')
  const loops = [
    button('plain', 'Loop from here', actions.loopFrom, { 'aria-keyshortcuts': '[' }),
    button('plain', 'Loop to here', actions.loopTo, { 'aria-keyshortcuts': ']' }),
    button('plain', 'Loop this bar', actions.toggleLoop, { 'aria-keyshortcuts': 'L', 'aria-pressed': 'false' }),
  ]
  const meters = (['a', 'b'] as const).map((side) => {
    const meter = make('progress', { max: '1', value: '0', 'aria-label': `Heard of ${side.toUpperCase()}` })
    return { side, meter, part: make('span', { class: 'heard' }, `Heard of ${side.toUpperCase()}`, meter) }
  })
  return {
    parts: [
      make('div', { class: 'ears', role: 'group', 'aria-label': 'Which of the two is heard' }, ...ears),
      make('div', { class: 'playing' }, play, slider, clock),
      make('div', { class: 'row loops', role: 'group', 'aria-label': 'Loop' }, ...loops),
      make('p', { class: 'coverage' }, ...meters.map(({ part }) => part)),
    ],
    refresh(state: PlayerState & { heard: Readonly<Record<Side, number>> }) {
      ears.forEach((one, k) => {
        one.setAttribute('aria-pressed', String(state.side === (k === 0 ? 'a' : 'b')))
      })
      setText(play, state.playing ? 'Pause' : 'Play')
      const where = `${clockText(state.seconds)} of ${clockText(length)}`
      if (document.activeElement !== slider || Math.abs(Number(slider.value) - state.seconds) > 0.15)
        slider.value = String(state.seconds)
      slider.setAttribute('aria-valuetext', where)
      const loop = state.looped ? `, loop ${clockText(state.region.from)} to ${clockText(state.region.to)}` : ''
      setText(clock, `${where}${loop}`)
      loops[2]?.setAttribute('aria-pressed', String(state.looped))
      for (const { side, meter } of meters) meter.value = Math.min(1, state.heard[side])
    },
  }
}

function drawQuestion(criterion: Criterion, actions: PairActions) {
  const id = `question-${criterion}`
  const buttons = new Map(
    answerWords.map(([given, word, keys]) => [
      given,
      button('plain', word, () => actions.answer(criterion, given), {
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
    make('h2', { id }, criterionQuestions[criterion]),
    make('div', { class: 'row' }, ...buttons.values()),
  )
  return { part, buttons }
}

function drawNotes(page: Page, known: readonly Note[], actions: PairActions) {
  const field = make('input', { type: 'text', id: 'note', maxlength: '500', autocomplete: 'off' })
  const label = make('label', { class: 'field', for: 'note' }, 'A note, pinned to this moment')
  const list = make('ul', { class: 'notes' })
  let moment = actions.moment
  const draw = () =>
    list.replaceChildren(
      ...known.map(({ side, seconds, text }) =>
        make('li', {}, make('b', {}, `${side.toUpperCase()} ${clockText(seconds)}`), ` ${text}`),
      ),
    )
  const pin = () => {
    const text = field.value.trim()
    if (text === '') return
    const { side, seconds } = moment()
    actions.note({ side, seconds: Math.round(seconds * 100) / 100, text })
    field.value = ''
    draw()
    page.say(`Noted at ${clockText(seconds)} of ${side.toUpperCase()}.`)
  }
  field.addEventListener('focus', () => {
    const here = actions.moment()
    moment = () => here
  })
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') pin()
    if (event.key === 'Escape' || event.key === 'Enter') field.blur()
  })
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
      make('div', { class: 'row' }, field, button('plain', 'Pin', pin)),
      list,
    ),
    open,
  }
}
