export { type JudgedRun, openJudgedRun } from './clips/run.ts'
export { findOtherRun } from './clips/same-run.ts'
export { describeResults, exportResults, type ResultFile, resultFiles } from './export.ts'
export { machineFileName, machinesFolder, readMachines } from './machines.ts'
export { makeSession, type SessionWish } from './make.ts'
export { resultsOf, type SessionResults } from './results.ts'
export { readPublicName } from './server/public-names.ts'
export { type JudgingServer, type ServeSettings, serveJudging, usualJudgingPort } from './server/serve.ts'
export {
  checkClips,
  clipsFolder,
  linksName,
  type OpenedSession,
  openLinks,
  openSession,
  sessionName,
} from './session-files.ts'
export { readStore, whereVotesAre } from './votes/store.ts'
export { takeStatements } from './votes/take.ts'
export { checkDatabaseUrl } from './votes/votes-database.ts'
export { comparisonsOf, type SessionVotes } from './votes/votes-of.ts'
