// Hands that keep: record what is heard, and go along with a run that still plays, or stay.
import type { Seconds } from '../../units.ts'
import type { Listening } from '../listening.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Standing } from '../run/standing.ts'
import type { RecordingEnd } from '../sound/steady.ts'
import { press } from './doubt.ts'
import { make, setText } from './elements.ts'
import { type KeyDeed, key } from './keys.ts'
import { describeTime } from './moment.ts'
import type { Parts } from './parts.ts'

export interface KeepSettings {
  readonly parts: Parts
  readonly listening: () => Listening | undefined
  /** The address tells this place from now on. */
  readonly onLink: (place: Seconds | 'live') => void
  readonly say: (words: string) => void
}

export interface Keep {
  readonly deeds: readonly KeyDeed[]
  /** A few times a second. */
  refresh(): void
  /** The run grew by a slot, or ended. */
  grew(score: PartyScore): void
  /** How the run stands, as the server knows it. */
  stands(standing: Standing): void
  /** Goes along from now on, if the run still plays. */
  goAlong(): void
  /** A hand went elsewhere: it stays there. */
  stay(): void
  /** A recording came to its end by itself. */
  keepRecording(sound: Blob, seconds: Seconds, why: RecordingEnd): void
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
    keepRecording: record.keep,
    grew: follow.grew,
    stands: follow.stands,
    goAlong: follow.begin,
    stay: follow.stay,
    reset: follow.reset,
  }
}

const recordingName = 'hocket-heard.wav'
const whySaved: Readonly<Record<RecordingEnd, string>> = {
  'device gone': 'The sound device went; what was recorded until then is saved:',
  'run left': 'What was recorded of the run before is saved:',
}

function createRecord({ parts, listening, say }: KeepSettings): Pick<Keep, 'refresh'> & {
  toggle(): void
  keep: Keep['keepRecording']
} {
  const recorderNow = () => listening()?.player?.recorder
  const refresh = () => {
    const recorder = recorderNow()
    const isRecording = recorder?.isRecording ?? false
    press(parts.record, isRecording)
    setText(parts.record, isRecording ? `Recording ${describeTime(recorder?.seconds ?? 0)}` : 'Record')
  }
  const toggle = async () => {
    const recorder = recorderNow()
    if (recorder === undefined) return
    if (!recorder.isRecording) {
      recorder.begin()
      say('Recording what you hear, sample by sample.')
      return refresh()
    }
    const ending = recorder.end()
    refresh()
    const { file, seconds } = await ending
    save(file, recordingName)
    say(`Saved ${describeTime(seconds)} as ${recordingName}, 32-bit float.`)
    refresh()
  }
  // Whoever leaves the page is asked, and has what was recorded until then in any case.
  window.addEventListener('beforeunload', (event) => {
    const recorder = recorderNow()
    if (recorder?.isRecording !== true) return
    event.preventDefault()
    const { file, seconds } = recorder.soFar()
    save(file, recordingName)
    say(`Saved ${describeTime(seconds)} as ${recordingName}; the recording goes on.`)
  })
  parts.record.addEventListener('click', () => void toggle())
  return {
    toggle: () => void toggle(),
    refresh,
    keep(sound, seconds, why) {
      save(sound, recordingName)
      say(`${whySaved[why]} ${describeTime(seconds)} as ${recordingName}, 32-bit float.`)
      refresh()
    },
  }
}

function save(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  make('a', { href, download: name }).click()
  window.setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

const stepMilliseconds = 200
const whyNot: Readonly<Record<Standing, string>> = {
  playing: 'The run has come to its end; there is nothing more to go along with.',
  ended: 'The run has come to its end; there is nothing more to go along with.',
  'broken off': 'The run broke off and nobody writes it any more; there is nothing to go along with.',
}

function createFollow({ parts, listening, onLink, say }: KeepSettings) {
  let isFollowing = false
  let hasEnded = false
  let standing: Standing = 'ended'
  let coming = 0
  const isPlaying = () => standing === 'playing' && !hasEnded
  const show = () => {
    parts.follow.hidden = !isPlaying()
    press(parts.follow, isFollowing)
  }
  // Slots that come together, when a run is joined late, are one step.
  const catchUp = () => {
    if (coming === 0) coming = window.setTimeout(goToNewest, stepMilliseconds)
  }
  const goToNewest = () => {
    coming = 0
    if (!isFollowing) return
    const { score, player, goAlong } = listening() ?? {}
    const last = score?.slots.at(-1)
    if (player === undefined || goAlong === undefined || last === undefined) return
    if (player.seconds() < last.startSeconds - 0.5) goAlong(last.startSeconds)
  }
  /** What was gone along with is over. */
  const leave = (words: string) => {
    if (!isFollowing) return
    isFollowing = false
    onLink(listening()?.player?.seconds() ?? 0)
    say(words)
  }
  const begin = () => {
    if (listening()?.score === undefined) return
    if (!isPlaying()) return say(whyNot[standing])
    isFollowing = true
    onLink('live')
    say('Going along: the newest slot sounds as soon as it is there.')
    catchUp()
    show()
  }
  const stay = () => {
    leave('Staying here.')
    show()
  }
  const toggle = () => (isFollowing ? stay() : begin())
  parts.follow.addEventListener('click', toggle)
  return {
    toggle,
    begin,
    stay,
    grew(score: PartyScore) {
      hasEnded = score.ended
      if (hasEnded) leave(whyNot.ended)
      if (isFollowing) catchUp()
      show()
    },
    stands(next: Standing) {
      standing = next
      if (!isPlaying()) leave(whyNot[standing])
      show()
    },
    reset() {
      isFollowing = false
      hasEnded = false
      standing = 'ended'
      show()
    },
  }
}
