// Hands that keep: record what is heard, and follow a run that still plays, or stay.
import type { Listening } from '../listening.ts'
import type { PartyScore } from '../run/slots.ts'
import { press } from './doubt.ts'
import { make, setText } from './elements.ts'
import { type KeyDeed, key } from './keys.ts'
import { describeTime } from './moment.ts'
import type { Parts } from './parts.ts'

export interface KeepSettings {
  readonly parts: Parts
  readonly listening: () => Listening | undefined
  readonly say: (words: string) => void
}

export interface Keep {
  readonly deeds: readonly KeyDeed[]
  /** A few times a second. */
  refresh(): void
  /** The run grew by a slot, or ended. */
  grew(score: PartyScore): void
  /** Goes along from now on, if the run still plays. */
  goAlong(): void
  /** A hand went elsewhere: it stays there. */
  stay(): void
  reset(): void
}

export function createKeep(settings: KeepSettings): Keep {
  const follow = createFollow(settings)
  const record = createRecord(settings)
  return {
    deeds: [
      {
        keys: 'Shift R',
        says: 'record what is heard; stop and save',
        fits: (event) => event.key === 'R',
        does: record.toggle,
      },
      key('G', 'go along with a run that still plays, or stay', 'g', follow.toggle),
    ],
    refresh: record.refresh,
    grew: follow.grew,
    goAlong: follow.begin,
    stay: follow.stay,
    reset: follow.stay,
  }
}

function createRecord({ parts, listening, say }: KeepSettings): { toggle(): void; refresh(): void } {
  const refresh = () => {
    const recorder = listening()?.player?.recorder
    const isRecording = recorder?.isRecording ?? false
    press(parts.record, isRecording)
    setText(parts.record, isRecording ? `Recording ${describeTime(recorder?.seconds ?? 0)}` : 'Record')
  }
  const toggle = async () => {
    const recorder = listening()?.player?.recorder
    if (recorder === undefined) return
    if (!recorder.isRecording) {
      recorder.begin()
      say('Recording what you hear, sample by sample.')
      return refresh()
    }
    const sound = await recorder.end()
    save(sound, 'hocket-heard.wav')
    say(`Saved ${describeTime(recorder.seconds)} as hocket-heard.wav, 32-bit float.`)
    refresh()
  }
  parts.record.addEventListener('click', () => void toggle())
  return { toggle: () => void toggle(), refresh }
}

function save(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  make('a', { href, download: name }).click()
  window.setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

const stepMilliseconds = 200

function createFollow({ parts, listening, say }: KeepSettings) {
  let isFollowing = false
  let coming = 0
  const show = () => press(parts.follow, isFollowing)
  // Slots that come together, when a run is joined late, are one step.
  const catchUp = () => {
    if (coming === 0) coming = window.setTimeout(goToNewest, stepMilliseconds)
  }
  const goToNewest = () => {
    coming = 0
    if (!isFollowing) return
    const { score, player, seek } = listening() ?? {}
    const last = score?.slots.at(-1)
    if (score === undefined || player === undefined || seek === undefined || last === undefined) return
    if (player.seconds() < last.startSeconds - 0.5) seek(last.startSeconds)
  }
  const turn = (on: boolean) => {
    if (parts.follow.hidden) return
    isFollowing = on
    say(on ? 'Going along: the newest slot sounds as soon as it is there.' : 'Staying here.')
    if (on) catchUp()
    show()
  }
  const toggle = () => turn(!isFollowing)
  parts.follow.addEventListener('click', toggle)
  return {
    toggle,
    begin: () => turn(true),
    grew(score: PartyScore) {
      parts.follow.hidden = score.ended
      if (score.ended) isFollowing = false
      if (isFollowing) catchUp()
      show()
    },
    stay() {
      isFollowing = false
      show()
    },
  }
}
