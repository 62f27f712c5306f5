export { detectFormat, readTranscript } from './read.ts'
export type { HeardToken, Transcript, TranscriptFormat, TranscriptTurn } from './transcript.ts'
export { type ImportSettings, transcriptToRecord } from './transcript-to-record.ts'
