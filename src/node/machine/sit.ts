// A machine judge sits a session: every question of the plan in an order of its own, and what comes of it. Sounds in; conduct out.
import {
  type Canary,
  type ClipPair,
  type MachineAnswer,
  type MachineConduct,
  type MachinePlan,
  type MachineQuestion,
  planQuestions,
  readConduct,
  type Sounding,
} from '../../judging/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { seededRandom, shuffled } from '../../random.ts'
import type { RankingSettings } from '../../record/index.ts'
import { measureClip } from './heard-measures.ts'
import type { ModelJudge } from './model-judge.ts'
import { encodeForSending, loadMono, type MonoSound, makeCanary, soften } from './sounds.ts'
import { describeInWords } from './words.ts'

export interface Sitting {
  /** Name of a clip -> its WAV. */
  readonly clips: ReadonlyMap<string, string>
  readonly pairs: readonly ClipPair[]
  /** Spoilt clips; silence and noise are added. */
  readonly canaries: readonly Canary[]
  /** How many clips are laid beside themselves, and how many pairs are asked again with a change of gain, at most. */
  readonly checks: number
  readonly barSeconds: number
  readonly kernel: Kernel
  readonly seed: number
  onAnswer(done: number, total: number): void
}

const silence = '(silence)'
const noise = '(noise)'

export function planSitting({
  pairs,
  canaries,
  checks,
  seed,
}: Pick<Sitting, 'pairs' | 'canaries' | 'checks' | 'seed'>): MachinePlan {
  const random = seededRandom(`${seed}/checks`)
  const clips = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
  const [beside = ''] = clips
  const own: Canary[] = [
    { kind: 'silence', clip: silence, beside },
    { kind: 'noise', clip: noise, beside },
  ]
  return {
    pairs,
    same: shuffled(random, clips).slice(0, checks),
    gain: shuffled(random, [...pairs.keys()]).slice(0, checks),
    canaries: [...own, ...canaries],
  }
}

/** One question after another, so that a budget is kept and a server is not flooded. */
export async function sitWithModel(
  sitting: Sitting,
  judge: ModelJudge,
  kind: 'listens' | 'reads',
): Promise<MachineConduct> {
  const plan = planSitting(sitting)
  const questions = planQuestions(plan)
  const order = shuffled(seededRandom(`${sitting.seed}/order`), [...questions.keys()])
  const shelf = createShelf(sitting, plan, kind)
  const answers: MachineAnswer[] = []
  for (const [done, k] of order.entries()) {
    const { first, second } = questions[k] as MachineQuestion
    const [a, b] = [shelf(first), shelf(second)]
    const material =
      kind === 'listens'
        ? { kind: 'heard' as const, first: a.wav(), second: b.wav(), seconds: a.seconds }
        : { kind: 'read' as const, first: a.words(), second: b.words() }
    answers[k] = await judge(material, k)
    sitting.onAnswer(done + 1, order.length)
  }
  return readConduct(plan, questions, answers)
}

/** Sounds as they are asked for, made once. */
function createShelf({ clips, barSeconds, kernel, seed }: Sitting, plan: MachinePlan, kind: 'listens' | 'reads') {
  const loaded = new Map<string, MonoSound>()
  const load = (clip: string): MonoSound => {
    const sound = loaded.get(clip) ?? open(clip)
    loaded.set(clip, sound)
    return sound
  }
  const open = (clip: string): MonoSound => {
    if (clip === silence || clip === noise)
      return makeCanary(clip === silence ? 'silence' : 'noise', load(plan.canaries[0]?.beside ?? ''), seed)
    const file = clips.get(clip)
    if (file === undefined) throw new RangeError(`sitting: expected a WAV for clip "${clip}", got none`)
    return loadMono(file)
  }
  const words = new Map<string, string>()
  const wavs = new Map<string, Uint8Array>()
  return (sounding: Sounding) => {
    const key = `${sounding.clip} ${sounding.gainDecibels}`
    const sound = () => soften(load(sounding.clip), sounding.gainDecibels)
    const keep = <Kept>(kept: Map<string, Kept>, make: () => Kept): Kept => {
      const known = kept.get(key) ?? make()
      kept.set(key, known)
      return known
    }
    const { samples, sampleRate } = load(sounding.clip)
    return {
      seconds: samples.length / sampleRate,
      sound,
      wav: () => (kind === 'listens' ? keep(wavs, () => encodeForSending(sound())) : new Uint8Array()),
      words: () => keep(words, () => describeInWords(sound(), barSeconds, kernel)),
    }
  }
}

/** Our measures as a judge of the same sounds, under the same checks: the higher value is preferred. */
export function sitWithMeasures(sitting: Sitting, settings: RankingSettings): MachineConduct {
  const plan = planSitting(sitting)
  const questions = planQuestions(plan)
  const shelf = createShelf(sitting, plan, 'reads')
  const values = new Map<string, number | null>()
  const readValue = (sounding: Sounding): number | null => {
    const key = `${sounding.clip} ${sounding.gainDecibels}`
    const known = values.get(key)
    if (known !== undefined) return known
    const { value } = measureClip(shelf(sounding).sound(), { ...sitting, settings })
    values.set(key, value)
    return value
  }
  const answers = questions.map(({ first, second }, k): MachineAnswer => {
    const [a, b] = [readValue(first), readValue(second)]
    sitting.onAnswer(k + 1, questions.length)
    if (a === null || b === null)
      return { kind: 'unavailable', reason: 'a clip is too short for a pattern and has no tone' }
    return { kind: 'said', side: a === b ? 'tie' : a > b ? 'first' : 'second' }
  })
  return readConduct(plan, questions, answers)
}
