// Drums as loud as a chord hardly change how consonant it is heard: four beats, fifty chords that people rated.
import { expect, test } from 'vitest'
import { areNotesOf, listenToChord, meanOf, underEqualSound } from '../../hear/chord-listening.ts'
import { beats, chord, drums } from '../../hear/sounds.ts'
import ratings from '../../outside/consonance/human-ratings.json' with { type: 'json' }

const seconds = 1.5
const chords = ratings.bowling2018
  .filter((_, i) => i % 4 === 1)
  .map(({ frequenciesHz }, i) => ({ frequenciesHz, sound: chord(frequenciesHz, seconds, i) }))
  .map(({ frequenciesHz, sound }) => ({ frequenciesHz, sound, alone: listenToChord(sound) }))

test.each(Object.keys(beats) as (keyof typeof beats)[])('%s', (name) => {
  const beat = drums(seconds, 5, 0.3, beats[name])
  expect(chords.length).toBeGreaterThanOrEqual(40)
  const heard = chords.map(({ sound }) => listenToChord(underEqualSound(sound, beat)))
  const changes = heard.map(({ measures: { consonance } }, i) =>
    Math.abs((consonance ?? NaN) - (chords[i]?.alone.measures.consonance ?? NaN)),
  )
  expect(meanOf(changes)).toBeLessThan(0.1)
  const named = heard.filter(({ notes }, i) => areNotesOf(notes, chords[i]?.frequenciesHz ?? []))
  const alone = chords.filter((one) => areNotesOf(one.alone.notes, one.frequenciesHz))
  expect(named.length).toBeGreaterThan(0.6 * alone.length)
})
