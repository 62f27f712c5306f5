// Every kind of `hocket measure`, in the order of its help.
import type { MeasureKind } from '../kind.ts'
import { agreement } from './agreement.ts'
import { beatMatch } from './beat-match.ts'
import { consonance } from './consonance.ts'
import { curve } from './dissonance-curve.ts'
import { eventSeries } from './event-series.ts'
import { information } from './information.ts'
import { loudness } from './loudness.ts'
import { mapping } from './mapping.ts'
import { nextPairs } from './next-pairs.ts'
import { onsetMatch } from './onset-match.ts'
import { ranking } from './ranking.ts'
import { rhythm } from './rhythm.ts'
import { spikes } from './spikes.ts'
import { syncopation } from './syncopation.ts'
import { vitality } from './vitality.ts'

export const measureKinds: readonly MeasureKind[] = [
  consonance,
  curve,
  rhythm,
  spikes,
  eventSeries,
  information,
  syncopation,
  onsetMatch,
  beatMatch,
  vitality,
  loudness,
  ranking,
  nextPairs,
  agreement,
  mapping,
]
