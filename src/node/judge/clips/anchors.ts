// Hidden anchors: a clip with its partner's part spoilt, to see whether a judge hears anything. The partner is the second agent.
//   shuffled   the partner's sound cut into beats, which come in another order
//   detuned    the partner 30 cents flat, beat by beat, so that the time stays
//   unison     the first agent's sound in the partner's place
//   spam       the partner says "yes" for every token
import { seededRandom, shuffled } from '../../../random.ts'
import { type AnchorKind, type RecordLine, stemsOf } from '../../../record/index.ts'
import { resample } from '../../sound/resample.ts'
import { type JudgedRun, mixStems, type Orchestra, renderStems, type Stereo, type Stretch } from './run.ts'

/** 407 : 400 in time is 30.03 cents down. */
const [slower, usual] = [407, 400]
const fadeSeconds = 0.005
/** Below this share of the clip's power the difference is hardly to be heard. */
const leastChange = 0.02

export interface AnchorRequest {
  readonly run: JudgedRun
  readonly stretch: Stretch
  readonly kind: AnchorKind
  readonly sampleRate: number
  readonly seed: string
  readonly orchestra: Orchestra
  /** All stems of the stretch. */
  readonly stems: readonly Float32Array[]
}

/** The spoilt clip, or in words why there is none. */
export async function makeAnchor(request: AnchorRequest): Promise<Stereo | string> {
  const { run, stems } = request
  if (run.session.agents.length < 2) return 'there is no partner'
  const spoilt = await spoilStems(request)
  const [whole, other] = [mixStems(run.session, stems), mixStems(run.session, spoilt)]
  const change = powerOf(whole.map((channel, k) => channel.map((x, i) => x - (other[k]?.[i] ?? 0))))
  const power = powerOf(whole)
  return change < leastChange * power || power === 0 ? 'the partner hardly sounds there' : other
}

const powerOf = (channels: readonly Float32Array[]) =>
  channels.reduce((sum, channel) => sum + channel.reduce((part, x) => part + x * x, 0), 0)

async function spoilStems({
  run,
  stretch,
  kind,
  sampleRate,
  seed,
  orchestra,
  stems,
}: AnchorRequest): Promise<Float32Array[]> {
  const places = stemsOf(run.session)
  const [first, partner] = run.session.agents.map(({ agent }) => agent)
  const beat = Math.round((sampleRate * 60) / run.session.bpm)
  const fade = Math.round(fadeSeconds * sampleRate)
  const spoilPartner = (spoil: (stem: Float32Array, place: number) => Float32Array) =>
    places.map(({ agent }, i) => (agent === partner ? spoil(stems[i] as Float32Array, i) : (stems[i] as Float32Array)))
  switch (kind) {
    case 'shuffled':
      return spoilPartner((stem) => shuffleBeats(stem, { beat, fade, seed }))
    case 'detuned':
      return spoilPartner((stem) => flattenBeats(stem, { beat, fade }))
    case 'unison':
      return spoilPartner((stem, i) => {
        const twin = places.findIndex(({ agent, layer }) => agent === first && layer === places[i]?.layer)
        return stems[twin] ?? stem
      })
    case 'spam':
      return renderStems(run, stretch, orchestra, (lines) =>
        lines.map((line) => (line.kind === 'token' && line.agent === partner ? sayYes(line) : line)),
      )
  }
}

function sayYes(line: Extract<RecordLine, { kind: 'token' }>): RecordLine {
  return { ...line, text: 'yes ', role: 'speech' }
}

interface Beats {
  /** Samples. */
  readonly beat: number
  readonly fade: number
}

/** Every beat of the sound in another place, faded in and out; what is left behind the last whole beat stays. */
export function shuffleBeats(
  stem: Float32Array,
  { beat, fade, seed }: Beats & { readonly seed: string },
): Float32Array {
  const beats = Math.floor(stem.length / beat)
  const order = shuffled(seededRandom(`${seed}/beats`), [...Array(beats).keys()])
  const result = stem.slice()
  order.forEach((from, to) => {
    result.set(faded(stem.subarray(from * beat, (from + 1) * beat), fade), to * beat)
  })
  return result
}

/** 30 cents flat: each beat is stretched by 407 : 400 and its last part left out. */
export function flattenBeats(stem: Float32Array, { beat, fade }: Beats): Float32Array {
  const result = new Float32Array(stem.length)
  // A lead of whole periods, so that the filter has something to stand on.
  const padded = new Float32Array(stem.length + usual)
  padded.set(stem, usual)
  for (let at = 0; at < stem.length; at += beat) {
    const length = Math.min(beat, stem.length - at)
    const piece = resample(padded.slice(at, at + usual + length), usual, slower)
    result.set(faded(piece.subarray(slower, slower + length), fade), at)
  }
  return result
}

export function faded(piece: Float32Array, fade: number): Float32Array {
  const result = piece.slice()
  for (let i = 0; i < Math.min(fade, result.length); i++) {
    const gain = (i + 0.5) / fade
    result[i] = (result[i] as number) * gain
    const end = result.length - 1 - i
    result[end] = (result[end] as number) * gain
  }
  return result
}
