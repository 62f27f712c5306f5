// Asks a kind of `hocket measure` without a process of its own.
import { type MeasureKind, type MeasureRun, measureKinds, measureLines } from '../../../src/node/measure/index.ts'
import { freshKernel } from '../../kernel.ts'

/** An answer as it is printed. */
export interface PrintedAnswer {
  readonly id: string | null
  readonly error?: { readonly code: string; readonly message: string }
  readonly undefined?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

export function kindNamed(name: string): MeasureKind {
  const kind = measureKinds.find((known) => known.name === name)
  if (kind === undefined) throw new Error(`no kind "${name}"`)
  return kind
}

const kernel = freshKernel()

/** Feeds bytes in the pieces given; texts become UTF-8. */
export async function askBytes(kind: MeasureKind, pieces: readonly (string | Uint8Array)[]) {
  const answers: PrintedAnswer[] = []
  const faults: unknown[] = []
  async function* bytes() {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
  }
  const count = await measureLines(kind, bytes(), {
    tools: { kernel: () => kernel },
    write: (line) => {
      answers.push(JSON.parse(line))
    },
    onFault: (error) => faults.push(error),
  })
  return { answers, count, faults }
}

/** Feeds lines one by one. */
export function askLines(name: string, lines: readonly string[], run: MeasureRun) {
  async function* bytes() {
    for (const line of lines) yield Buffer.from(line)
  }
  return measureLines(kindNamed(name), bytes(), run)
}

/** One answer for each request; an id is given to those without. */
export async function ask(name: string, requests: readonly object[]): Promise<PrintedAnswer[]> {
  const lines = requests.map((request, i) => `${JSON.stringify({ id: `${i}`, ...request })}\n`)
  const { answers } = await askBytes(kindNamed(name), lines)
  if (answers.length !== requests.length) throw new Error(`${requests.length} requests, ${answers.length} answers`)
  return answers
}

/** One request, one answer. */
export async function askOne(name: string, request: object): Promise<PrintedAnswer> {
  return (await ask(name, [request]))[0] as PrintedAnswer
}
