// Figures of chords heard whole: roughness, consonance and notes; of clean, noisy, uneven and drummed ones, and what a mixture costs.
import { harmonicPartials, hutchinsonKnopoff1978, measureSound, soundOfTones } from '../../src/measure/index.ts'
import { decodeSample } from '../../src/node/sound/samples.ts'
import { seededRandom } from '../../src/random.ts'
import { hertzOfMidi } from '../../src/units.ts'
import ratings from '../outside/consonance/human-ratings.json' with { type: 'json' }
import { areNotesOf, hasOctave, type ListenedChord, listenToChord, meanOf, underEqualSound } from './chord-listening.ts'
import { hear } from './listening.ts'
import { beats, chord, drums, mixed, type Sine, sines } from './sounds.ts'

const rated = ratings.bowling2018
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? NaN
const percent = (list: readonly boolean[]) =>
  list.length === 0 ? 'none' : `${((100 * list.filter((x) => x).length) / list.length).toFixed(1)} %`
const roughnessOf = ({ measures }: ListenedChord) => measures.roughness.hutchinsonKnopoff1978 ?? NaN
const consonanceOf = ({ measures }: ListenedChord) => measures.consonance ?? NaN

function correlation(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [meanOf(x), meanOf(y)]
  const product = (p: readonly number[], q: readonly number[], a: number, b: number) =>
    p.reduce((sum, value, i) => sum + (value - a) * ((q[i] ?? NaN) - b), 0)
  return product(x, y, centreX, centreY) / Math.sqrt(product(x, x, centreX, centreX) * product(y, y, centreY, centreY))
}

function exactNotes(heard: readonly ListenedChord[], tones: readonly (readonly number[])[]): string {
  const right = heard.map(({ notes }, i) => areNotesOf(notes, tones[i] ?? []))
  const among = (octave: boolean) => percent(right.filter((_, i) => hasOctave(tones[i] ?? []) === octave))
  return `notes exactly right: ${among(false)} without octaves, ${among(true)} with`
}

function noisy(sound: Float32Array, decibels: number, seed: number): Float32Array {
  const random = seededRandom(seed)
  const power = meanOf([...sound].map((x) => x * x))
  const width = Math.sqrt((12 * power) / 10 ** (decibels / 10))
  return sound.map((x) => x + width * (random() - 0.5))
}

/** The 199 rated chords, each tone of eleven harmonics 1/n, for .8 s: as they are, in noise, softer. */
export function printRatedChords(): void {
  const tones = rated.map(({ frequenciesHz }) => frequenciesHz)
  const people = rated.map(({ rating }) => rating)
  const truth = tones.map((hz) => hutchinsonKnopoff1978(harmonicPartials(hz)) ?? NaN)
  const written = tones.map((hz) => measureSound(soundOfTones(hz)).consonance ?? NaN)
  console.log(`199 chords, from their notes: r of consonance with ratings ${correlation(written, people).toFixed(3)}`)
  const sounds = tones.map((hz, i) => chord(hz, 0.8, i))
  const print = (name: string, heard: readonly ListenedChord[]) => {
    const ratio = median(heard.map((one, i) => roughnessOf(one) / (truth[i] ?? NaN)))
    const r = correlation(heard.map(roughnessOf), truth)
    console.log(
      `${name}: roughness r ${r.toFixed(3)} with the notes', median ratio ${ratio.toFixed(3)}; consonance r ${correlation(heard.map(consonanceOf), people).toFixed(3)} with ratings; ${exactNotes(heard, tones)}`,
    )
  }
  const clean = sounds.map((sound) => listenToChord(sound))
  print('heard for .8 s', clean)
  print(
    'white noise, SNR 10 dB',
    sounds.map((sound, i) => listenToChord(noisy(sound, 10, i))),
  )
  const soft = sounds.map((sound) => consonanceOf(listenToChord(sound.map((x) => x / 16))))
  const moved = Math.max(...soft.map((value, i) => Math.abs(value - consonanceOf(clean[i] as ListenedChord))))
  console.log(`24 dB softer: consonance at most ${moved.toFixed(6)} away`)
}

