// Who is heard, the playhead, loops, how much was heard: what a trial and a look back at it have in common. Each part follows the player's state.
import { button, clockText, make, setText } from './elements.ts'
import type { Deed } from './keys.ts'
import { type BySide, lengthOf, type PlayerState, type Side, sidesOf } from './player.ts'

export interface TransportActions {
  hear(side: Side): void
  toggle(): void
  seek(seconds: number): void
  loopFrom(): void
  loopTo(): void
  toggleLoop(): void
}

/** What the playing keys do, wherever sounds lie under one playhead. */
export function playingKeys(actions: TransportActions, state: () => PlayerState): Partial<Record<Deed, () => void>> {
  const by = (seconds: number) => () => actions.seek(state().seconds + seconds)
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
    restart: () => actions.seek(state().region.from),
  }
}

export function drawTransport(sounds: BySide<AudioBuffer>, actions: TransportActions) {
  const parts = [drawEars(sidesOf(sounds), actions), drawPlayhead(lengthOf(sounds), actions), drawLoops(actions)]
  return {
    parts: parts.map(({ part }) => part),
    refresh(state: PlayerState) {
      for (const { refresh } of parts) refresh(state)
    },
  }
}

const earKeys: Readonly<Record<Side, string>> = { a: 'A 1', b: 'B 2', x: 'X 3' }

function drawEars(sides: readonly Side[], actions: TransportActions) {
  const ears = sides.map((side) =>
    button('plain', side.toUpperCase(), () => actions.hear(side), {
      class: 'ear',
      id: `hear-${side}`,
      'aria-pressed': 'false',
      'aria-label': `Hear ${side.toUpperCase()}`,
      'aria-keyshortcuts': earKeys[side],
    }),
  )
  return {
    part: make('div', { class: 'ears', role: 'group', 'aria-label': 'Which of them is heard' }, ...ears),
    refresh(state: PlayerState) {
      for (const [k, one] of ears.entries()) one.setAttribute('aria-pressed', String(state.side === sides[k]))
    },
  }
}

function drawPlayhead(length: number, actions: TransportActions) {
  const play = button('main', 'Play', () => actions.toggle(), { id: 'play', 'aria-keyshortcuts': 'Space' })
  const slider = make('input', {
    type: 'range',
    id: 'playhead',
    min: '0',
    max: length.toFixed(2),
    step: '0.1',
    value: '0',
    'aria-label': 'Playhead of all',
  })
  slider.addEventListener('input', () => actions.seek(Number(slider.value)))
  const clock = make('output', { class: 'clock', for: 'playhead', 'aria-live': 'off' }, '0:00')
  return {
    part: make('div', { class: 'playing' }, play, slider, clock),
    refresh(state: PlayerState) {
      setText(play, state.playing ? 'Pause' : 'Play')
      const where = `${clockText(state.seconds)} of ${clockText(length)}`
      if (document.activeElement !== slider || Math.abs(Number(slider.value) - state.seconds) > 0.15)
        slider.value = String(state.seconds)
      slider.setAttribute('aria-valuetext', where)
      const loop = state.looped ? `, loop ${clockText(state.region.from)} to ${clockText(state.region.to)}` : ''
      setText(clock, `${where}${loop}`)
    },
  }
}

function drawLoops(actions: TransportActions) {
  const here = button('plain', 'Loop this bar', actions.toggleLoop, {
    'aria-keyshortcuts': 'L',
    'aria-pressed': 'false',
  })
  return {
    part: make(
      'div',
      { class: 'row loops', role: 'group', 'aria-label': 'Loop' },
      button('plain', 'Loop from here', actions.loopFrom, { 'aria-keyshortcuts': '[' }),
      button('plain', 'Loop to here', actions.loopTo, { 'aria-keyshortcuts': ']' }),
      here,
    ),
    refresh: (state: PlayerState) => here.setAttribute('aria-pressed', String(state.looped)),
  }
}

/** How much of each was heard. */
export function drawMeters(sides: readonly Side[]) {
  const meters = sides.map((side) => {
    const meter = make('progress', { max: '1', value: '0', 'aria-label': `Heard of ${side.toUpperCase()}` })
    return { side, meter, part: make('span', { class: 'heard' }, `Heard of ${side.toUpperCase()}`, meter) }
  })
  return {
    part: make('p', { class: 'coverage' }, ...meters.map(({ part }) => part)),
    refresh(state: { readonly heard: Readonly<Record<Side, number>> }) {
      for (const { side, meter } of meters) meter.value = Math.min(1, state.heard[side])
    },
  }
}
