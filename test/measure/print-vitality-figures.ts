// Prints the table of docs/measures/vitality.md:  npx tsx test/measure/print-vitality-figures.ts
import { measureVitality } from '../../src/measure/vitality/index.ts'
import { seededRandom, shuffled } from '../../src/random.ts'
import { evolvingLoop, fill, grammar, loopOf, noise, repetition, round } from './vitality-streams.ts'

type Stream = (length: number, seed: string) => string[]
const streams: [string, Stream][] = [
  ['one symbol for ever', (length) => fill(length, () => 3)],
  ['a loop of 8', (length) => loopOf(round, length)],
  ['noise of 12 symbols', (length, seed) => noise(12, length, seed)],
  ['a grammar of four phrases', grammar],
  ['the same, shuffled', (length, seed) => shuffled(seededRandom(seed), grammar(length, seed))],
  ['a loop, one note changed every 16th turn', (length, seed) => evolvingLoop(16, length, seed)],
  ['... every 4th turn', (length, seed) => evolvingLoop(4, length, seed)],
  ['... every turn', (length, seed) => evolvingLoop(1, length, seed)],
  ['half a grammar, then one symbol', (length, seed) => [...grammar(length / 2, seed), ...loopOf([3], length / 2)]],
  ...[0.1, 0.3, 0.5, 0.8, 0.95, 0.98].map((chance): [string, Stream] => [
    `bars of 8, the same again with chance ${chance}`,
    (length, seed) => repetition(chance, length, seed),
  ]),
]
const seeds = 6
console.log(
  '| stream | order | evolution | vitality, 300 symbols | vitality, 1000 symbols |\n| --- | --- | --- | --- | --- |',
)
for (const [name, make] of streams) {
  const readings = [300, 1000].map((length) =>
    Array.from({ length: seeds }, (_, seed) => measureVitality(make(length, `figures ${seed}`))),
  )
  const mean = (at: number, field: 'order' | 'evolution' | 'vitality') =>
    ((readings[at] ?? []).reduce((sum, reading) => sum + (reading[field] ?? 0), 0) / seeds).toFixed(2)
  console.log(
    `| ${name} | ${mean(1, 'order')} | ${mean(1, 'evolution')} | ${mean(0, 'vitality')} | ${mean(1, 'vitality')} |`,
  )
}
