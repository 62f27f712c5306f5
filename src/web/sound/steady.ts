// A player that outlives its sound device: when the device is gone, everything behind the loudspeakers is opened anew and set as it was,
// and goes on at the moment at which it fell silent. Whoever holds the player notices nothing but the words. What was being recorded
// is handed over, then and when the player is given up.
import type { Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Stretch } from './loops.ts'
import { openPlayer, type Player, type PlayerSettings } from './player.ts'
import { openSections } from './sections.ts'
import { createSteadyMixer, type SteadyMixer } from './steady-mixer.ts'
import { followTracks } from './track-recordings.ts'

export interface SteadySettings extends Omit<PlayerSettings, 'onDevice' | 'sections'> {
  /** The sound is taken away, or there again; in words. */
  readonly onDevice: (state: 'lost' | 'back', words: string) => void
  /** The server has no recording of this name: it stays silent. */
  readonly onMissing: (name: string) => void
  /** A recording of what was heard that came to its end by itself: a WAV file of so much sound. */
  readonly onRecording: (sound: Blob, seconds: Seconds, why: RecordingEnd) => void
}

export type RecordingEnd = 'device gone' | 'run left'

/** How it was set by hand, and where it stood. */
interface Setting {
  seconds: Seconds
  playing: boolean
  speed: number
  loop: Stretch | null
}

/** The player as it is now, and what is to outlive it. */
interface Seat {
  inner: Player
  /** null while it sounds as it should. */
  lost: Setting | null
  guest: PartyScore | null
  isDisposed: boolean
}

const patienceMilliseconds = [0, 1000, 2000, 4000, 8000]

export async function openSteadyPlayer(settings: SteadySettings): Promise<Player> {
  const { kernel, score, library, onMissing } = settings
  const sections = openSections({ kernel, onMissing })
  const door = createDoor({ ...settings, sections }, () => void reopen())
  const seat: Seat = { inner: await door.open(), lost: null, guest: null, isDisposed: false }
  const mixer = createSteadyMixer(() => seat.inner.mixer)
  const reopen = createReopening(settings, { seat, mixer, door })
  const newTracks = followTracks(score, library)
  const gather = () => sections.gather(newTracks())
  const onGuest = (guest: PartyScore) => sections.gather(followTracks(guest, library)())
  return Object.assign(readSeat(seat), createSteadyHands(seat, onGuest), {
    mixer,
    feed() {
      if (seat.lost !== null) return
      seat.inner.feed()
      gather()
    },
    async prepare() {
      if (seat.lost === null) await seat.inner.prepare()
      gather()
    },
    dispose() {
      seat.isDisposed = true
      door.shut()
      if (seat.lost !== null) return sections.dispose()
      const { inner } = seat
      const close = () => {
        inner.dispose()
        sections.dispose()
      }
      if (!inner.recorder.isRecording) return close()
      void handOver(inner, settings.onRecording, 'run left').then(close)
      inner.pause()
    },
  })
}

interface Door {
  open(): Promise<Player>
  /** Nothing of the player that was opened last counts any more. */
  shut(): void
}

function createDoor(settings: SteadySettings & Pick<PlayerSettings, 'sections'>, onGone: () => void): Door {
  let generation = 0
  const open = () => {
    const own = ++generation
    const current = <Words extends unknown[]>(act: (...words: Words) => void) => {
      return (...words: Words) => void (own === generation && act(...words))
    }
    return openPlayer({
      ...settings,
      onState: current(settings.onState),
      onMessage: current(settings.onMessage),
      onMoved: current(settings.onMoved),
      onTrouble: current(settings.onTrouble),
      onDevice: current((event) => {
        if (event === 'gone') onGone()
        else if (event === 'interrupted')
          settings.onDevice('lost', 'The sound was taken away; it goes on as soon as it may.')
        else settings.onDevice('back', 'The sound is back; it went on where it stood.')
      }),
    })
  }
  return { open, shut: () => void generation++ }
}

interface Reopening {
  readonly seat: Seat
  readonly mixer: SteadyMixer
  readonly door: Door
}

