// Everything that is measured of two event streams at once: our interlock beside the field's own measures, which say other things
// (docs/measures/rhythm-field.md). Streams in, numbers out; each null has its reason.
import type { InterlockScore } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import { type Asynchrony, asynchronyOf } from './alignment.ts'
import { couplingOf } from './coupling/coupling.ts'
import type { CouplingReading } from './coupling/reading.ts'
import { type EventCoincidence, type EventMeasures, measureEvents } from './event-series/index.ts'
import { type EventStream, type Pair, type RhythmSpan, readPair } from './events.ts'
import { layGrid } from './grid.ts'
import { interlockOf } from './interlock.ts'
import { measureSpikes, type SpikeMeasures } from './spikes/index.ts'

export interface RhythmSettings extends RhythmSpan {
  /** Width of the coincidence window; default 50 ms. */
  readonly windowSeconds?: Seconds | undefined
  /** How much later a coincidence is expected; default 0. */
  readonly lagSeconds?: Seconds | undefined
}

export interface RhythmMeasures {
  /** 0..1; parts null, score 0 when a stream has fewer than six attacks. */
  readonly interlock: InterlockScore & { readonly score: number }
  readonly tatumSeconds: Seconds | null
  readonly spike: Omit<SpikeMeasures, 'undefined'>
  /** Strength 0..1; delay -1..1, positive when a leads. */
  readonly eventSynchronization: { readonly strength: number | null; readonly delay: number | null }
  readonly coincidence: {
    readonly precursorAB: number | null
    readonly triggerAB: number | null
    readonly precursorBA: number | null
    readonly triggerBA: number | null
  }
  /** a minus b over the cells both occupy. */
  readonly asynchrony: Omit<Asynchrony, 'undefined'>
  /** Bits and p, each way. */
  readonly coupling: Pick<CouplingReading, 'aToB' | 'bToA' | 'pAToB' | 'pBToA'>
  /** Dotted path -> why it is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/**
 * All rhythm measures of two streams. Interlock and asynchrony see onsets within 5 ms as one attack, and the end of the span as outside;
 * the others see every onset, and the end as inside. Throws InputError as `measureInterlock` does, and for a window below 0.
 */
export function measureRhythm(a: EventStream, b: EventStream, settings: RhythmSettings = {}): RhythmMeasures {
  const pair = readPair(a, b, settings)
  const grid = pair.a.times.length === 0 || pair.b.times.length === 0 ? undefined : layGrid(pair)
  const { undefined: unwoven, tatumSeconds, score, ...parts } = interlockOf(pair, grid)
  const { undefined: unmet, ...asynchrony } = asynchronyOf(pair, grid)
  const { aToB, bToA, pAToB, pBToA, undefined: unasked } = couplingOf(pair, grid)
  const [x, y, observation] = observe(a, b, pair, settings)
  const { undefined: unfired, ...spike } = measureSpikes([x, y], observation)
  const events = measureEvents(x, y, { lag: settings.lagSeconds, deltaT: settings.windowSeconds ?? 0.05 })
  return {
    interlock: { score, ...parts },
    tatumSeconds,
    spike,
    ...tellEvents(events),
    asynchrony,
    coupling: { aToB, bToA, pAToB, pBToA },
    undefined: {
      ...under('interlock', unwoven, ['tatumSeconds']),
      ...under('spike', unfired),
      ...whyNoEvents(events),
      ...under('asynchrony', unmet),
      ...under('coupling', only(['aToB', 'bToA', 'pAToB', 'pBToA'], unasked)),
    },
  }
}

/** The onsets within the span, and the span, with both its ends. */
function observe(a: EventStream, b: EventStream, { seconds }: Pair, { startSeconds = 0, endSeconds }: RhythmSettings) {
  const end = endSeconds ?? startSeconds + seconds
  const last = endSeconds ?? Number.POSITIVE_INFINITY
  const within = ({ onsets }: EventStream) =>
    (onsets[0] ?? startSeconds) >= startSeconds && (onsets.at(-1) ?? last) <= last
      ? onsets
      : onsets.filter((onset) => onset >= startSeconds && onset <= last)
  const [x, y] = [within(a), within(b)]
  const latest = Math.max(end, x.at(-1) ?? end, y.at(-1) ?? end) // end may be a rounding below the last onset
  return [x, y, { startSeconds, endSeconds: latest }] as const
}

function tellEvents({ synchronization, coincidence }: EventMeasures) {
  return {
    eventSynchronization: {
      strength: synchronization && synchronization.xy + synchronization.yx,
      delay: synchronization && synchronization.yx - synchronization.xy,
    },
    coincidence: {
      precursorAB: rate(coincidence, 'precursorXY'),
      triggerAB: rate(coincidence, 'triggerXY'),
      precursorBA: rate(coincidence, 'precursorYX'),
      triggerBA: rate(coincidence, 'triggerYX'),
    },
  }
}

const rate = (coincidence: EventCoincidence | null, name: keyof EventCoincidence) => coincidence?.[name] ?? null

function whyNoEvents({ undefined: reasons }: EventMeasures): Record<string, string> {
  const renamed = Object.entries(reasons).flatMap(([field, reason]) =>
    field === 'synchronization'
      ? [
          ['eventSynchronization.strength', reason],
          ['eventSynchronization.delay', reason],
        ]
      : [[field.replace('XY', 'AB').replace('YX', 'BA'), reason]],
  )
  return Object.fromEntries(renamed)
}

/** The reasons of those fields alone that are told here. */
const only = (told: readonly string[], reasons: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(reasons).filter(([field]) => told.includes(field)))

function under(part: string, reasons: Readonly<Record<string, string>>, beside: readonly string[] = []) {
  const path = (field: string) => (beside.includes(field) ? field : `${part}.${field}`)
  return Object.fromEntries(Object.entries(reasons).map(([field, reason]) => [path(field), reason]))
}
