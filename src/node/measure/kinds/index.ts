// Every kind of `hocket measure`, in the order of its help.
import type { MeasureKind } from '../kind.ts'
import { loudness } from './loudness.ts'
import { vitality } from './vitality.ts'

export const measureKinds: readonly MeasureKind[] = [vitality, loudness]
