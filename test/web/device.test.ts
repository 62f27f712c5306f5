// What is told of a sound device that is taken away, comes back, stands still or is gone.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DeviceEvent, watchDevice } from '../../src/web/sound/device.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('document', new EventTarget())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A context under the test's control; its clock runs with the timers unless it is stuck. */
class Context extends EventTarget {
  state = 'suspended'
  resumes = 0
  stuckAt: number | null = null
  get currentTime() {
    return this.stuckAt ?? performance.now() / 1000
  }
  async resume() {
    this.resumes++
  }
  become(state: string) {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

function watch() {
  const context = new Context()
  const told: DeviceEvent[] = []
  const stop = watchDevice(context as unknown as AudioContext, (event) => told.push(event))
  return { context, told, stop }
}

test('before it ever sounded, silence is nothing to tell', () => {
  const { context, told } = watch()
  vi.advanceTimersByTime(60_000)
  expect([told, context.resumes]).toEqual([[], 0])
})

test('taken away, it is asked for again every second and at every touch, until it is back', () => {
  const { context, told } = watch()
  context.become('running')
  vi.advanceTimersByTime(3000)
  context.become('interrupted')
  vi.advanceTimersByTime(3000)
  document.dispatchEvent(new Event('pointerdown'))
  expect([told, context.resumes]).toEqual([['interrupted'], 5])
  context.become('running')
  context.become('running')
  vi.advanceTimersByTime(9000)
  expect([told, context.resumes]).toEqual([['interrupted', 'back'], 5])
})

test.each([
  ['closed', (context: Context) => context.become('closed')],
  ['an error', (context: Context) => context.dispatchEvent(new Event('error'))],
  [
    'a clock that stands still while it should run',
    (context: Context) => {
      context.stuckAt = context.currentTime
      vi.advanceTimersByTime(10_000)
    },
  ],
])('gone: %s; nothing is told after it', (_, lose) => {
  const { context, told } = watch()
  context.become('running')
  vi.advanceTimersByTime(5000)
  lose(context)
  context.become('closed')
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['gone'])
})

test('a clock that stood still while the page did, too, is no loss', () => {
  const { context, told } = watch()
  context.become('running')
  context.stuckAt = context.currentTime
  let time = 1e6
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    time += 60_000
    return time
  })
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
  clock.mockRestore()
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual(['gone'])
})

test('after the end of watching nothing is told', () => {
  const { context, told, stop } = watch()
  context.become('running')
  stop()
  context.become('closed')
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
})
