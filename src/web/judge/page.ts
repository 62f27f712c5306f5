// What all stages of the judging page share: the place where a stage is shown, the line that speaks, the sound.
import { find, make, setText } from './elements.ts'
import { type Keys, openKeys } from './keys.ts'

export interface Page {
  /** Puts a stage on the page; its heading takes the focus, so that it is read out. */
  show(name: string, title: string, ...parts: readonly Node[]): void
  /** Read out politely. */
  say(text: string): void
  /** Where in the session: the title of the window, and the line on top. */
  place(title: string, line: string): void
  readonly keys: Keys
  readonly sound: Sound
}

export interface Sound {
  readonly context: AudioContext
  readonly output: GainNode
  /** 0 dB is full. */
  decibels(): number
  setDecibels(level: number): void
  /** Browsers let nothing sound before the first press. */
  wake(): Promise<void>
}

const kept = 'hocket-judging-level'
export const quietestDecibels = -40
const usualDecibels = -12

export function openPage(): Page {
  const stage = find('stage', HTMLElement)
  const status = find('status', HTMLElement)
  const place = find('place', HTMLElement)
  // Not by its address: that would put another in the place of the link's token.
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault()
    stage.focus()
  })
  const keys = openKeys({ dialog: find('help', HTMLDialogElement), open: find('help-open', HTMLButtonElement) })
  return {
    show(name, title, ...parts) {
      const heading = make('h1', { tabindex: '-1' }, title)
      stage.dataset['stage'] = name
      stage.replaceChildren(heading, ...parts)
      setText(status, '')
      keys.bind({})
      heading.focus()
      window.scrollTo(0, 0)
    },
    say(text) {
      // The same words again are read again.
      status.textContent = ''
      status.textContent = text
    },
    place(title, line) {
      setText(place, line)
      document.title = title === '' ? 'hocket: judging' : `${title} · hocket`
    },
    keys,
    sound: openSound(),
  }
}

function openSound(): Sound {
  const context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' })
  let level = readLevel()
  const output = new GainNode(context, { gain: 10 ** (level / 20) })
  output.connect(context.destination)
  return {
    context,
    output,
    decibels: () => level,
    setDecibels(wanted) {
      level = Math.min(0, Math.max(quietestDecibels, wanted))
      output.gain.setTargetAtTime(10 ** (level / 20), context.currentTime, 0.02)
      try {
        localStorage.setItem(kept, String(level))
      } catch {
        return
      }
    },
    async wake() {
      if (context.state !== 'running') await context.resume()
    },
  }
}

function readLevel(): number {
  try {
    const stored = Number(localStorage.getItem(kept) ?? Number.NaN)
    return stored <= 0 && stored >= quietestDecibels ? stored : usualDecibels
  } catch {
    return usualDecibels
  }
}
