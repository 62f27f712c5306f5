// The six styles' material by name.
import { ambient, breaks, dub } from './material-broken.ts'
import { disco, house, techno } from './material-straight.ts'

export const material = { house, disco, techno, breaks, dub, ambient }
