// Every kind of `hocket measure`, in the order of its help.
import type { MeasureKind } from '../kind.ts'
import { consonance } from './consonance.ts'
import { curve } from './dissonance-curve.ts'
import { loudness } from './loudness.ts'
import { vitality } from './vitality.ts'

export const measureKinds: readonly MeasureKind[] = [consonance, curve, vitality, loudness]
