// What src/measure/consonance/composite.json is worth: every measure against every set, chords to know the scale by, known ends, clashes.
//   npm run fit:consonance      (after the fit)
import { consonanceOfRoughness, consonanceOfSound } from '../../src/measure/consonance/index.ts'
import { loadRatings } from './chords.ts'
import { expectedOf } from './reference-chords.ts'
import { tellAgreement, tellReferences } from './report.ts'
import { tellClashes, tellEnds, tellTimbres } from './sanity.ts'

const sets = loadRatings()
tellAgreement(sets, {
  consonance: expectedOf,
  'consonance of partials alone': ({ asTuned }) => consonanceOfSound(asTuned),
  smoothness: ({ asTuned }) => consonanceOfRoughness(asTuned.roughness),
})
tellReferences(sets['bowling2018'] ?? [])
tellEnds()
tellClashes()
tellTimbres(sets['bowling2018'] ?? [])
