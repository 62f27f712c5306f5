// What a judging server answers. A judge's token opens that judge's own pairs, sounds and statements, and nothing else of the session; what was
// what is told only at the end. The token comes in the header Authorization, never in an address.
//   GET  /                           the judges' page;  /results.html  the organiser's door
//   GET  /api/judging/mine           the judge's own session: pairs under their names, what was said so far
//   GET  /api/judging/sounds/NAME    a sound of the judge's pairs
//   POST /api/judging/statements     one statement; answered when it is on the disk
//   GET  /api/judging/end, /stems/NAME  what is told at the end (reveal.ts)
import path from 'node:path'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { explain, type Judge, type Statement, statementSchema } from '../../../record/index.ts'
import { judgingPageFolder } from '../../installation.ts'
import { listFiles, sendFile } from '../../server/files.ts'
import { clipsFolder } from '../session-files.ts'
import { checkTurn, checkVote } from '../votes/check-vote.ts'
import { readDithered } from './dithered.ts'
import { createDoorkeeper, createGuard, createLimiter, type Doorkeeper, type Refusal, refuse } from './gate.ts'
import { addResults } from './results-routes.ts'
import { sendEnd, sendStem } from './reveal.ts'
import type { JudgingAppSettings } from './settings.ts'

/** A vote with twenty notes of 500 characters each, and room. */
const mostBodyBytes = 64 * 1024
/** Far above what a person can vote; a script that fills the disk is stopped. */
const statementsPerTrial = 20

const idSchema = z.object({ id: z.string().max(64) })

export function createJudgingApp(settings: JudgingAppSettings): Hono {
  const { opened, names, log, now, page = judgingPageFolder } = settings
  const app = new Hono()
  const door = createDoorkeeper(opened.key, now)
  app.use(createGuard(names, log))
  app.onError((error, context) => {
    log(`fault: ${error instanceof Error ? error.message : String(error)}`)
    return context.json({ error: 'The server could not answer. Nothing is lost; try again.' }, 500)
  })
  addJudges(app, settings, door)
  addResults(app, { ...settings, door })
  app.get('*', (context) => {
    const wanted = context.req.path.slice(1)
    const file = listFiles(page).get(wanted === '' ? 'index.html' : wanted)
    return file === undefined ? context.json({ error: 'There is nothing here.' }, 404) : sendFile(file, undefined)
  })
  return app
}

/** Everything that a judge's token opens. */
function addJudges(app: Hono, settings: JudgingAppSettings, door: Doorkeeper): void {
  const { votes, log, now } = settings
  const limiter = createLimiter({ burst: 120, perSecond: 10 })
  type Answer = (context: Context, settings: JudgingAppSettings, judge: Judge) => Response | Promise<Response>
  const asJudge = (answer: Answer) => (context: Context) => {
    const judge = door.judgeOf(context)
    if ('status' in judge) return refuse(context, log, judge)
    if (!limiter.take(judge.judge, now()))
      return refuse(context, log, { status: 429, error: 'Too many requests at once. Wait a moment.' })
    return answer(context, settings, judge)
  }
  const sendOwn: Answer = async (context, _, judge) => {
    await votes.refresh()
    return context.json(describeOwn(settings, judge))
  }
  const error = `A statement has ${mostBodyBytes} bytes at most.`
  const onError = (context: Context) => refuse(context, log, { status: 413, error, refused: 'too-large' })
  app.get('/api/judging/mine', asJudge(sendOwn))
  app.get('/api/judging/sounds/:name', asJudge(sendSound))
  app.get('/api/judging/end', asJudge(sendEnd))
  app.get('/api/judging/stems/:name', asJudge(sendStem))
  app.post('/api/judging/statements', bodyLimit({ maxSize: mostBodyBytes, onError }), asJudge(takeStatement))
}

