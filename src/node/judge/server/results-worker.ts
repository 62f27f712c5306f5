// The thread on which a judging server's results are worked out: a session and what was said in, its files as text out, all from one computation.
import { parentPort, workerData } from 'node:worker_threads'
import { InputError, type MachineResult } from '../../../record/index.ts'
import { exportResults } from '../export.ts'
import { readMachines } from '../machines.ts'
import { resultsOf } from '../results.ts'
import type { AnsweredApart, AskedApart } from './results-apart.ts'

const asked = workerData as AskedApart
const told: string[] = []
const given = { ...asked, machines: readWhatHolds() }
const results = resultsOf(given)
const answer: AnsweredApart = {
  files: {
    'report.html': exportResults(given, 'report.html', results),
    'results.json': exportResults(given, 'results.json', results),
    'votes.csv': exportResults(given, 'votes.csv', results),
  },
  told,
}
parentPort?.postMessage(answer)

/** A damaged file of a machine must not hide what people said. */
function readWhatHolds(): MachineResult[] {
  try {
    return readMachines(asked.folder, asked, (text) => told.push(text))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    told.push(error.message)
    return []
  }
}
