// Prints the figures of onsets in docs/hearing.md: npm run build && npx tsx test/hear/print-onset-figures.ts [fitted]
// Those held out when constants were chosen: phrases of seeds 101 to 104, every sixth track from the fourth on, parties. With `fitted` those looked at: seeds 1
// and 2, every sixth track from the first on. A family's line is over all kinds of phrases.
import { readFileSync } from 'node:fs'
import { shippedMasks } from '../../src/djs/index.ts'
import { createSampleLoader } from '../../src/node/sound/samples.ts'
import { librarySchema, sessionOf } from '../../src/record/index.ts'
import { playHeard } from '../party-run.ts'
import { deckCase, noiseCase, type OnsetCase, phrase, phraseKinds, rate, timbres } from './onset-cases.ts'
import { compareInterlock, figuresOf, heardTimes, hearParty, listenTo, type OnsetFigures } from './onset-listening.ts'

const fitted = process.argv[2] === 'fitted'
const seeds = fitted ? [1, 2] : [101, 102, 103, 104]
const ms = (seconds: number) => `${(1000 * seconds).toFixed(1)} ms`

function print(name: string, { played, fMeasure, precision, recall, bias, spread }: OnsetFigures): void {
  const [f, p, r] = [fMeasure, precision, recall].map((share) => share.toFixed(3))
  console.log(`${name.padEnd(34)} F ${f} P ${p} R ${r} bias ${ms(bias)} spread ${ms(spread)} of ${played}`)
}

function printPhrases(): void {
  for (const timbre of timbres) {
    const kinds = phraseKinds.map((kind) => ({ kind, cases: seeds.map((seed) => phrase(timbre, kind, seed)) }))
    print(timbre, listenTo(kinds.flatMap(({ cases }) => cases)))
    for (const { kind, cases } of kinds) print(`  ${kind}`, listenTo(cases))
  }
}

async function printDecks(): Promise<void> {
  const library = librarySchema.parse(
    JSON.parse(readFileSync(new URL('../../samples/library.json', import.meta.url), 'utf8')),
  )
  const tracks = library.tracks.filter((_, i) => i % 6 === (fitted ? 0 : 3))
  const loader = createSampleLoader(library.tracks)
  await loader.prepare(tracks)
  for (const parts of ['drums', 'all'] as const) {
    const cases = tracks.map((track): OnsetCase => deckCase(track, parts, 'drop', loader.bank))
    for (const one of cases) print(one.name, listenTo([one]))
    print(`decks, ${parts}`, listenTo(cases))
  }
}

function printNoise(): void {
  for (const level of [0.003, 0.03, 0.3]) {
    const { sound } = noiseCase(level, 40)
    console.log(`white noise, peak ${level}: ${heardTimes(sound).length - 1} false onsets in ${sound.length / rate} s`)
  }
}

async function printParties(): Promise<void> {
  const parties = [
    [0, 1, 1],
    [2, 3, 2],
    [4, 5, 3],
    [1, 2, 4],
    [3, 0, 5],
  ] as const
  for (const [a, b, seed] of parties) {
    const masks = [shippedMasks[a], shippedMasks[b]]
    const party = await playHeard({ policies: ['listen', 'listen'], slots: 6, seed, masks })
    const { bpm, mapping } = sessionOf(party.record)
    const stems = hearParty(party)
    for (const layer of ['voice', 'deck'] as const) {
      const [first, second] = stems.filter((stem) => stem.layer === layer)
      if (first === undefined || second === undefined) continue
      for (const [mask, stem] of [
        [masks[0], first],
        [masks[1], second],
      ] as const)
        if (stem.times.length > 0) print(`party ${seed}, ${mask?.name}, ${layer}`, figuresOf([stem]))
      const clock = { bpm, startSeconds: 0, swing: mapping.swing }
      const { played, heard } = compareInterlock(first, second, clock, (6 * 1920) / bpm)
      console.log(`party ${seed}, ${layer}s: interlock played ${played.toFixed(3)}, heard ${heard.toFixed(3)}`)
    }
  }
}

printPhrases()
await printDecks()
printNoise()
await printParties()