/** Nothing in it depends on what a clip was made of, but for which sound it is: not the kinds of pairs, not the seed. */
function describeOwn({ opened, votes }: JudgingAppSettings, judge: Judge) {
  const { id, criteria, clip, rules } = opened.session
  const own = votes.lines().filter((line) => line.judge === judge.judge)
  const revisions: Record<number, number> = {}
  for (const { statement } of own)
    if (statement.kind === 'vote')
      revisions[statement.trial] = Math.max(statement.revision, revisions[statement.trial] ?? 0)
  const said = (kind: Statement['kind']) => own.some(({ statement }) => statement.kind === kind)
  return {
    session: id,
    judge: judge.judge,
    criteria,
    seconds: clip.seconds,
    gridSeconds: clip.gridSeconds,
    soundBytes: clip.bytes,
    rules: { headphonesLeast: rules.headphonesLeast, heardShare: rules.heardShare },
    trials: judge.trials.map(({ kind, round, names, x }) => ({
      training: kind === 'training',
      round,
      ...names,
      ...(x === undefined ? {} : { x: x.name }),
    })),
    said: {
      consent: said('consent'),
      headphones: said('headphones'),
      profile: said('profile'),
      end: said('end'),
      votes: revisions,
    },
  }
}

/** Place in the key's list of clips. */
function placeOfSound({ trials }: Judge, name: string | undefined): number | undefined {
  for (const { names, a, b, x } of trials) {
    if (name === names.a || (x?.is === 'a' && name === x.name)) return a
    if (name === names.b || (x?.is === 'b' && name === x.name)) return b
  }
  return undefined
}

function sendSound(context: Context, { opened, log }: JudgingAppSettings, judge: Judge): Response {
  const name = context.req.param('name')
  const place = placeOfSound(judge, name)
  const clip = place === undefined ? undefined : opened.key.clips[place]
  if (clip === undefined)
    return refuse(context, log, { status: 404, error: 'There is no such sound among your pairs.', refused: 'sound' })
  const file = path.join(opened.folder, clipsFolder, `${clip.name}.wav`)
  const source = { secret: opened.root, name: name ?? '' }
  return sendFile(file, context.req.header('range'), { 'cache-control': 'private, no-store' }, (...part) =>
    readDithered(...part, source),
  )
}

async function takeStatement(context: Context, settings: JudgingAppSettings, judge: Judge): Promise<Response> {
  const { votes, log, now } = settings
  const statement = await readStatement(context, settings, judge)
  if ('status' in statement) return refuse(context, log, statement)
  const own = votes.lines().reduce((count, line) => count + (line.judge === judge.judge ? 1 : 0), 0)
  if (own >= statementsPerTrial * (judge.trials.length + 1))
    return refuse(context, log, { status: 403, error: 'So much was said under this link that no more is taken.' })
  try {
    const early = await findEarly(settings, judge, statement)
    if (early !== null) return refuse(context, log, { status: 409, error: early, refused: statement.id })
    const receipt = await votes.add(judge.judge, statement, now())
    if (receipt.kind === 'refused')
      return refuse(context, log, { status: 409, error: receipt.reason, refused: statement.id })
    // The line's number would tell how much all judges have said.
    return context.json({ hash: receipt.hash }, receipt.kind === 'stored' ? 201 : 200)
  } catch (error) {
    log(`fault: ${error instanceof Error ? error.message : String(error)}`)
    return refuse(context, log, { status: 503, error: 'The vote could not be stored. It was not counted; try again.' })
  }
}

/** Another server may know more: it is asked before anything is refused. */
async function findEarly({ votes }: JudgingAppSettings, judge: Judge, statement: Statement): Promise<string | null> {
  if (checkTurn(statement, judge, votes.lines()) === null) return null
  await votes.refresh()
  return checkTurn(statement, judge, votes.lines())
}

async function readStatement(
  context: Context,
  { opened }: JudgingAppSettings,
  judge: Judge,
): Promise<Statement | Refusal> {
  let value: unknown
  const bad = (error: string, detail?: string): Refusal => {
    const refused = idSchema.safeParse(value).data?.id
    return { status: 400, error, ...(detail && { detail }), ...(refused && { refused }) }
  }
  try {
    value = JSON.parse(await context.req.text())
  } catch {
    return bad('Expected one JSON object.')
  }
  const parsed = statementSchema.safeParse(value)
  if (!parsed.success) return bad('The statement does not have the shape of one.', `${explain(parsed.error)}.`)
  const fault = checkVote(parsed.data, opened.session, judge)
  return fault === null ? parsed.data : bad(fault)
}
