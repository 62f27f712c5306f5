// Where every number comes from: tokens -> notes -> stems -> features -> measures, slot by slot, through the rooms in order.
// In: a record's lines, slot by slot. Out: sound (mono float samples), features and readings as they come, scores at the end.
import { type Analyser, createAnalyser, type HeardFrame } from './hear/index.ts'
import type { Kernel } from './kernel/index.ts'
import { createScoreKeeper, type ScoreKeeper, type SlotReading, type UnhashedScores } from './measure/index.ts'
import type { DeckSlot, Layer, Library, Note, RecordLine, SessionLine, TokenLine, Track, WorldLine } from './record/index.ts'
import { InputError, sessionOf } from './record/index.ts'
import {
  createDeckRenderer, createSectionRenderer, createVoiceRenderer, type DeckRenderer, deckNotes, type SampleBank, type SectionRenderer, type VoiceRenderer,
} from './render/index.ts'
import { type Lexicon, sonifyTurn } from './sonify/index.ts'
import { type Samples, samplesOfSeconds, type Seconds, secondsOfBeats } from './units.ts'

export const sampleRate = 48_000
const beatsPerSlot = 32
