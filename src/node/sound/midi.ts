// Notes -> a Standard MIDI File, format 1 (MIDI 1.0, RP-001): a tempo track, then one track per agent and layer.
// Percussion is on channel 10 with General MIDI's drum numbers; fractional heights are rounded to the nearest key.
import type { Layer, Note, Timbre } from '../../record/index.ts'
import { type Column, createColumn } from './column.ts'

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

/** Takes notes as they come, in any order, and holds 20 bytes of each. */
export interface MidiWriter {
  add(notes: readonly Note[]): void
  /** The bytes of a .mid file. Tracks: agents in order of first appearance, voice before deck. */
  finish(): Uint8Array
}

/** Columns of one track's notes. */
interface Lane {
  readonly agent: string
  readonly layer: Layer
  readonly onsets: Column
  readonly ticks: Column
  readonly offs: Column
  /** timbre << 16 | height << 8 | velocity. */
  readonly sounds: Column
}

const timbreNames: readonly Timbre[] = ['harmonic', 'hollow', 'bell', 'pluck', 'breath', 'percussion']

export function createMidiWriter(settings: MidiSettings): MidiWriter {
  const byAgent = new Map<string, Map<Layer, Lane>>()
  const tickOf = (seconds: number) => Math.round(((seconds * settings.bpm) / 60) * ticksPerBeat)
  const laneOf = ({ agent, layer }: Note): Lane => {
    const lanes = byAgent.get(agent) ?? new Map<Layer, Lane>()
    byAgent.set(agent, lanes)
    const lane = lanes.get(layer) ?? createLane(agent, layer)
    lanes.set(layer, lane)
    return lane
  }
  return {
    add(notes) {
      for (const note of notes) {
        const lane = laneOf(note)
        const tick = tickOf(note.onsetSeconds)
        const height = Math.min(127, Math.max(0, Math.round(note.midi)))
        const velocity = Math.max(1, Math.round(note.velocity * 127))
        lane.onsets.push(note.onsetSeconds)
        lane.ticks.push(tick)
        lane.offs.push(Math.max(tick + 1, tickOf(note.onsetSeconds + note.durationSeconds)))
        lane.sounds.push((timbreNames.indexOf(note.timbre) << 16) | (height << 8) | velocity)
      }
    },
    finish() {
      const layers: readonly Layer[] = ['voice', 'deck']
      const lanes = [...byAgent.values()].flatMap((known) => layers.flatMap((layer) => known.get(layer) ?? []))
      const channelOf = assignChannels(lanes)
      const chunks = [tempoTrack(settings)]
      byAgent.clear()
      // A lane is let go as soon as its track is made: a million notes are many bytes.
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
        const name = `${settings.titles[lane.agent] ?? lane.agent} ${lane.layer}`
        chunks.push(encodeTrack(name, laneEvents(lane, channelOf)))
      }
      const header = [...ascii('MThd'), ...uint32(6), 0, 1, ...uint16(chunks.length), ...uint16(ticksPerBeat)]
      return concatenate([Uint8Array.from(header), ...chunks])
    },
  }
}

function createLane(agent: string, layer: Layer): Lane {
  const integers = () => createColumn('integers')
  return { agent, layer, onsets: createColumn('numbers'), ticks: integers(), offs: integers(), sounds: integers() }
}

/** All notes at once. */
export function encodeMidi(notes: readonly Note[], settings: MidiSettings): Uint8Array {
  const writer = createMidiWriter(settings)
  writer.add(notes)
  return writer.finish()
}

type ChannelOf = (lane: Lane, timbre: Timbre) => number

/** A channel per lane and timbre while there are enough (15 without the drums'), else one per timbre for all lanes. */
function assignChannels(lanes: readonly Lane[]): ChannelOf {
  const melodic = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15]
  const own = (lane: Lane, timbre: Timbre) => `${lane.agent}/${lane.layer}/${timbre}`
  const wanted = new Set<string>()
  for (const lane of lanes) {
    const heard = new Set<number>()
    for (const sound of lane.sounds.values()) heard.add(sound >> 16)
    for (const timbre of heard) {
      const name = timbreNames[timbre] as Timbre
      if (name !== 'percussion') wanted.add(own(lane, name))
    }
  }
  const timbres = Object.keys(programs)
  const channels = new Map([...wanted].map((key, i) => [key, melodic[i] ?? 0]))
  return (lane, timbre) => {
    if (timbre === 'percussion') return drumChannel
    return wanted.size <= melodic.length ? (channels.get(own(lane, timbre)) ?? 0) : timbres.indexOf(timbre)
  }
}

