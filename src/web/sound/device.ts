// Whether sound still comes out: another program may take the device, the system may suspend it, it may be unplugged, the browser's
// own clock may stand still after a sleep. What was taken away is asked for again; what is gone has to be opened anew.

export type DeviceEvent =
  /** Stands still, and is asked to go on. */
  | 'interrupted'
  /** Goes on where it stood. */
  | 'back'
  /** Will never sound again. */
  | 'gone'

const lookMilliseconds = 1000
/** Looks in a row at which a running clock stood still. */
const mostStill = 5

/** Tells what happens to a context that has sounded; nothing after `gone`. Returns how to stop. */
export function watchDevice(audio: AudioContext, tell: (event: DeviceEvent) => void): () => void {
  let state: 'silent' | 'sounding' | 'interrupted' = 'silent'
  let still = 0
  let last = { time: -1, at: 0 }
  const gone = () => {
    stop()
    tell('gone')
  }
  const look = () => {
    if (audio.state === 'closed') return gone()
    if (audio.state === 'running') {
      const was = state
      state = 'sounding'
      if (was === 'interrupted') tell('back')
    } else if (state === 'sounding') {
      state = 'interrupted'
      tell('interrupted')
    }
    if (state === 'interrupted') void audio.resume().catch(() => undefined)
  }
  const tick = () => {
    const at = performance.now()
    // Two looks that lie far apart tell nothing: the page itself stood still.
    const isEven = at - last.at < 2 * lookMilliseconds
    still = audio.state === 'running' && isEven && audio.currentTime === last.time ? still + 1 : 0
    last = { time: audio.currentTime, at }
    if (still >= mostStill) gone()
    else if (state === 'interrupted') look()
  }
  const timer = window.setInterval(tick, lookMilliseconds)
  const hands = ['pointerdown', 'keydown', 'visibilitychange'] as const
  const stop = () => {
    window.clearInterval(timer)
    audio.removeEventListener('statechange', look)
    audio.removeEventListener('error', gone)
    for (const hand of hands) document.removeEventListener(hand, look)
  }
  audio.addEventListener('statechange', look)
  audio.addEventListener('error', gone)
  for (const hand of hands) document.addEventListener(hand, look)
  return stop
}
