// Notes -> a Standard MIDI File, format 1 (MIDI 1.0, RP-001): a tempo track, then one track per agent and layer.
// Percussion is on channel 10 with General MIDI's drum numbers; fractional heights are rounded to the nearest key.
import type { Layer, Note, Timbre } from '../../record/index.ts'
import { type Column, createColumn } from './column.ts'
import { ascii, concatenate, createTrackWriter, type TrackWriter, uint16, uint32, wrapTrack } from './midi-track.ts'

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
        chunks.push(encodeLane(name, lane, channelOf))
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
    for (let i = 0; i < lane.sounds.length; i++) heard.add((lane.sounds.at(i) as number) >> 16)
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

/** A lane's notes as a track. Programs come first; at one tick offs come before ons, so that a repeated key sounds again. */
function encodeLane(name: string, lane: Lane, channelOf: ChannelOf): Uint8Array {
  const track = createTrackWriter()
  const order = orderOf(lane.onsets)
  const channels = new Map(timbreNames.map((timbre) => [timbre, channelOf(lane, timbre)]))
  const channelAt = (note: number) => channels.get(timbreAt(lane, note)) ?? drumChannel
  writePrograms(track, lane, order, channelAt)
  /** What sounds: by key, when it ends. */
  const sounding = new Map<number, number>()
  const end = (key: number, tick: number) => {
    track.add(tick, 0x80 | (key >> 7), key & 127, 0)
    sounding.delete(key)
  }
  const endUntil = (tick: number) => {
    const due = [...sounding].filter(([, off]) => off <= tick).sort((a, b) => a[1] - b[1])
    for (const [key, off] of due) end(key, off)
  }
  const begun = { tick: -1, keys: new Set<number>() }
  for (let i = 0; i < lane.onsets.length; i++) {
    const note = order === null ? i : (order[i] as number)
    const tick = lane.ticks.at(note) as number
    const sound = lane.sounds.at(note) as number
    const channel = channelAt(note)
    const height = (sound >> 8) & 127
    const key = (channel << 7) | height
    if (tick !== begun.tick) begun.keys.clear()
    begun.tick = tick
    if (begun.keys.has(key)) continue // the same key twice at once is one key
    begun.keys.add(key)
    endUntil(tick)
    if (sounding.has(key)) end(key, tick)
    track.add(tick, 0x90 | channel, height, sound & 127)
    sounding.set(key, lane.offs.at(note) as number)
  }
  endUntil(Number.POSITIVE_INFINITY)
  return track.finish(name)
}

const timbreAt = (lane: Lane, note: number) => timbreNames[(lane.sounds.at(note) as number) >> 16] as Timbre

function writePrograms(
  track: TrackWriter,
  lane: Lane,
  order: Uint32Array | null,
  channelAt: (note: number) => number,
): void {
  const programmed = new Set([drumChannel])
  for (let i = 0; i < lane.sounds.length; i++) {
    const note = order === null ? i : (order[i] as number)
    const channel = channelAt(note)
    if (programmed.has(channel)) continue
    track.add(0, 0xc0 | channel, programs[timbreAt(lane, note) as keyof typeof programs], 0)
    programmed.add(channel)
  }
}

/** Indices by rising value, equal ones in their order; null where they rise already. */
function orderOf(values: Column): Uint32Array | null {
  const at = (i: number) => values.at(i) as number
  let rising = true
  for (let i = 1; i < values.length && rising; i++) rising = at(i) >= at(i - 1)
  if (rising) return null
  const order = new Uint32Array(values.length).map((_, i) => i)
  return order.sort((a, b) => at(a) - at(b) || a - b)
}

function tempoTrack({ bpm, title }: MidiSettings): Uint8Array {
  const micros = Math.min(0xffffff, Math.round(60_000_000 / bpm)) // per quarter note, 24 bits
  const tempo = [0, 0xff, 0x51, 3, (micros >> 16) & 255, (micros >> 8) & 255, micros & 255]
  const meter = [0, 0xff, 0x58, 4, 4, 2, 24, 8] // 4/4
  return wrapTrack(title, [Uint8Array.from([...tempo, ...meter])])
}
