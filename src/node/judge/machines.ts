// Machine judges of a session, from their files; laid anew beside what people have said until now.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compareWithPeople, measureCeiling } from '../../judging/index.ts'
import { explain, InputError, type MachineResult, machineResultSchema } from '../../record/index.ts'
import type { SaidSession } from './results.ts'
import { compareClips } from './votes/votes-of.ts'

export const machinesFolder = 'machines'

/** One machine that was asked one question has one file: asked again, it is written anew. */
export const machineFileName = ({
  kind,
  criterion,
  name,
}: Pick<MachineResult, 'kind' | 'criterion' | 'name'>): string =>
  `${kind}-${criterion}-${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 80)}.json`

/**
 * In the order of their files' names; one machine once for each criterion: of more files that hold it (files of old have no criterion in their
 * names) the one under its present name, and `say` is told of the others. Throws InputError for a file that is none of this session.
 */
export function readMachines(folder: string, given: SaidSession, say: (text: string) => void): MachineResult[] {
  const place = path.join(folder, machinesFolder)
  if (!existsSync(place)) return []
  const found = new Map<string, { readonly file: string; readonly result: MachineResult }>()
  const files = readdirSync(place).filter((name) => name.endsWith('.json'))
  for (const file of files.sort()) {
    const result = parse(path.join(place, file))
    if (result.session !== given.session.id)
      throw new InputError(
        'bad-machine',
        `${path.join(place, file)}: expected a file of this session, got one of another. Move it away.`,
      )
    const machine = JSON.stringify([result.kind, result.criterion, result.name])
    const before = found.get(machine)
    const shown = before === undefined || file === machineFileName(result) ? { file, result } : before
    found.set(machine, shown)
    if (before !== undefined)
      say(
        `${path.join(place, shown === before ? file : before.file)}: left out, since ${shown.file} holds the same machine. Move one away.\n`,
      )
  }
  return [...found.values()].map(({ result }) => layBeside(given, result))
}

function layBeside(given: SaidSession, result: MachineResult): MachineResult {
  const { counted, withRepeats } = compareClips(given, result.criterion)
  return {
    ...result,
    agreement: compareWithPeople(result.conduct.pairs, counted),
    ceiling: measureCeiling(withRepeats),
  }
}

function parse(file: string): MachineResult {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new InputError(
      'bad-machine',
      `${file}: expected JSON, got ${(error as Error).message}. Delete it and ask again.`,
    )
  }
  const parsed = machineResultSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InputError('bad-machine', `${file}: ${explain(parsed.error)}. Delete it and ask again.`)
}