/** Chords of two to four tones over two octaves: partials stretched as by stiff strings, of any slope, each up to 6 dB off it, fading. */
export function printUnevenChords(): void {
  const random = seededRandom('uneven')
  const tones: number[][] = []
  const heard = Array.from({ length: 200 }, (_, seed) => {
    const midi = new Set<number>()
    for (const count = 2 + Math.floor(3 * random()); midi.size < count; ) midi.add(48 + Math.floor(25 * random()))
    const hertz = [...midi].sort((a, b) => a - b).map((note) => hertzOfMidi(note + 0.1 * (random() - 0.5)))
    tones.push(hertz)
    const [slope, stiffness] = [0.5 + 1.5 * random(), 10 ** (random() - 4)]
    const partials = hertz.flatMap((f) =>
      Array.from({ length: 20 }, (_, i): Sine => {
        const n = i + 1
        return [n * f * Math.sqrt(1 + stiffness * n * n), 0.1 * n ** -slope * 10 ** ((12 * random() - 6) / 20)]
      }),
    )
    const audible = partials.filter(([f]) => f < 20000)
    return listenToChord(sines(1, audible, 48000, seed).map((x, n) => x * Math.exp(-n / 48000)))
  })
  console.log(`200 uneven chords of stiff strings: ${exactNotes(heard, tones)}`)
}

/** Fifty chords of two seconds with drums, as loud after K-weighting. */
export async function printDrummedChords(): Promise<void> {
  const some = rated.filter((_, i) => i % 4 === 0)
  const sounds = some.map(({ frequenciesHz }, i) => chord(frequenciesHz, 2, i))
  const alone = sounds.map((sound) => listenToChord(sound))
  const played: Record<string, Float32Array> = {}
  for (const [name, beat] of Object.entries(beats)) played[name] = drums(2, 1, 0.3, beat)
  for (const name of ['loop_amen', 'loop_breakbeat', 'loop_industrial', 'loop_safari', 'loop_tabla']) {
    const loop = await decodeSample(name)
    played[name] = new Float32Array(96000).map((_, n) => loop[n % loop.length] ?? 0)
  }
  for (const [name, beat] of Object.entries(played)) {
    const heard = sounds.map((sound) => listenToChord(underEqualSound(sound, beat)))
    const changes = heard.map((one, i) => Math.abs(consonanceOf(one) - consonanceOf(alone[i] as ListenedChord)))
    const same = heard.map(({ notes }, i) => areNotesOf(notes, (alone[i]?.notes ?? []).map(hertzOfMidi)))
    console.log(
      `50 chords with ${name}, equally loud: consonance ${meanOf(changes).toFixed(3)} away on the mean, at most ${Math.max(...changes).toFixed(2)}; the same notes in ${percent(same)}`,
    )
  }
}

/** User CPU of one mixture and frame: the difference that 48 mixtures make, best of several passes. */
export function printMixtureCost(): void {
  const stems = [0, 1, 2, 3].map((i) =>
    mixed(chord([110 * (i + 2), 139 * (i + 2), 165 * (i + 2)], 10, i), drums(10, i, 0.1)),
  )
  const secondsOf = (mixtures: readonly (readonly number[])[], notesOf?: readonly number[]) => {
    let best = Infinity
    for (let pass = 0; pass < 7; pass++) {
      const before = process.cpuUsage()
      hear(stems, { mixtures, ...(notesOf === undefined ? {} : { notesOf }) })
      best = Math.min(best, process.cpuUsage(before).user / 1e6)
    }
    return best
  }
  const without = secondsOf([])
  const frames = hear(stems, { mixtures: [] }).frames.length
  const each = (seconds: number) => `${((1e6 * (seconds - without)) / frames / 48).toFixed(1)} us`
  const single = Array.from({ length: 48 }, (_, m) => [m % 4])
  const four = single.map(() => [0, 1, 2, 3])
  console.log(
    `a mixture and frame: one stem ${each(secondsOf(single))} (${each(secondsOf(single, []))} without notes), four stems ${each(secondsOf(four))} (${each(secondsOf(four, []))}); a stem and frame ${((1e6 * without) / frames / 4).toFixed(0)} us`,
  )
}
