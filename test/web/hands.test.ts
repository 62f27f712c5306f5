// Hands in haste: presses are taken in order and nothing that was recorded is lost; a key that is held does not toggle over and over.
import { expect, test } from 'vitest'
import { createTakes, type Take } from '../../src/web/sound/takes.ts'
import { counts } from '../../src/web/view/keys.ts'
import type { ToRecorder } from '../../worklets/recorder-messages.ts'

const frames = (count: number, value: number) => ({
  kind: 'frames' as const,
  samples: new Float32Array(2 * count).fill(value),
})
const samplesOf = async ({ parts }: Take) => [...new Float32Array(await new Blob([...parts]).arrayBuffer())]

test('a recording that begins before the last one is whole takes nothing from it', async () => {
  const told: ToRecorder[] = []
  const takes = createTakes((word) => void told.push(word))
  takes.begin()
  takes.hear(frames(3, 1))
  const first = takes.end()
  takes.begin()
  expect(takes.isRecording).toBe(true)
  takes.hear(frames(2, 1)) // what the audio thread still had of the first
  takes.hear({ kind: 'ended' })
  takes.hear(frames(4, 2))
  const second = takes.end()
  takes.begin()
  takes.hear({ kind: 'ended' })
  expect(told).toEqual(['begin', 'end', 'begin', 'end', 'begin'])
  expect(await samplesOf(await first)).toEqual(Array(10).fill(1))
  expect(await samplesOf(await second)).toEqual(Array(8).fill(2))
  expect(takes.newest?.frames).toBe(0)
})

test('pressed to begin or to end twice is once', async () => {
  const told: ToRecorder[] = []
  const takes = createTakes((word) => void told.push(word))
  takes.begin()
  takes.begin()
  const ending = takes.end()
  expect(await takes.end()).toEqual({ parts: [], frames: 0 })
  takes.hear({ kind: 'ended' })
  expect((await ending).frames).toBe(0)
  expect(told).toEqual(['begin', 'end'])
})

test('of keys that are held only arrows, - and + go on', () => {
  const held = (key: string) => counts({ repeat: true, key })
  expect(['ArrowLeft', 'ArrowRight', '-', '+', '='].every(held)).toBe(true)
  expect(['n', 'N', 'f', 'b', 'm', ' ', 'r', 'R', 'l', 'g', 't', '1', '0', '?', 'Home'].some(held)).toBe(false)
  expect(counts({ repeat: false, key: 'n' })).toBe(true)
})
