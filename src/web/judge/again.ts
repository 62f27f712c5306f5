// A pair again, when what was what is told: both sounds as they were judged, each with its name and its picture, and, where the run's stems are
// still there, who plays in it, each alone. Nothing of it counts.
import { button, clockText, make } from './elements.ts'
import { createLoops, loopWords } from './loops.ts'
import type { Page } from './page.ts'
import { type BySide, createPairPlayer, lengthOf, type Side } from './player.ts'
import type { Mine, RevealedClip, RevealedTrial, Server, Stem } from './server.ts'
import { drawTransport, playingKeys } from './transport.ts'
import { drawWaveform, peakOf, type Waveform } from './waveform.ts'

export interface AgainWish {
  readonly server: Server
  readonly mine: Mine
  readonly pair: (place: number) => Promise<BySide<AudioBuffer>>
  readonly place: number
  readonly trial: RevealedTrial
}

const tickMilliseconds = 100

/** Resolves when the judge goes back to the list. */
export async function lookAgain(page: Page, wish: AgainWish): Promise<void> {
  const title = `Pair ${wish.place + 1} again`
  page.show('loading', title, make('p', {}, 'The clips are being fetched.'))
  const { a, b } = await wish.pair(wish.place)
  const listening = listen(page, wish.mine, { a, b })
  const waves: Waveform[] = []
  const actions = actionsOf(page, listening, () => refresh())
  const transport = drawTransport({ a, b }, actions)
  const most = Math.max(peakOf(a), peakOf(b))
  const show = (name: string, sound: AudioBuffer) => {
    const wave = drawWaveform({ name, sound, most, seek: actions.seek })
    waves.push(wave)
    return wave.part
  }
  const clips = (['a', 'b'] as const).map((side) =>
    drawClip(page, wish, { side, clip: wish.trial[side], sound: { a, b }[side], show, listening }),
  )
  const back = button('main', 'Back to the list', () => {}, { id: 'to-list' })
  page.show('again', title, ...transport.parts, ...clips.map(({ part }) => part), make('div', { class: 'row' }, back))
  page.keys.bind(playingKeys(actions, listening.state))
  const refresh = () => {
    const state = listening.state()
    transport.refresh(state)
    for (const wave of waves) wave.refresh(state.seconds)
    for (const clip of clips) clip.refresh(state.side)
  }
  const timer = setInterval(refresh, tickMilliseconds)
  refresh()
  await new Promise<void>((resolve) => back.addEventListener('click', () => resolve(), { once: true }))
  clearInterval(timer)
  listening.close()
  page.keys.bind({})
}

type Listening = ReturnType<typeof listen>

/** A stem alone takes the third place beside A and B, so that all stay under one playhead. */
function listen(page: Page, { gridSeconds }: Mine, sounds: BySide<AudioBuffer>) {
  const { context, output } = page.sound
  let player = createPairPlayer(context, { sounds, output })
  let alone: Stem | null = null
  const loops = createLoops({
    gridSeconds,
    length: lengthOf(sounds),
    state: () => player.state(),
    set(region) {
      player.loop(region)
      page.say(loopWords(region))
    },
  })
  return {
    state: () => player.state(),
    player: () => player,
    loops,
    alone: () => alone,
    hearStem(stem: Stem, sound: AudioBuffer) {
      const { playing, seconds, region, looped } = player.state()
      player.dispose()
      player = createPairPlayer(context, { sounds: { ...sounds, x: sound }, output })
      if (looped) player.loop(region)
      player.seek(seconds)
      player.listenTo('x')
      if (playing) player.play()
      alone = stem
    },
    close: () => player.dispose(),
  }
}

function actionsOf(page: Page, { state, player, loops }: Listening, refresh: () => void) {
  const after = (deed: () => void) => () => {
    deed()
    refresh()
  }
  return {
    hear(side: Side) {
      player().listenTo(side)
      page.say(`${side.toUpperCase()}, ${clockText(state().seconds)}`)
      refresh()
    },
    toggle() {
      void page.sound.wake().then(() => {
        if (state().playing) player().pause()
        else player().play()
        page.say(state().playing ? 'Playing' : `Paused at ${clockText(state().seconds)}`)
        refresh()
      })
    },
    seek: (seconds: number) => after(() => player().seek(seconds))(),
    loopFrom: after(loops.from),
    loopTo: after(loops.to),
    toggleLoop: after(loops.toggle),
  }
}

interface ClipWish {
  readonly side: 'a' | 'b'
  readonly clip: RevealedClip
  readonly sound: AudioBuffer
  show(name: string, sound: AudioBuffer): SVGSVGElement
  readonly listening: Listening
}

function drawClip(page: Page, { server }: AgainWish, { side, clip, sound, show, listening }: ClipWish) {
  const name = side.toUpperCase()
  const known = new Map<string, AudioBuffer>()
  const stems = clip.stems.map((stem) => {
    const who = `${stem.agent}, ${stem.layer}`
    const hear = async () => {
      try {
        const held = known.get(stem.name) ?? (await page.sound.context.decodeAudioData(await server.stem(stem.name)))
        if (!known.has(stem.name)) picture.append(show(`${who} in ${name}`, held))
        known.set(stem.name, held)
        listening.hearStem(stem, held)
        page.say(`${who} alone`)
      } catch (error) {
        page.say(`${who} cannot be fetched: ${error instanceof Error ? error.message : error}`)
      }
    }
    const one = button('plain', who, () => void hear(), {
      'aria-label': `Hear ${who} alone, in ${name}`,
      'aria-pressed': 'false',
    })
    const picture = make('div', { class: 'stem' }, one)
    return { stem, one, picture }
  })
  return {
    part: make(
      'section',
      { class: 'again' },
      make('h2', {}, `${name}: ${clip.what}`),
      show(name, sound),
      ...stems.map(({ picture }) => picture),
    ),
    refresh(heard: Side) {
      for (const { stem, one } of stems)
        one.setAttribute('aria-pressed', String(heard === 'x' && listening.alone() === stem))
    },
  }
}
