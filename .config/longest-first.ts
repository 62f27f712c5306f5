// The order of test files: those that take long come first, so that no worker is left with one at the end. Vitest sorts by durations
// that it remembers, and on a fresh clone it remembers none.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files of more than some seconds, the longest first: all that wait for a browser or for sound, then those that play parties. */
const long = [
  // Not long: what it measures of memory needs a worker that ran nothing before.
  'node/second-ear/memory',
  'test/readme',
  'browser-e2e/page',
  'browser-e2e/doubt',
  'browser-e2e/loss',
  'node/run',
  'node/judge/demonstration',
  'browser-e2e/',
  'hear/twins',
  'node/conditions',
  'node/chance',
  'node/command',
  'party/play',
  'node/models/faults',
  'test/pipeline',
  'node/second-ear/',
  'coupling/coupling',
  'web/tape',
  'test/node/',
]

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.includes(name))
  return place === -1 ? long.length : place
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}
