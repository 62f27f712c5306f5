// Notes -> a Standard MIDI File, format 1 (MIDI 1.0, RP-001): a tempo track, then one track per agent and layer.
// Percussion is on channel 10 with General MIDI's drum numbers; fractional heights are rounded to the nearest key.
import type { Layer, Note, Timbre } from '../../record/index.ts'

export interface MidiSettings {
  readonly bpm: number
  readonly title: string
  /** Track names by agent; an agent not named here is called by its id. */
  readonly titles: Readonly<Record<string, string>>
}

const ticksPerBeat = 480
const drumChannel = 9
/** General MIDI programs (from 0) nearest to our timbres: electric piano, synth clarinet-like lead, tubular bells, plucked guitar, pan flute. */
const programs: Record<Exclude<Timbre, 'percussion'>, number> = {
  harmonic: 4,
  hollow: 80,
  bell: 14,
  pluck: 25,
  breath: 75,
}

interface MidiEvent {
  readonly tick: number
  /** At one tick offs come before ons, so that a repeated key sounds again. */
  readonly order: number
  readonly bytes: readonly number[]
}

/** The bytes of a .mid file. Tracks: agents in order of first appearance, voice before deck. */
export function encodeMidi(notes: readonly Note[], settings: MidiSettings): Uint8Array {
  const lanes = groupLanes(notes)
  const channelOf = assignChannels(lanes)
  const chunks = [tempoTrack(settings)]
  for (const lane of lanes) {
    const name = `${settings.titles[lane.agent] ?? lane.agent} ${lane.layer}`
    chunks.push(encodeTrack(name, laneEvents(lane, settings.bpm, channelOf)))
  }
  const header = [...ascii('MThd'), ...uint32(6), 0, 1, ...uint16(chunks.length), ...uint16(ticksPerBeat)]
  return concatenate([Uint8Array.from(header), ...chunks])
}

interface Lane {
  readonly agent: string
  readonly layer: Layer
  readonly notes: Note[]
}

function groupLanes(notes: readonly Note[]): Lane[] {
  const agents = [...new Set(notes.map((note) => note.agent))]
  const layers: readonly Layer[] = ['voice', 'deck']
  return agents.flatMap((agent) =>
    layers
      .map((layer) => ({ agent, layer, notes: notes.filter((note) => note.agent === agent && note.layer === layer) }))
      .filter((lane) => lane.notes.length > 0),
  )
}

type ChannelOf = (lane: Lane, timbre: Timbre) => number

/** A channel per lane and timbre while there are enough (15 without the drums'), else one per timbre for all lanes. */
function assignChannels(lanes: readonly Lane[]): ChannelOf {
  const melodic = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15]
  const own = (lane: Lane, timbre: Timbre) => `${lane.agent}/${lane.layer}/${timbre}`
  const wanted = new Set<string>()
  for (const lane of lanes)
    for (const note of lane.notes) if (note.timbre !== 'percussion') wanted.add(own(lane, note.timbre))
  const timbres = Object.keys(programs)
  const channels = new Map([...wanted].map((key, i) => [key, melodic[i] ?? 0]))
  return (lane, timbre) => {
    if (timbre === 'percussion') return drumChannel
    return wanted.size <= melodic.length ? (channels.get(own(lane, timbre)) ?? 0) : timbres.indexOf(timbre)
  }
}

function laneEvents(lane: Lane, bpm: number, channelOf: ChannelOf): MidiEvent[] {
  const tickOf = (seconds: number) => Math.round(((seconds * bpm) / 60) * ticksPerBeat)
  const events: MidiEvent[] = []
  const programmed = new Set<number>()
  const sounding = new Map<number, { tick: number; off: number }>()
  const close = (key: number, until: number) => {
    const held = sounding.get(key)
    if (held === undefined) return
    const off = Math.max(held.tick + 1, Math.min(held.off, until))
    events.push({ tick: off, order: 0, bytes: [0x80 | (key >> 7), key & 127, 0] })
    sounding.delete(key)
  }
  for (const note of [...lane.notes].sort((a, b) => a.onsetSeconds - b.onsetSeconds)) {
    const channel = channelOf(lane, note.timbre)
    if (channel !== drumChannel && !programmed.has(channel)) {
      events.push({ tick: 0, order: -1, bytes: [0xc0 | channel, programs[note.timbre as keyof typeof programs]] })
      programmed.add(channel)
    }
    const height = Math.min(127, Math.max(0, Math.round(note.midi)))
    const key = (channel << 7) | height
    const tick = tickOf(note.onsetSeconds)
    if (sounding.get(key)?.tick === tick) continue // the same key twice at once is one key
    close(key, tick)
    events.push({ tick, order: 1, bytes: [0x90 | channel, height, Math.max(1, Math.round(note.velocity * 127))] })
    sounding.set(key, { tick, off: Math.max(tick + 1, tickOf(note.onsetSeconds + note.durationSeconds)) })
  }
  for (const key of [...sounding.keys()]) close(key, Number.POSITIVE_INFINITY)
  return events.sort((a, b) => a.tick - b.tick || a.order - b.order)
}

function tempoTrack({ bpm, title }: MidiSettings): Uint8Array {
  const micros = Math.min(0xffffff, Math.round(60_000_000 / bpm)) // per quarter note, 24 bits
  return encodeTrack(title, [
    { tick: 0, order: 0, bytes: [0xff, 0x51, 3, (micros >> 16) & 255, (micros >> 8) & 255, micros & 255] },
    { tick: 0, order: 0, bytes: [0xff, 0x58, 4, 4, 2, 24, 8] }, // 4/4
  ])
}

function encodeTrack(name: string, events: readonly MidiEvent[]): Uint8Array {
  const text = new TextEncoder().encode(name)
  const body: number[] = [0, 0xff, 0x03, ...variableLength(text.length), ...text]
  let tick = 0
  for (const event of events) {
    body.push(...variableLength(event.tick - tick), ...event.bytes)
    tick = event.tick
  }
  body.push(0, 0xff, 0x2f, 0)
  return concatenate([Uint8Array.from([...ascii('MTrk'), ...uint32(body.length)]), Uint8Array.from(body)])
}

/** Seven bits a byte, most significant first, the top bit set on all but the last. */
function variableLength(value: number): number[] {
  const bytes = [value & 127]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 127) | 128)
  return bytes
}

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
const uint16 = (value: number) => [(value >> 8) & 255, value & 255]
const uint32 = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
