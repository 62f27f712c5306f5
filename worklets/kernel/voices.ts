// A polyphonic instrument: notes wait in a queue ordered by onset, sound in a fixed pool of voices, and come out as mono samples.
// Rendering allocates nothing; block size changes no bit, because stretches are cut at onsets and voices move sample by sample.
import { buildTables } from './tables'
import { CHOKE_HAT } from './drums'
import { shapeVoice, TIMBRE_PERCUSSION } from './timbres'
import { bend } from './shapes'
import { STRETCH, Voice, addVoice, endOf, fadeOut } from './voice'

const POOL: i32 = 64
/** Above this many, each new note makes the oldest fade; the rest of the pool is room for those fades. */
const COMFORTABLE: i32 = 48
const FADE_SECONDS: f64 = 0.005
/** Output is untouched up to `KNEE` and bends towards `CEILING` above it, so that stems cannot clip the mix. */
const KNEE: f32 = 0.5
const CEILING: f32 = 0.65

@unmanaged
class Waiting {
  onset: i64
  duration: i32
  timbre: i32
  midi: f64
  velocity: f64
}

@unmanaged
class Voices {
  rate: f64
  ratio: f64
  now: i64
  serial: u32
  dropped: i32
  queue: usize
  capacity: i32
  head: i32
  tail: i32
  pool: usize
  scratch: usize
}

/** A silent instrument at time 0. `ratio` multiplies every frequency (1 leaves pitch alone). */
export function createVoices(rate: f64, ratio: f64): usize {
  buildTables()
  const v = changetype<Voices>(heap.alloc(offsetof<Voices>()))
  memory.fill(changetype<usize>(v), 0, offsetof<Voices>())
  v.rate = rate
  v.ratio = ratio
  v.capacity = 512
  v.queue = heap.alloc(v.capacity * offsetof<Waiting>())
  v.pool = heap.alloc(POOL * offsetof<Voice>())
  v.scratch = heap.alloc(STRETCH * 4)
  memory.fill(v.pool, 0, POOL * offsetof<Voice>())
  return changetype<usize>(v)
}

export function disposeVoices(voices: usize): void {
  const v = changetype<Voices>(voices)
  heap.free(v.queue)
  heap.free(v.pool)
  heap.free(v.scratch)
  heap.free(voices)
}

/** Adds a note (samples from time 0; one that is late starts at once). Equal onsets keep the order of the calls. */
export function scheduleVoice(voices: usize, onset: f64, duration: f64, midi: f64, velocity: f64, timbre: i32): void {
  const v = changetype<Voices>(voices)
  if (v.tail == v.capacity) makeRoom(v)
  let at = v.tail++
  while (at > v.head && waiting(v, at - 1).onset > <i64>onset) {
    memory.copy(changetype<usize>(waiting(v, at)), changetype<usize>(waiting(v, at - 1)), offsetof<Waiting>())
    at--
  }
  const note = waiting(v, at)
  note.onset = <i64>onset
  note.duration = <i32>Math.max(1, duration)
  note.midi = midi
  note.velocity = velocity
  note.timbre = timbre
}

/** Writes the next n samples, as f32, to `out`. */
export function renderVoices(voices: usize, out: usize, n: i32): void {
  const v = changetype<Voices>(voices)
  memory.fill(out, 0, n << 2)
  let done = 0
  while (done < n) {
    while (v.head < v.tail && waiting(v, v.head).onset <= v.now) startNote(v, waiting(v, v.head++))
    let stretch = min(n - done, STRETCH)
    if (v.head < v.tail) stretch = <i32>min(<i64>stretch, waiting(v, v.head).onset - v.now)
    addSounding(v, out + (done << 2), stretch)
    v.now += stretch
    done += stretch
  }
  bend(out, n, KNEE, CEILING)
}

/** Voices sounding or notes waiting: 0 means that only silence follows. */
export function busyVoices(voices: usize): i32 {
  const v = changetype<Voices>(voices)
  return countSounding(v) + v.tail - v.head
}

/** Notes left out because the whole pool was fading. */
export function droppedVoices(voices: usize): i32 {
  return changetype<Voices>(voices).dropped
}

@inline
function waiting(v: Voices, index: i32): Waiting {
  return changetype<Waiting>(v.queue + index * offsetof<Waiting>())
}

@inline
function slot(v: Voices, index: i32): Voice {
  return changetype<Voice>(v.pool + index * offsetof<Voice>())
}

/** Moves the queue to its front, or doubles it when it is really full. */
function makeRoom(v: Voices): void {
  const count = v.tail - v.head
  if (v.head > 0) {
    memory.copy(v.queue, v.queue + v.head * offsetof<Waiting>(), count * offsetof<Waiting>())
  } else {
    v.capacity *= 2
    v.queue = heap.realloc(v.queue, v.capacity * offsetof<Waiting>())
  }
  v.head = 0
  v.tail = count
}

function countSounding(v: Voices): i32 {
  let count = 0
  for (let i = 0; i < POOL; i++) if (slot(v, i).state != 0) count++
  return count
}

function addSounding(v: Voices, out: usize, n: i32): void {
  for (let i = 0; i < POOL; i++) {
    const voice = slot(v, i)
    if (voice.state == 0) continue
    addVoice(voice, out, min(n, endOf(voice) - voice.age), v.scratch)
    if (voice.age >= endOf(voice)) voice.state = 0
  }
}

function startNote(v: Voices, note: Waiting): void {
  const fade = <i32>(FADE_SECONDS * v.rate)
  if (note.timbre == TIMBRE_PERCUSSION && isClosedHat(<i32>nearest(note.midi))) chokeHats(v, fade)
  const voice = freeVoice(v)
  if (changetype<usize>(voice) == 0) {
    v.dropped++
    return
  }
  fadeOldest(v, fade)
  memory.fill(changetype<usize>(voice), 0, offsetof<Voice>())
  shapeVoice(voice, note.timbre, note.midi, v.ratio, note.velocity, note.duration, v.rate)
  voice.seed = <u32>note.onset * 2654435761 + <u32>(note.midi * 256.0) * 40503 // equal notes sound equal wherever they are queued
  voice.state = 1
  voice.serial = ++v.serial
  voice.attack = max(voice.attack, 1)
}

@inline
function isClosedHat(drum: i32): bool {
  return drum == 42 || drum == 44
}

function chokeHats(v: Voices, fade: i32): void {
  for (let i = 0; i < POOL; i++) {
    const voice = slot(v, i)
    if (voice.state == 1 && voice.choke == CHOKE_HAT && voice.age > 0) fadeOut(voice, fade)
  }
}

/** Makes the oldest voice fade when a comfortable number is held. */
function fadeOldest(v: Voices, fade: i32): void {
  let held = 0
  let oldest: i32 = -1
  for (let i = 0; i < POOL; i++) {
    if (slot(v, i).state != 1) continue
    held++
    if (oldest < 0 || slot(v, i).serial < slot(v, oldest).serial) oldest = i
  }
  if (held >= COMFORTABLE) fadeOut(slot(v, oldest), fade)
}

function freeVoice(v: Voices): Voice {
  for (let i = 0; i < POOL; i++) if (slot(v, i).state == 0) return slot(v, i)
  return changetype<Voice>(0)
}
