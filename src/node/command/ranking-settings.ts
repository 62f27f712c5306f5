// Settings of the ranking composite from a file: `--settings` of score and gauntlet.
import { readFileSync } from 'node:fs'
import { explain, InputError, type RankingSettings, rankingSettingsSchema } from '../../record/index.ts'

export const settingsOption =
  "settings of the ranking composite as JSON, such as listeners' votes give (default: its weights are equal, not learned)"

/** Throws InputError. */
export function readRankingSettings(file: string): RankingSettings {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new InputError('settings', `${file}: expected ranking settings as JSON, got ${(error as Error).message}.`)
  }
  const parsed = rankingSettingsSchema.safeParse(value)
  if (!parsed.success) throw new InputError('settings', `${file}: ${explain(parsed.error)}. Compare docs/gauntlet.md.`)
  return parsed.data
}
