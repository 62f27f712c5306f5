// Before the pairs: consent, headphone check, level, profile. Each resolves when the judge is through with it.
import type { Statement } from '../../record/index.ts'
import { button, make, pressed } from './elements.ts'
import { type Page, quietestDecibels } from './page.ts'
import { drawId, type Mine } from './server.ts'
import { namesOf } from './sounds.ts'
import { drawToneTrials, renderTones, toneTrials } from './tones.ts'

const text = (...words: readonly string[]) => words.map((one) => make('p', {}, one))

export async function askConsent(page: Page, mine: Mine): Promise<Statement> {
  const agree = button('main', 'I agree: begin', () => {})
  const pairs = mine.trials.length
  const minutes = Math.max(1, Math.round((pairs * (2 * mine.seconds + 20)) / 60))
  page.show(
    'consent',
    'Which do you prefer?',
    ...text(
      `You will hear ${pairs} pairs of short pieces of music and say which of the two you prefer. That takes about ${minutes} minutes; you can stop at any time and come back with the same link.`,
      'What is stored: your answers, notes, how long you listened, and, if you want, four facts about you. No name, no address, no recording. Your answers may be published without anything that points to you.',
      ['You need headphones and a quiet place.', describeSounds(mine)].join(' ').trim(),
    ),
    make('div', { class: 'row' }, agree),
  )
  await pressed(agree)
  await page.sound.wake()
  return { id: drawId(), kind: 'consent' }
}

/** All sounds are equally long, and none comes twice under one name. */
export function describeSounds({ trials, soundBytes }: Pick<Mine, 'trials' | 'soundBytes'>): string {
  if (soundBytes === undefined) return ''
  const megabytes = Math.max(1, Math.round((trials.flatMap(namesOf).length * soundBytes) / 1e6))
  return `When you have agreed, the sounds of all pairs are fetched while you listen: about ${megabytes === 1 ? '1 megabyte' : `${megabytes} megabytes`}. Better not over a network that you pay for by the megabyte.`
}

const tries = 3
const placeNames = ['First', 'Second', 'Third'] as const

/** Says each result as it is; who fails may try again, or go on and be told that the votes are kept apart. */
export async function checkHeadphones(page: Page, mine: Mine, say: (one: Statement) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const right = await runToneTrials(page)
    await say({ id: drawId(), kind: 'headphones', right })
    if (right >= mine.rules.headphonesLeast) return
    const again = button('main', 'Try again', () => {})
    const on = button('plain', 'Go on without', () => {})
    page.show(
      'headphones-failed',
      'This does not sound like headphones',
      ...text(
        `You found the quietest tone in ${right} of ${toneTrials}. It takes ${mine.rules.headphonesLeast}. Are both ears on the right side, and is the sound in stereo?`,
        'If you go on without headphones, your votes are stored but do not count for the ranking.',
      ),
      make('div', { class: 'row' }, ...(attempt < tries ? [again] : []), on),
    )
    const wanted = await Promise.race([pressed(again).then(() => 'again'), pressed(on).then(() => 'on')])
    if (wanted === 'on') return
  }
}

async function runToneTrials(page: Page): Promise<number> {
  const bytes = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32
  let right = 0
  for (const [k, trial] of drawToneTrials(bytes).entries()) {
    const answer = await askTone(page, k, renderTones(page.sound.context, trial))
    if (answer === trial.quieter) right++
  }
  return right
}

async function askTone(page: Page, k: number, tones: AudioBuffer): Promise<number> {
  const { context, output, wake } = page.sound
  let source: AudioBufferSourceNode | undefined
  const answers = placeNames.map((name) => button('plain', name, () => {}, { disabled: '', class: 'plain answer' }))
  const play = async () => {
    await wake()
    source?.stop()
    source = new AudioBufferSourceNode(context, { buffer: tones })
    source.connect(output)
    source.start()
    for (const one of answers) one.disabled = false
    answers[0]?.focus()
  }
  const start = button('main', 'Play the three tones', () => void play())
  page.show(
    'headphones',
    'Headphone check',
    ...text(`Three tones: which is the quietest? ${k + 1} of ${toneTrials}. You may play them again.`),
    make('div', { class: 'row' }, start),
    make('div', { class: 'row', role: 'group', 'aria-label': 'The quietest tone' }, ...answers),
  )
  start.focus()
  const answer = await Promise.race(answers.map((one, place) => pressed(one).then(() => place)))
  source?.stop()
  return answer
}

export async function setLevel(page: Page, sample: Promise<AudioBuffer>): Promise<void> {
  const { context, output, decibels, setDecibels, wake } = page.sound
  let source: AudioBufferSourceNode | undefined
  const slider = make('input', {
    type: 'range',
    id: 'level',
    min: String(quietestDecibels),
    max: '0',
    step: '1',
    value: String(decibels()),
  })
  const tell = () => slider.setAttribute('aria-valuetext', `${slider.value} decibels`)
  slider.addEventListener('input', () => {
    setDecibels(Number(slider.value))
    tell()
  })
  tell()
  const play = button('plain', 'Play', async () => {
    await wake()
    if (source !== undefined) return
    source = new AudioBufferSourceNode(context, { buffer: await sample, loop: true })
    source.connect(output)
    source.start()
    play.textContent = 'Playing'
  })
  const on = button('main', 'That is comfortable', () => {})
  page.show(
    'level',
    'Set the level',
    ...text(
      'Play, and set the level to where you would listen with pleasure. Then leave it, here and on your device, until the end.',
    ),
    make('div', { class: 'row' }, play),
    make('label', { class: 'field', for: 'level' }, 'Level'),
    slider,
    make('div', { class: 'row' }, on),
  )
  play.focus()
  await pressed(on)
  source?.stop()
}

const questions = [
  [
    'age',
    'Your age',
    [
      ['under-25', 'under 25'],
      ['25-34', '25 to 34'],
      ['35-49', '35 to 49'],
      ['50-64', '50 to 64'],
      ['65-or-more', '65 or more'],
    ],
  ],
  [
    'training',
    'Music',
    [
      ['none', 'I listen'],
      ['plays', 'I play or sing'],
      ['professional', 'It is my profession'],
    ],
  ],
  [
    'hearing',
    'Hearing',
    [
      ['usual', 'as most people'],
      ['impaired', 'impaired'],
    ],
  ],
  [
    'dances',
    'Dancing',
    [
      ['hardly', 'hardly ever'],
      ['sometimes', 'sometimes'],
      ['often', 'often'],
    ],
  ],
] as const

/** All of it is optional. */
export async function askProfile(page: Page): Promise<Statement> {
  const selects = questions.map(([name, label, options]) => {
    const select = make(
      'select',
      { id: `profile-${name}` },
      make('option', { value: '' }, 'rather not say'),
      ...options.map(([value, words]) => make('option', { value }, words)),
    )
    return { name, select, field: [make('label', { class: 'field', for: `profile-${name}` }, label), select] }
  })
  const on = button('main', 'Go on', () => {})
  page.show(
    'profile',
    'About you, if you like',
    ...text('This helps to say who listened. You may leave all of it.'),
    ...selects.flatMap(({ field }) => field),
    make('div', { class: 'row' }, on),
  )
  await pressed(on)
  const chosen = Object.fromEntries(
    selects.map(({ name, select }) => [name, select.value === '' ? null : select.value]),
  )
  return { id: drawId(), kind: 'profile', ...chosen } as Statement
}
