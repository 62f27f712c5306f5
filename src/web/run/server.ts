// What the page asks of its own server, each answer checked at the door. Paths are relative, so the page may live under any prefix.
import { z } from 'zod'
import { InputError, type Library, librarySchema, type Scores, scoresSchema } from '../../record/index.ts'
import { type ChanceState, chanceStateSchema } from './chance.ts'

const runSchema = z.object({
  id: z.string().min(1),
  /** Who plays what. */
  title: z.string(),
  /** Being written now. */
  live: z.boolean(),
  /** Its record has an end line. */
  finished: z.boolean(),
  /** Paths inside the run that can be downloaded. */
  files: z.array(z.string()),
})
export type RunEntry = z.infer<typeof runSchema>
const runsSchema = z.array(runSchema)

/** A server that takes longer does not answer. */
const patienceMilliseconds = { usual: 60_000, look: 10_000 }

/** So many runs, newest first, the one still playing before all. Throws InputError. */
export async function fetchRuns(most: number): Promise<RunEntry[]> {
  return fetchChecked(`api/runs?most=${most}`, runsSchema, 'the list of runs')
}

/** null when there is no such run. Throws InputError. */
export async function fetchRun(run: string): Promise<RunEntry | null> {
  const answer = await ask(`api/runs/${encodeURIComponent(run)}`, patienceMilliseconds.look)
  return answer.ok ? check(runSchema, await readJson(answer), 'the run') : null
}

/** null while the run plays. Throws InputError. */
export async function fetchScores(run: string): Promise<Scores | null> {
  const answer = await ask(`api/runs/${encodeURIComponent(run)}/scores`)
  if (answer.status === 404) return null
  return check(scoresSchema, await readJson(answer), 'the scores')
}

/** Whether chance is measured in the sound of a run; the server begins with it when it is asked first. Throws InputError. */
export async function fetchChance(run: string): Promise<ChanceState> {
  return (await fetchChecked(`api/runs/${encodeURIComponent(run)}/chance`, chanceStateSchema, 'the state of chance'))
    .state
}

/** Every track that decks may play. Throws InputError. */
export async function fetchLibrary(): Promise<Library> {
  return fetchChecked('api/library', librarySchema, 'the library of tracks')
}

/** kernel.wasm, the very bytes that Node used. Throws InputError. */
export async function fetchKernel(): Promise<Uint8Array<ArrayBuffer>> {
  return fetchBytes('kernel.wasm')
}

/** A file's bytes. Throws InputError. */
export async function fetchBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetchGood(path)).arrayBuffer())
}

/** JSON of the server that fits a schema; `what` names it in messages. Throws InputError. */
export async function fetchChecked<Shape>(path: string, schema: z.ZodType<Shape>, what: string): Promise<Shape> {
  return check(schema, await readJson(await fetchGood(path)), what)
}

/** Whatever the server answers. Throws InputError when nobody does. */
async function ask(path: string, patience = patienceMilliseconds.usual): Promise<Response> {
  try {
    return await fetch(new URL(path, document.baseURI), { signal: AbortSignal.timeout(patience) })
  } catch {
    throw new InputError('server', 'The server does not answer. Is hocket still running?')
  }
}

async function fetchGood(path: string): Promise<Response> {
  const answer = await ask(path)
  if (!answer.ok)
    throw new InputError('server', `${path}: expected an answer, got status ${answer.status}. Is hocket still running?`)
  return answer
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    throw new InputError('server', `${answer.url}: expected JSON, got something else.`)
  }
}

function check<Shape>(schema: z.ZodType<Shape>, body: unknown, what: string): Shape {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new InputError('server', `${what}: ${parsed.error.issues[0]?.message ?? 'not valid'}. Reload the page.`)
}
