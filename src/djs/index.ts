export {
  type BreakCode,
  BrokenTurn,
  breakCodes,
  brokenTurn,
  type Dj,
  type DjItem,
  type DjToken,
  type DjUsage,
  isBreakCode,
  type Percept,
} from './dj.ts'
export { escapeWords, formatMoves, grammarForms, mostMoves, parseTurn, type Turn, type TurnFault } from './grammar.ts'
export { camelotDistance, type MusicalKey, nameKey, soundingKey, tempoDistance } from './keys.ts'
export { shippedMasks } from './masks.ts'
export {
  type CrateTrack,
  type DeckLevel,
  deckLevels,
  type Episode,
  formatPercept,
  type Knowledge,
  type Moment,
  type OtherDeck,
  type OwnDeck,
  type PartnerTurn,
  parsePercept,
  presentOf,
} from './percept.ts'
export { decide } from './policies.ts'
export { type RecordedDjOptions, recordedDj } from './recorded.ts'
export { createRoleLabeller } from './roles.ts'
export { type ScriptedDjOptions, scriptedDj, scriptedMoves } from './scripted.ts'
export type { Temper } from './situation.ts'
export { escapeText, unescapeText } from './tags.ts'
export {
  bodySayings,
  type FloorKind,
  type FloorWord,
  floorSayings,
  readBody,
  readFloor,
  type StyleName,
  sayBody,
  sayFloor,
  wornSaying,
} from './words.ts'
