// What a judge is told at the end: how steady the own answers were, then, by the session's rule, what was what, with the stems of the clips. Until
// then nothing of it is given away, whether a stem is there or not.
//   GET /api/judging/end           once the judge has judged all pairs and stated the end: nothing is taken from then on
//   GET /api/judging/stems/NAME    a stem of a clip that the judge heard, once what was what is told
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { chanceOfAtLeast, countVotes, type JudgeConduct } from '../../../judging/index.ts'
import { type Clip, InputError, type Judge } from '../../../record/index.ts'
import { findOtherRun } from '../clips/same-run.ts'
import { type ClipStem, cutStem, listStems } from '../clips/stems.ts'
import { type Refusal, refuse } from './gate.ts'
import type { JudgingAppSettings } from './settings.ts'

interface Standing {
  readonly conduct: JudgeConduct
  /** Whether what was what may be told. */
  readonly revealed: boolean
}

const tooEarly: Refusal = {
  status: 403,
  error: 'What was what is told when all pairs are judged and the judge has said so.',
  refused: 'end',
}

function standingOf({ opened: { session, key }, votes }: JudgingAppSettings, judge: Judge): Standing | Refusal {
  const { judges } = countVotes(session, key, votes.lines())
  const conduct = judges.find((one) => one.judge === judge.judge)
  const ended = new Set(votes.lines().flatMap((line) => (line.statement.kind === 'end' ? [line.judge] : [])))
  if (conduct === undefined || conduct.voted < conduct.of || !ended.has(judge.judge)) return tooEarly
  // Before version 3 nobody stated the end.
  const through = (one: JudgeConduct) => one.voted >= one.of && (session.version < 3 || ended.has(one.judge))
  const waiting = session.rules.reveal === 'all' && judges.some((one) => one.kind === 'person' && !through(one))
  return { conduct, revealed: !waiting }
}

export async function sendEnd(context: Context, settings: JudgingAppSettings, judge: Judge): Promise<Response> {
  await settings.votes.refresh()
  const standing = standingOf(settings, judge)
  if ('status' in standing) return refuse(context, settings.log, standing)
  const { repeats, same, anchors, firstSide, abx } = standing.conduct
  return context.json({
    own: {
      repeats,
      same,
      anchors,
      firstSide,
      abx: { ...abx, guessed: abx.of === 0 ? null : chanceOfAtLeast(abx.count, abx.of, 0.5) },
    },
    reveal: standing.revealed ? await describeTrials(settings, judge) : null,
  })
}

/** Tells the organiser of each run that another stands in the place of: its clips are told without stems. */
async function describeTrials({ opened: { key, root }, log }: JudgingAppSettings, judge: Judge) {
  const known = new Map<number, object>()
  const describe = async (place: number) => {
    const clip = key.clips[place] as Clip
    const entry = key.entries.find((one) => one.entry === clip.entry)
    const whole = entry === undefined ? '' : `${entry.entry} (${entry.label})`
    const stems = (await listStems(clip)).map((stem) => ({
      name: nameStem(root, judge, clip, stem),
      agent: stem.agent,
      layer: stem.layer,
    }))
    return { what: clip.anchor === null ? whole : `${whole}, spoilt: ${clip.anchor}`, stems }
  }
  for (const place of judge.trials.flatMap(({ a, b }) => [a, b]))
    if (!known.has(place)) known.set(place, await describe(place))
  const faults = await Promise.all([...known.keys()].map((place) => findOtherRun(key.clips[place] as Clip)))
  for (const fault of new Set(faults)) if (fault !== null) log(`${fault}; until then its clips have no stems.`)
  return judge.trials.map(({ kind, a, b, x }) => ({ kind, a: known.get(a), b: known.get(b), x: x?.is ?? null }))
}

/** Of 128 bits, from names that only the key has: the same at every server of a session, and of no use to another judge. */
const nameStem = (root: string, { judge }: Judge, { name }: Clip, { file }: ClipStem) =>
  createHash('sha256')
    .update(JSON.stringify([root, judge, name, file]))
    .digest('hex')
    .slice(0, 32)

export async function sendStem(context: Context, settings: JudgingAppSettings, judge: Judge): Promise<Response> {
  const { log, votes } = settings
  await votes.refresh()
  const standing = standingOf(settings, judge)
  if ('status' in standing) return refuse(context, log, standing)
  if (!standing.revealed) return refuse(context, log, tooEarly)
  const bytes = await findStem(settings, judge, context.req.param('name') ?? '')
  if (bytes === null)
    return refuse(context, log, { status: 404, error: 'There is no such stem among your pairs.', refused: 'stem' })
  return new Response(bytes, { headers: { 'content-type': 'audio/wav', 'cache-control': 'private, no-store' } })
}

async function findStem({ opened }: JudgingAppSettings, judge: Judge, wanted: string) {
  const places = new Set(judge.trials.flatMap(({ a, b }) => [a, b]))
  for (const clip of [...places].map((place) => opened.key.clips[place] as Clip))
    for (const stem of await listStems(clip)) {
      if (nameStem(opened.root, judge, clip, stem) !== wanted) continue
      try {
        return cutStem(stem, clip, opened.session.clip.seconds)
      } catch (error) {
        if (error instanceof InputError) return null
        throw error
      }
    }
  return null
}