/** Columns of one track's events, in the order in which they are made. */
interface TrackEvents {
  readonly ticks: Column
  /** At one tick offs (0) come before ons (1), so that a repeated key sounds again; programs (-1) before both. */
  readonly orders: Column
  /** Status << 16 | first << 8 | second. */
  readonly messages: Column
}

function laneEvents(lane: Lane, channelOf: ChannelOf): TrackEvents {
  const integers = () => createColumn('integers')
  const events: TrackEvents = { ticks: integers(), orders: integers(), messages: integers() }
  const add = (tick: number, order: number, status: number, first: number, second: number) => {
    events.ticks.push(tick)
    events.orders.push(order)
    events.messages.push((status << 16) | (first << 8) | second)
  }
  const [onsets, ticks, offs, sounds] = [lane.onsets, lane.ticks, lane.offs, lane.sounds].map((one) => one.values())
  const programmed = new Set<number>()
  /** Which note holds a key. */
  const sounding = new Map<number, number>()
  const tickOf = (note: number) => ticks?.[note] as number
  const close = (key: number, until: number) => {
    const held = sounding.get(key)
    if (held === undefined) return
    const off = Math.max(tickOf(held) + 1, Math.min(offs?.[held] as number, until))
    add(off, 0, 0x80 | (key >> 7), key & 127, 0)
    sounding.delete(key)
  }
  for (const i of orderOf(onsets as Float64Array)) {
    const sound = sounds?.[i] as number
    const tick = tickOf(i)
    const timbre = timbreNames[sound >> 16] as Timbre
    const channel = channelOf(lane, timbre)
    if (channel !== drumChannel && !programmed.has(channel)) {
      add(0, -1, 0xc0 | channel, programs[timbre as keyof typeof programs], 0)
      programmed.add(channel)
    }
    const height = (sound >> 8) & 127
    const key = (channel << 7) | height
    const held = sounding.get(key)
    if (held !== undefined && tickOf(held) === tick) continue // the same key twice at once is one key
    close(key, tick)
    add(tick, 1, 0x90 | channel, height, sound & 127)
    sounding.set(key, i)
  }
  for (const key of [...sounding.keys()]) close(key, Number.POSITIVE_INFINITY)
  return events
}

/** Indices by rising value; equal ones keep their order. */
function orderOf(values: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(values.length).map((_, i) => i)
  return order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b)
}

function tempoTrack({ bpm, title }: MidiSettings): Uint8Array {
  const micros = Math.min(0xffffff, Math.round(60_000_000 / bpm)) // per quarter note, 24 bits
  const tempo = [0, 0xff, 0x51, 3, (micros >> 16) & 255, (micros >> 8) & 255, micros & 255]
  const meter = [0, 0xff, 0x58, 4, 4, 2, 24, 8] // 4/4
  return wrapTrack(title, Uint8Array.from([...tempo, ...meter]))
}

function encodeTrack(name: string, events: TrackEvents): Uint8Array {
  const [ticks, orders, messages] = [events.ticks, events.orders, events.messages].map((one) => one.values())
  const at = (i: number) => ticks?.[i] as number
  const order = new Uint32Array(ticks?.length ?? 0).map((_, i) => i)
  order.sort((a, b) => at(a) - at(b) || (orders?.[a] as number) - (orders?.[b] as number) || a - b)
  // A delta has at most five bytes, a message three.
  const body = new Uint8Array(8 * order.length)
  let length = 0
  let tick = 0
  for (const i of order) {
    length = writeVariable(body, length, at(i) - tick)
    const message = messages?.[i] as number
    const status = message >> 16
    body[length++] = status
    body[length++] = (message >> 8) & 127
    if (status >> 4 !== 0xc) body[length++] = message & 127
    tick = at(i)
  }
  return wrapTrack(name, body.subarray(0, length))
}

/** `variableLength` into bytes; returns where the next may stand. */
function writeVariable(into: Uint8Array, at: number, value: number): number {
  let place = at
  for (let shift = value < 128 ? 0 : 28; shift >= 0; shift -= 7)
    if (shift === 0 || value >= 2 ** shift)
      into[place++] = (Math.floor(value / 2 ** shift) & 127) | (shift > 0 ? 128 : 0)
  return place
}

function wrapTrack(name: string, body: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(name)
  const head = Uint8Array.from([0, 0xff, 0x03, ...variableLength(text.length), ...text])
  const end = Uint8Array.of(0, 0xff, 0x2f, 0)
  const bytes = head.length + body.length + end.length
  return concatenate([Uint8Array.from([...ascii('MTrk'), ...uint32(bytes)]), head, body, end])
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
