// The commands in the order in which help shows them.
import { addAuditMappingCommand } from './audit-mapping.ts'
import { addBenchCommand } from './bench.ts'
import { addCompareEarsCommand } from './compare-ears.ts'
import { addGauntletCommand } from './gauntlet.ts'
import { addJudgeCommand } from './judge.ts'
import { addListenCommand } from './listen.ts'
import { addMeasureCommand } from './measure.ts'
import { addPartyCommand } from './party.ts'
import { addRenderCommand } from './render.ts'
import { addReplayCommand } from './replay.ts'
import { addScoreCommand } from './score.ts'
import { addSonifyCommand } from './sonify.ts'
import { addTapCommand } from './tap.ts'

export const commands = [
  addPartyCommand,
  addScoreCommand,
  addRenderCommand,
  addSonifyCommand,
  addTapCommand,
  addReplayCommand,
  addListenCommand,
  addJudgeCommand,
  addMeasureCommand,
  addCompareEarsCommand,
  addAuditMappingCommand,
  addGauntletCommand,
  addBenchCommand,
]
