// Machine judges of a session, from their files; laid anew beside what people have said until now.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compareWithPeople, measureCeiling } from '../../judging/index.ts'
import { explain, InputError, type MachineResult, machineResultSchema } from '../../record/index.ts'
import type { SaidSession } from './results.ts'
import { compareClips } from './votes/votes-of.ts'

export const machinesFolder = 'machines'

/** In the order of their files' names. Throws InputError for a file that is none of this session. */
export function readMachines(folder: string, given: SaidSession): MachineResult[] {
  const place = path.join(folder, machinesFolder)
  if (!existsSync(place)) return []
  return readdirSync(place)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const result = parse(path.join(place, name))
      if (result.session !== given.session.id)
        throw new InputError(
          'bad-machine',
          `${path.join(place, name)}: expected a file of this session, got one of another. Move it away.`,
        )
      const { counted, withRepeats } = compareClips(given, result.criterion)
      return {
        ...result,
        agreement: compareWithPeople(result.conduct.pairs, counted),
        ceiling: measureCeiling(withRepeats),
      }
    })
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
