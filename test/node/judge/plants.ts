// Leaks planted in a session or in its answers, each with what an inspector finds it by.
import { utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { JudgingKey, Trial } from '../../../src/record/index.ts'
import type { Finding } from './inspector.ts'
import { clipBytes } from './small-session.ts'

export interface Plant {
  /** Changes the session before it is served. */
  readonly session?: (key: JudgingKey, folder: string) => JudgingKey
  /** Changes an answer on its way. */
  readonly answer?: (answer: Response, clip: number, key: JudgingKey) => Response | Promise<Response>
}

const isSpoilt = (clip: number, { clips }: JudgingKey) => clips[clip]?.anchor != null
const mapTrials = (key: JudgingKey, change: (trial: Trial, place: number, judge: number) => Trial): JudgingKey => ({
  ...key,
  judges: key.judges.map((judge, j) => ({ ...judge, trials: judge.trials.map((trial, k) => change(trial, k, j)) })),
})
const turned = (trial: Trial): Trial => ({ ...trial, a: trial.b, b: trial.a })

/** What stands at checks' places stays there. */
function repeatLast(trials: readonly Trial[]): Trial[] {
  const moved = (['main', 'repeat'] as const).flatMap((kind) => trials.filter((trial) => trial.kind === kind))
  return trials.map((trial) => (trial.kind === 'main' || trial.kind === 'repeat' ? (moved.shift() as Trial) : trial))
}

export const plants: readonly (readonly [string, Plant, Pick<Finding, 'what' | 'by'>])[] = [
  [
    'names sorted by condition',
    {
      session: (key) =>
        mapTrials(key, (trial) => {
          const [low, high] = [trial.names.a, trial.names.b].sort() as [string, string]
          return { ...trial, names: trial.a < trial.b ? { a: low, b: high } : { a: high, b: low } }
        }),
    },
    { what: 'which side is of which run', by: 'name, first digits' },
  ],
  [
    'a name that begins with the number of the run',
    {
      session: (key) =>
        mapTrials(key, (trial) => ({
          ...trial,
          names: { a: `${trial.a}${trial.names.a.slice(1)}`, b: `${trial.b}${trial.names.b.slice(1)}` },
        })),
    },
    { what: 'which run a sound is of', by: 'name, learned' },
  ],
  [
    'the spoilt one always on side b',
    { session: (key) => mapTrials(key, (trial) => (isSpoilt(trial.a, key) ? turned(trial) : trial)) },
    { what: 'which side is spoilt', by: 'side' },
  ],
  [
    'sides of anchors that follow the number of the judge',
    {
      session: (key) =>
        mapTrials(key, (trial, _, judge) =>
          (isSpoilt(trial.a, key) && judge % 2 === 0) || (isSpoilt(trial.b, key) && judge % 2 === 1)
            ? turned(trial)
            : trial,
        ),
    },
    { what: 'which side is spoilt', by: 'side, by the number of the judge' },
  ],
  [
    'X always A',
    {
      session: (key) =>
        mapTrials(key, (trial) => (trial.x?.is === 'b' ? turned({ ...trial, x: { ...trial.x, is: 'a' } }) : trial)),
    },
    { what: 'which side is X', by: 'side' },
  ],
  [
    'anchors first among the trials',
    {
      session: (key) => ({
        ...key,
        judges: key.judges.map((judge) => {
          const training = judge.trials.filter(({ kind }) => kind === 'training')
          const anchors = judge.trials.filter(({ kind }) => kind === 'anchor')
          const others = judge.trials.filter(({ kind }) => kind !== 'anchor' && kind !== 'training')
          return { ...judge, trials: [...training, ...anchors, ...others] }
        }),
      }),
    },
    { what: 'which trial is of kind anchor', by: 'place, learned' },
  ],
  [
    'repeats after all pairs',
    {
      session: (key) => ({
        ...key,
        judges: key.judges.map((own) => ({ ...own, trials: repeatLast(own.trials) })),
      }),
    },
    { what: 'which trial is of kind repeat', by: 'place, learned' },
  ],
  [
    'spoilt files a little larger',
    {
      session: (key, folder) => {
        for (const { anchor, name } of key.clips)
          if (anchor !== null) writeFileSync(path.join(folder, 'clips', `${name}.wav`), Buffer.alloc(clipBytes + 2))
        return key
      },
    },
    { what: 'which side is spoilt', by: 'size' },
  ],
  [
    'a time of the file in the answer',
    {
      session: (key, folder) => {
        for (const [k, { name }] of key.clips.entries())
          utimesSync(path.join(folder, 'clips', `${name}.wav`), 1e9 + k, 1e9 + k)
        return key
      },
      answer(answer, clip) {
        const headers = new Headers(answer.headers)
        headers.set('last-modified', new Date(1e12 + clip * 1000).toUTCString())
        return new Response(answer.body, { status: answer.status, headers })
      },
    },
    { what: 'which trial is of kind same', by: 'two that look alike' },
  ],
  [
    'a clip that has the same bytes wherever it comes',
    {
      answer: (answer, clip) => new Response(Buffer.alloc(clipBytes, clip), { headers: new Headers(answer.headers) }),
    },
    { what: 'which side is spoilt', by: 'how often the same bytes come' },
  ],
  [
    'a spoilt sound that comes later',
    {
      async answer(answer, clip, key) {
        if (isSpoilt(clip, key)) await new Promise((resolve) => setTimeout(resolve, 5))
        return answer
      },
    },
    { what: 'which side is spoilt', by: 'which came first' },
  ],
]
