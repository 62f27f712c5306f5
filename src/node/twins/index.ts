export { besideRun, drawTwins, passingTwins, type ScoredRun, type TwinChoice, thoroughTwins } from './draw.ts'
export { othersHeard } from './hear-others.ts'
export { drawSeeds, playRecord, playUnheard, seatDj, whyNotPlayed } from './play-others.ts'
export { findSiblings, type Sibling } from './siblings.ts'
