// The masks that ship, as data in samples/masks: the first two are the default pair.
import ash from '../../samples/masks/ash.json' with { type: 'json' }
import juno from '../../samples/masks/juno.json' with { type: 'json' }
import mira from '../../samples/masks/mira.json' with { type: 'json' }
import orrin from '../../samples/masks/orrin.json' with { type: 'json' }
import { type Mask, maskSchema } from '../record/index.ts'

export const shippedMasks: readonly Mask[] = [mira, orrin, juno, ash].map((mask) => maskSchema.parse(mask))
