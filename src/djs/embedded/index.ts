export { decodeNgrams, encodeNgrams, type NgramFile } from './codec.ts'
export { buildLevels, countNgrams, seenTokens } from './count.ts'
export { type Distribution, densitiesOf, densityOf, divergenceBits } from './distribution.ts'
export { createBaseModel, createModel, createPersonaModel, type NgramModel, probabilityOf } from './model.ts'
export { createSampler, likeliest, type Sampler } from './sampling.ts'
export {
  createSurpriseMeter,
  type MeteredToken,
  type PieceSurprise,
  roundBits,
  type SurpriseMeter,
  surpriseOfPieces,
  surpriseOfText,
} from './surprise.ts'
export { endToken, type Level, type Levels, type Ranking, rankTokens, textTokens, vocabularySize } from './tables.ts'
export {
  createVoice,
  createWorkspace,
  overlapPersonas,
  type PersonaShare,
  type SpokenToken,
  type Voice,
  type VoiceOptions,
  type Workspace,
} from './voice.ts'
