// The MIDI file, parsed back by an independent reader after the MIDI 1.0 file specification.
import { expect, test } from 'vitest'
import { encodeMidi } from '../../src/node/sound/midi.ts'
import type { Note } from '../../src/record/index.ts'

interface Event {
  tick: number
  status: number
  data: number[]
  text?: string
}

/** Parses a file of format 1 into its tracks. */
function parse(bytes: Uint8Array): { division: number; format: number; tracks: Event[][] } {
  const view = Buffer.from(bytes)
  expect(view.toString('latin1', 0, 4)).toBe('MThd')
  expect(view.readUInt32BE(4)).toBe(6)
  const tracks: Event[][] = []
  let at = 14
  for (let t = 0; t < view.readUInt16BE(10); t++) {
    expect(view.toString('latin1', at, at + 4)).toBe('MTrk')
    const end = at + 8 + view.readUInt32BE(at + 4)
    tracks.push(parseTrack(view, at + 8, end))
    at = end
  }
  expect(at).toBe(view.length)
  return { format: view.readUInt16BE(8), division: view.readUInt16BE(12), tracks }
}

function parseTrack(view: Buffer, from: number, end: number): Event[] {
  const events: Event[] = []
  let at = from
  let tick = 0
  const number = () => {
    let value = 0
    for (;;) {
      const byte = view[at++] as number
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  while (at < end) {
    tick += number()
    const status = view[at++] as number
    expect(status).toBeGreaterThanOrEqual(128)
    if (status === 0xff) {
      const kind = view[at++] as number
      const length = number()
      const data = [...view.subarray(at, at + length)]
      events.push({ tick, status: 0xff00 | kind, data, text: view.toString('utf8', at, at + length) })
      at += length
    } else {
      const count = status >> 4 === 0xc ? 1 : 2
      events.push({ tick, status, data: [...view.subarray(at, at + count)] })
      at += count
    }
  }
  expect(at).toBe(end)
  expect(events.at(-1)?.status).toBe(0xff2f)
  return events
}

const note = (fields: Partial<Note>): Note => ({
  agent: 'a',
  layer: 'voice',
  onsetSeconds: 0,
  durationSeconds: 0.5,
  midi: 60,
  velocity: 1,
  timbre: 'bell',
  mark: 'x',
  ...fields,
})
const settings = { bpm: 120, title: 'party', titles: { a: 'Ada', b: 'Berta' } }
const notesOf = (events: Event[]) => events.filter(({ status }) => status >> 4 === 9 || status >> 4 === 8)

test('a track per agent and layer, with names, tempo and time in beats', () => {
  const file = parse(
    encodeMidi(
      [note({}), note({ layer: 'deck', timbre: 'percussion', midi: 36 }), note({ agent: 'b', onsetSeconds: 1.5 })],
      settings,
    ),
  )
  expect(file.format).toBe(1)
  expect(file.tracks.map((track) => track.find(({ status }) => status === 0xff03)?.text)).toEqual([
    'party',
    'Ada voice',
    'Ada deck',
    'Berta voice',
  ])
  expect(file.tracks[0]?.find(({ status }) => status === 0xff51)?.data).toEqual([0x07, 0xa1, 0x20]) // 500000 us a beat
  expect(notesOf(file.tracks[3] ?? []).map(({ tick }) => tick / file.division)).toEqual([3, 4])
  expect(notesOf(file.tracks[2] ?? [])[0]).toMatchObject({ status: 0x99, data: [36, 127] })
  expect(file.tracks[1]?.find(({ status }) => status === 0xc0)?.data).toEqual([14])
})

test('a repeated key is let go before it sounds again; every on has its off', () => {
  const file = parse(
    encodeMidi([note({ durationSeconds: 2 }), note({ onsetSeconds: 0.5 }), note({ onsetSeconds: 0.5 })], settings),
  )
  const shown = notesOf(file.tracks[1] ?? []).map(({ tick, status }) => [tick, status >> 4])
  expect(shown).toEqual([
    [0, 9],
    [480, 8],
    [480, 9],
    [960, 8],
  ])
})

test('long names and many agents stay parseable, no melodic note lands on the drum channel', () => {
  const timbres = ['harmonic', 'hollow', 'bell', 'pluck', 'breath'] as const
  const notes = Array.from({ length: 40 }, (_, i) =>
    note({ agent: `agent${i % 8}`, timbre: timbres[i % 5] ?? 'bell', midi: 40.4 + i, onsetSeconds: i * 40 }),
  )
  const file = parse(encodeMidi(notes, { ...settings, title: 'é'.repeat(100) }))
  expect(file.tracks[0]?.[0]?.text).toBe('é'.repeat(100))
  const ons = file.tracks.flat().filter(({ status }) => status >> 4 === 9)
  expect(ons).toHaveLength(40)
  expect(ons.some(({ status }) => (status & 15) === 9)).toBe(false)
  expect(ons.map(({ data }) => data[0]).sort()).toEqual(notes.map(({ midi }) => Math.round(midi)).sort())
})

test('no notes: a tempo track alone', () => {
  expect(parse(encodeMidi([], settings)).tracks).toHaveLength(1)
})
