// After the last pair: what is on its way, what the server lacks, then what the judge's own answers say of themselves, then what was what, pair by
// pair to be heard and looked at again.
import { lookAgain } from './again.ts'
import { button, make, pressed } from './elements.ts'
import type { Page } from './page.ts'
import type { BySide } from './player.ts'
import { type End, type Mine, type RevealedTrial, type Server, ServerError } from './server.ts'

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

export async function explainAbx(page: Page, count: number): Promise<void> {
  const on = button('main', 'Go on', () => {})
  page.show(
    'abx',
    'Now: which of the two is X?',
    make(
      'p',
      {},
      `The pairs are judged. ${count === 1 ? 'One last task has' : `The last ${count} tasks have`} three sounds: A, B, and X, which is one of the two. Listen to each, switch as often as you like, and say which one X is.`,
    ),
    make('p', {}, 'Where you hear no difference, guess: that tells something too. X has the key X or 3.'),
    make('div', { class: 'row' }, on),
  )
  await pressed(on)
}

export interface Ending {
  readonly server: Server
  readonly mine: Mine
  /** The two sounds of a pair. */
  readonly pair: (place: number) => Promise<BySide<AudioBuffer>>
  readonly pause: (milliseconds: number) => Promise<void>
  /** Called when the server has the end, and with it all. */
  readonly stored: () => Promise<void>
}

export function showSending(page: Page): void {
  page.show(
    'sending',
    'The last answers are on their way',
    make('p', {}, 'Please leave this page open until they have arrived.'),
  )
}

/** The server refused the end: something is open that was answered here. */
export async function explainOpen(page: Page, count: number): Promise<void> {
  const on = button('main', 'Go on', () => {})
  const pairs = count === 1 ? 'One pair' : `${count} pairs`
  page.show(
    'open',
    'Not all has arrived',
    make(
      'p',
      {},
      `${pairs} that you judged the server did not take. Please look at ${count === 1 ? 'it' : 'them'} once more; what you answered is still there.`,
    ),
    make('div', { class: 'row' }, on),
  )
  await pressed(on)
}

/** When everything has reached the server. */
export async function showEnd(page: Page, ending: Ending): Promise<void> {
  const end = await askEnd(ending, (words) => page.say(`${words} Trying again.`))
  await ending.stored()
  drawEnd(page, ending, end, null)
}

const [shortestPause, longestPause] = [1000, 20_000]

/** Again and again, unless the server itself says no. */
export async function askEnd(
  { server, pause }: { readonly server: Pick<Server, 'end'>; readonly pause: Ending['pause'] },
  onTrouble: (words: string) => void,
): Promise<End> {
  for (let wait = shortestPause; ; wait = Math.min(2 * wait, longestPause))
    try {
      return await server.end()
    } catch (error) {
      if (error instanceof ServerError && error.refused !== null) throw error
      onTrouble(error instanceof ServerError ? error.message : 'The server does not answer.')
      await pause(wait)
    }
}

/** `from`: the pair that was looked at, whose button takes the focus again. */
function drawEnd(page: Page, ending: Ending, end: End, from: number | null): void {
  const again = async (place: number, trial: RevealedTrial) => {
    await lookAgain(page, { ...ending, place, trial })
    drawEnd(page, ending, end, place)
  }
  page.show(
    'end',
    'Thank you',
    make('h2', {}, 'How steady you were'),
    make('ul', { class: 'own' }, ...describeOwn(end).map((line) => make('li', {}, line))),
    make('h2', {}, 'What was what'),
    end.reveal === null
      ? make('p', {}, 'That is told when all judges have finished. Open this link again later.')
      : drawReveal(end.reveal, again),
  )
  if (from !== null) document.getElementById(`again-${from}`)?.focus()
}

const pairs = (count: number) => (count === 1 ? '1 pair' : `${count} pairs`)

function describeOwn({ own: { repeats, same, anchors, firstSide, abx } }: End): string[] {
  return [
    `Of ${pairs(repeats.of)} that came twice, sides swapped, you answered ${repeats.count} the same way.`,
    `Of ${pairs(same.of)} with the same clip on both sides, you called ${same.count} a tie.`,
    ...(anchors.of > 0
      ? [
          `${anchors.of === 1 ? 'One clip' : `${anchors.of} clips`} came beside a version that was spoilt on purpose; you preferred the spoilt one ${anchors.count} of ${anchors.of} times.`,
        ]
      : []),
    `Where you preferred one, it was the one heard first in ${firstSide.count} of ${pairs(firstSide.of)}.`,
    ...(abx.guessed === null
      ? []
      : [
          `You said which of the two X was ${abx.of} times, and were right ${abx.count} times. Whoever guesses does at least as well ${chanceWords(abx.guessed)}.`,
        ]),
  ]
}

const chanceWords = (chance: number) =>
  chance < 0.001 ? 'less than once in a thousand times' : `${Number((100 * chance).toPrecision(2))} times in a hundred`

const kindWords: Readonly<Record<string, string>> = {
  training: 'training',
  main: 'counts',
  repeat: 'came twice',
  same: 'the same clip',
  anchor: 'one was spoilt',
  abx: 'A, B and X',
}

function drawReveal(
  reveal: readonly RevealedTrial[],
  again: (place: number, trial: RevealedTrial) => Promise<void>,
): HTMLElement {
  const rows = reveal.map((trial, k) => {
    const { kind, a, b, x } = trial
    const look = button('plain', 'Hear and see', () => void again(k, trial), {
      id: `again-${k}`,
      'aria-label': `Hear and see pair ${k + 1}`,
    })
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, String(k + 1)),
      make('td', { class: 'clip', 'data-side': 'A' }, a.what),
      make('td', { class: 'clip', 'data-side': 'B' }, b.what),
      make('td', { class: 'what-for' }, `${kindWords[kind] ?? kind}${x === null ? '' : `: X was ${x.toUpperCase()}`}`),
      make('td', { class: 'look' }, look),
    )
  })
  const head = ['Pair', 'A', 'B', 'What for', 'Again'].map((name) => make('th', { scope: 'col' }, name))
  return make(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': 'What was what', tabindex: '0' },
    make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows)),
  )
}
