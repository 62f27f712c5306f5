// The order of test files: those that take long come first, so that no worker is left with one at the end. Vitest sorts by durations
// that it remembers, and on a fresh clone it remembers none.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files of more than some seconds, the longest first; those that listen to a browser alternate with those that compute, so that of two
 * workers no two hold a browser for long. First those that compute, while the tests in the browser run beside them.
 */
const long = [
  // Each in a worker of its own: first, since one in the middle ends a worker that has read all modules.
  'second-ear/memory',
  'second-ear/loading',
  'test/readme',
  'node/run',
  'browser-e2e/doubt',
  'node/judge/demonstration',
  'browser-e2e/page',
  'test/pipeline',
  'browser-e2e/loss',
  'node/conditions',
  'browser-e2e/recovery',
  'judging/simulate',
  'browser-e2e/on-stage',
  'node/judge/blindness',
  'browser-e2e/views',
  'node/gauntlet/gauntlet',
  'browser-e2e/patience',
  'node/chance',
  'node/judge/votes-database',
  'browser-e2e/address',
  'heard-drums',
  'browser-e2e/judge',
  'node/command',
  'browser-e2e/room',
  'node/second-ear/',
  'browser-e2e/runs',
  'node/models/',
  'browser-e2e/',
  'hear/',
  'node/bench',
  'party/play',
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