/** After the device is gone: another player in the seat, as soon as there is sound again. */
function createReopening(settings: SteadySettings, { seat, mixer, door }: Reopening): () => Promise<void> {
  return async () => {
    const { inner } = seat
    const playing = inner.state === 'playing' || inner.state === 'waiting'
    const lost: Setting = { seconds: inner.seconds(), playing, speed: inner.speed, loop: inner.loop }
    seat.lost = lost
    door.shut()
    if (inner.recorder.isRecording) void handOver(inner, settings.onRecording, 'device gone')
    inner.dispose()
    settings.onTrouble(null) // whoever comes next tells its own
    settings.onDevice('lost', 'The sound device is gone; opening the sound anew.')
    for (let tries = 0; seat.lost !== null && !seat.isDisposed; tries++) {
      await new Promise((resolve) => setTimeout(resolve, patienceMilliseconds[Math.min(tries, 4)]))
      if (seat.isDisposed) return
      try {
        seat.inner = await door.open()
        if (seat.isDisposed) return seat.inner.dispose()
        await restore(seat, lost, mixer)
        seat.lost = null
      } catch (error) {
        settings.onDevice('lost', `No sound (${(error as Error).message}); trying again.`)
      }
    }
    if (!seat.isDisposed) settings.onDevice('back', 'The sound is back; it went on where it fell silent.')
  }
}

async function restore({ inner, guest }: Seat, setting: Setting, mixer: SteadyMixer): Promise<void> {
  const { seconds } = setting
  mixer.restore()
  if (setting.speed !== 1) inner.setSpeed(setting.speed)
  inner.seek(seconds)
  if (setting.loop !== null) await inner.setLoop(setting.loop)
  if (guest !== null) await inner.invite(guest)
  mixer.recast()
  await inner.prepare()
  if (setting.seconds !== seconds) inner.seek(setting.seconds)
  if (setting.playing) await inner.play()
}

/** Ends a recording and gives it away. A device that is gone does not answer; what came until then is the recording. */
async function handOver({ recorder }: Player, take: SteadySettings['onRecording'], why: RecordingEnd): Promise<void> {
  const { file, seconds } = await recorder.end()
  take(file, seconds, why)
}

type Hands = Pick<Player, 'seconds' | 'play' | 'pause' | 'seek' | 'setSpeed' | 'setLoop' | 'invite'>

/** While there is no sound, what is asked for is kept for when there is. */
function createSteadyHands(seat: Seat, onGuest: (score: PartyScore) => void): Hands {
  return {
    seconds: () => seat.lost?.seconds ?? seat.inner.seconds(),
    async play() {
      if (seat.lost === null) await seat.inner.play()
      else seat.lost.playing = true
    },
    pause() {
      if (seat.lost === null) seat.inner.pause()
      else seat.lost.playing = false
    },
    seek(seconds) {
      if (seat.lost === null) seat.inner.seek(seconds)
      else seat.lost.seconds = seconds
    },
    setSpeed(speed) {
      if (seat.lost === null) seat.inner.setSpeed(speed)
      else seat.lost.speed = speed
    },
    async setLoop(loop) {
      if (seat.lost === null) await seat.inner.setLoop(loop)
      else seat.lost.loop = loop
    },
    async invite(score) {
      seat.guest = score
      if (score !== null) onGuest(score)
      if (seat.lost === null) await seat.inner.invite(score)
    },
  }
}

function readSeat(seat: Seat): Pick<Player, 'recorder' | 'state' | 'speed' | 'loop' | 'guest'> {
  return {
    get recorder() {
      return seat.inner.recorder
    },
    get state() {
      return seat.lost === null ? seat.inner.state : seat.lost.playing ? 'waiting' : 'paused'
    },
    get speed() {
      return seat.lost?.speed ?? seat.inner.speed
    },
    get loop() {
      return seat.lost === null ? seat.inner.loop : seat.lost.loop
    },
    get guest() {
      return seat.inner.guest
    },
  }
}
