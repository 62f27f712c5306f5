// A taste of a run from its mix, from the middle on; one at a time. Only the seconds that sound are fetched.
import type { RunSummary } from '../../record/index.ts'
import { displayText, make } from '../view/elements.ts'

export interface Preview {
  /** A button for a run; a run without a mix gets none, and says so. */
  button(run: RunSummary): Node
  /** Starts or stops a run's taste. */
  toggle(run: string): void
}

const tasteSeconds = 20

export function createPreview(audio: HTMLAudioElement, say: (words: string) => void): Preview {
  let playing: string | null = null
  let stopAt = Number.POSITIVE_INFINITY
  const mixes = new Set<string>()
  const refresh = () => {
    for (const button of document.querySelectorAll<HTMLButtonElement>('button.taste'))
      button.setAttribute('aria-pressed', String(button.dataset.run === playing))
  }
  const stop = () => {
    playing = null
    audio.pause()
    audio.removeAttribute('src')
    refresh()
  }
  const toggle = (run: string) => {
    if (playing === run) return stop()
    if (!mixes.has(run)) return say(`${displayText(run, 60)} has no mix to try; open it to hear it.`)
    playing = run
    stopAt = Number.POSITIVE_INFINITY
    audio.src = `api/runs/${encodeURIComponent(run)}/files/mix.wav`
    void audio.play().catch((error: Error) => {
      if (playing !== run || error.name === 'AbortError') return
      say(`The mix of ${displayText(run, 60)} cannot be played: ${error.message}`)
      stop()
    })
    refresh()
  }
  audio.addEventListener('loadedmetadata', () => {
    audio.currentTime = audio.duration / 2
    stopAt = audio.duration / 2 + tasteSeconds
  })
  audio.addEventListener('timeupdate', () => audio.currentTime >= stopAt && stop())
  audio.addEventListener('ended', stop)
  return {
    toggle,
    button({ id, files }) {
      if (!files.includes('mix.wav')) return make('span', { class: 'none' }, 'no mix')
      mixes.add(id)
      const button = make(
        'button',
        {
          type: 'button',
          class: 'plain taste',
          'data-run': id,
          'aria-pressed': String(playing === id),
          'aria-label': `Preview of ${displayText(id, 60)}`,
        },
        'Preview',
      )
      button.addEventListener('click', () => toggle(id))
      return button
    },
  }
}
