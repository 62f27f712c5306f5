// The masks that ship, as data in samples/masks: the first two are the default pair; tock and om suit the metronome and the drone.
import ash from '../../samples/masks/ash.json' with { type: 'json' }
import juno from '../../samples/masks/juno.json' with { type: 'json' }
import mira from '../../samples/masks/mira.json' with { type: 'json' }
import om from '../../samples/masks/om.json' with { type: 'json' }
import orrin from '../../samples/masks/orrin.json' with { type: 'json' }
import tock from '../../samples/masks/tock.json' with { type: 'json' }
import { type Mask, maskSchema } from '../record/index.ts'

export const shippedMasks: readonly Mask[] = [mira, orrin, juno, ash, tock, om].map((mask) => maskSchema.parse(mask))
