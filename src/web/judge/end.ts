// After the last pair: everything has reached the server, then what the judge's own answers say of themselves, then what was what.
import { button, make, pressed } from './elements.ts'
import type { Page } from './page.ts'
import type { End, Server } from './server.ts'

export async function takeBreak(page: Page, round: number, rounds: number): Promise<void> {
  const on = button('main', 'Go on', () => {})
  page.show(
    'break',
    `Round ${round} of ${rounds} is done`,
    make(
      'p',
      {},
      'Take the headphones off for five minutes. You can also close this page and come back later with the same link.',
    ),
    make('div', { class: 'row' }, on),
  )
  await pressed(on)
}

export async function showEnd(page: Page, server: Server, settled: () => Promise<void>): Promise<void> {
  page.show(
    'sending',
    'The last answers are on their way',
    make('p', {}, 'Please leave this page open until they have arrived.'),
  )
  await settled()
  const end = await server.end()
  page.show(
    'end',
    'Thank you',
    make('h2', {}, 'How steady you were'),
    make('ul', { class: 'own' }, ...describeOwn(end).map((line) => make('li', {}, line))),
    make('h2', {}, 'What was what'),
    end.reveal === null
      ? make('p', {}, 'That is told when all judges have finished. Open this link again later.')
      : drawReveal(end.reveal),
  )
}

function describeOwn({ own: { repeats, same, anchors, firstSide } }: End): string[] {
  return [
    `Of ${repeats.of} pairs that came twice, sides swapped, you answered ${repeats.count} the same way. People repeat themselves about two times in three.`,
    `Of ${same.of} pairs with the same clip on both sides, you called ${same.count} a tie.`,
    ...(anchors.of > 0
      ? [
          `${anchors.of} clips came beside a version that was spoilt on purpose; you preferred the spoilt one of ${anchors.count}.`,
        ]
      : []),
    `Where you preferred one, it was the one heard first in ${firstSide.count} of ${firstSide.of} pairs.`,
  ]
}

const kindWords: Readonly<Record<string, string>> = {
  training: 'training',
  main: 'counts',
  repeat: 'came twice',
  same: 'the same clip',
  anchor: 'one was spoilt',
}

function drawReveal(reveal: NonNullable<End['reveal']>): HTMLElement {
  const rows = reveal.map(({ kind, a, b }, k) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, String(k + 1)),
      make('td', {}, a),
      make('td', {}, b),
      make('td', {}, kindWords[kind] ?? kind),
    ),
  )
  const head = ['Pair', 'A', 'B', 'What for'].map((name) => make('th', { scope: 'col' }, name))
  return make(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': 'What was what', tabindex: '0' },
    make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows)),
  )
}
