// A bench's figures as lines for a person.
import type { AgentsBench } from './agents.ts'
import type { CouplingBench } from './coupling.ts'
import type { HonestyBench } from './honesty.ts'
import { describeJudging, type JudgingBench } from './judging.ts'
import type { KernelBench } from './kernel.ts'
import type { LanguageModelBench } from './language-model.ts'
import type { LengthBench } from './length.ts'
import type { ListenersBench } from './listeners.ts'
import type { ListeningBench } from './listening.ts'
import type { NullBench } from './null.ts'
import type { PageBench } from './page.ts'
import type { PartyBench } from './party.ts'
import type { RhythmBench } from './rhythm.ts'
import type { TapBench } from './tap.ts'
import type { WorkletBench } from './worklet.ts'
import type { WorldBench } from './world.ts'

export interface BenchFigures {
  kernel?: KernelBench
  agents?: readonly AgentsBench[]
  length?: readonly LengthBench[]
  world?: WorldBench
  party?: PartyBench
  coupling?: readonly CouplingBench[]
  null?: NullBench
  rhythm?: RhythmBench
  honesty?: HonestyBench
  judging?: JudgingBench
  languageModel?: LanguageModelBench
  tap?: TapBench
  worklet?: WorkletBench
  listeners?: ListenersBench
  page?: PageBench
  listening?: ListeningBench
}

export function describeBench({
  kernel,
  agents,
  length,
  world,
  party,
  coupling,
  languageModel,
  tap,
  worklet,
  listeners,
  page,
  listening,
  honesty,
  judging,
  rhythm,
  null: twins,
}: BenchFigures): string {
  const lines = [
    ...(kernel === undefined ? [] : describeKernel(kernel)),
    ...(agents === undefined ? [] : describeAgents(agents)),
    ...(length === undefined ? [] : describeLength(length)),
    ...(world === undefined ? [] : describeWorld(world)),
    ...(party === undefined ? [] : describeParty(party)),
    ...(twins === undefined ? [] : describeNull(twins)),
    ...(rhythm === undefined ? [] : describeRhythm(rhythm)),
    ...(honesty === undefined ? [] : describeHonesty(honesty)),
    ...(judging === undefined ? [] : describeJudging(judging)),
    ...(languageModel === undefined ? [] : describeLanguageModel(languageModel)),
    ...(coupling === undefined ? [] : describeCoupling(coupling)),
    ...(tap === undefined ? [] : describeTap(tap)),
    ...(worklet === undefined ? [] : describeWorklet(worklet)),
    ...(listeners === undefined ? [] : describeListeners(listeners)),
    ...(page === undefined ? [] : describePage(page)),
    ...(listening === undefined ? [] : describeListening(listening)),
  ]
  return `${lines.join('\n')}\n`
}

function describeCoupling(rows: readonly CouplingBench[]): string[] {
  return [
    'coupling: parties of 48 slots found coupled (p <= .05 in a direction)',
    ...rows.map(({ kind, layer, known, coupled, share, rightLeader }) => {
      const leader = rightLeader === null ? '' : `, ${rightLeader} with the right leader`
      return `  ${kind.padEnd(9)} ${layer.padEnd(5)} ${coupled} of ${known} (${(100 * share).toFixed(1)} %)${leader}`
    }),
  ]
}

function describeKernel({ seconds, frames, peaksPerFrame, stemXRealtime, pairXRealtime }: KernelBench): string[] {
  return [
    `kernel: ${seconds} s in ${frames} frames of 2048 samples, ${peaksPerFrame.toFixed(1)} partials each`,
    `  a stem with roughness and chroma ${times(stemXRealtime)} real time, a pair with roughness between ${times(pairXRealtime)}`,
  ]
}

const times = (x: number | null) => (x === null ? 'too short to tell' : `${Math.round(x)} times`)
const microseconds = (seconds: number) => `${(1e6 * seconds).toFixed(2)} us`
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`

function describeAgents(rows: readonly AgentsBench[]): string[] {
  return [
    'agents: the whole analysis of all stems together; CPU per second of sound',
    ...rows.map(({ agents, pairs, seconds, spectrumCpuSeconds, pairCpuSeconds, xRealtime, peakRssBytes }) => {
      const perAgent = microseconds(spectrumCpuSeconds / agents / seconds)
      const perPair = microseconds(pairCpuSeconds / pairs / seconds)
      return `  ${String(agents).padStart(2)}: ${perAgent} an agent, ${perPair} a pair, ${times(xRealtime)} real time, ${megabytes(peakRssBytes)}`
    }),
  ]
}

function describeLength(rows: readonly LengthBench[]): string[] {
  return [
    'length: a pair streamed through the whole analysis',
    ...rows.map(
      ({ seconds, cpuPerAudioSecond, peakRssBytes }) =>
        `  ${String(seconds).padStart(5)} s: ${microseconds(cpuPerAudioSecond)} a second of sound (${Math.round(1 / cpuPerAudioSecond)} times real time), ${megabytes(peakRssBytes)}`,
    ),
  ]
}

function describeWorld({ policies, seeds, slots, slotsPerSecond, robust }: WorldBench): string[] {
  const rows = policies.map(
    ({ pair, crowd, minCrowd, fairness }) =>
      `  ${pair.padEnd(10)} ${crowd.toFixed(3)}   lowest party ${minCrowd.toFixed(3)}   fairness ${fairness.toFixed(3)}`,
  )
  return [
    `world: mean crowd energy over ${seeds} seeds x ${slots} slots`,
    ...rows,
    `  ${slotsPerSecond} slots a second`,
    ...(robust === undefined ? [] : [`  the order held in ${robust.held} of ${robust.draws} draws of all constants`]),
  ]
}

function describeParty(party: PartyBench): string[] {
  const minutes = (party.musicSeconds / 60).toFixed(1)
  return [
    `party: ${party.slots} slots, ${minutes} minutes of music, ${party.stems} stems`,
    `  rendered in ${party.renderCpuSeconds.toFixed(1)} s, scored in ${party.scoreCpuSeconds.toFixed(1)} s of CPU`,
    `  peak memory ${Math.round(party.peakRssBytes / 1e6)} MB`,
  ]
}

function describeRhythm({ long, short, yardstickCpuSeconds }: RhythmBench): string[] {
  const milliseconds = (seconds: number) => `${(1e3 * seconds).toFixed(2)} ms`
  const { events, interlockCpuSeconds, couplingCpuSeconds, allCpuSeconds } = short
  return [
    `rhythm: all measures of two streams; ten million sines take ${yardstickCpuSeconds.toFixed(2)} s`,
    ...long.map(({ events: count, cpuSeconds }) => `  ${count} onsets: ${cpuSeconds.toFixed(2)} s`),
    `  a pair of 30 s (${events} onsets): interlock ${milliseconds(interlockCpuSeconds)}, coupling ${milliseconds(couplingCpuSeconds)}, all ${milliseconds(allCpuSeconds)}`,
  ]
}

function describeHonesty({ runs, draws, lifeDraws, texts, smallest, adjusted }: HonestyBench): string[] {
  return [
    `honesty: ${runs} runs of text without sense, each beside ${draws} pairs of strangers (vitality: ${lifeDraws} twins); is p uniform?`,
    ...texts.flatMap(({ text, measures }) => [
      `  ${text}`,
      ...measures.map(
        ({ path, distance, p, below05 }) =>
          `    ${path.padEnd(38)} KS ${distance.toFixed(3)}, p ${p.toFixed(3)}; p <= .05 in ${(100 * below05).toFixed(1)} %`,
      ),
    ]),
    `  smallest p ${smallest.toFixed(4)}, ${adjusted.toFixed(3)} among so many`,
  ]
}

function describeNull(bench: NullBench): string[] {
  const { musicSeconds, twins, cpuSeconds, lifeTwins, lifeCpuSeconds, otherRuns, playCpuSeconds, xRealtime } = bench
  return [
    `null: ${twins} pairs of strangers of ${(musicSeconds / 60).toFixed(1)} minutes and ${lifeTwins} twins of each vitality in ${cpuSeconds.toFixed(1)} s of CPU`,
    `  ${lifeCpuSeconds.toFixed(1)} s of it for vitality; ${Math.round(xRealtime)} times real time`,
    `  ${otherRuns} other runs played to their notes in ${playCpuSeconds.toFixed(1)} s before`,
  ]
}

function describeLanguageModel(model: LanguageModelBench): string[] {
  const milliseconds = (seconds: number) => `${Math.round(1000 * seconds)} ms`
  return [
    `language model: ${model.bytes} bytes, n-grams of 1 to ${model.ngrams.length} tokens: ${model.ngrams.join(', ')}`,
    `  loaded in ${milliseconds(model.firstLoadSeconds)} at first, ${milliseconds(model.loadSeconds)} at best; sums to 1 within ${model.sumError.toExponential(0)}`,
    ...model.speeds.map(
      ({ voice, temperature, tokensPerSecond }) =>
        `  ${voice}, temperature ${temperature}: ${tokensPerSecond} tokens a second, each with its exact probability`,
    ),
  ]
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

function describeWorklet(load: WorkletBench): string[] {
  const transforms = (points: number) => (points / 2048).toFixed(2)
  return [
    `worklet: ${load.agents} agents in ${load.browser}; shares of a quantum of 128 samples at 48 kHz`,
    `  counted: ${transforms(load.meanPoints)} transforms of 2048 points a quantum, at most ${transforms(load.mostPoints)}, each ${percent(load.transformShare)}`,
    `  timed on a page, ${load.quanta} quanta: mean ${percent(load.meanShare)}, most ${percent(load.mostShare)} (each at its best), worst reading ${percent(load.worstShare)}`,
    `  OfflineAudioContext, ${load.offlineSeconds} s: wall time ${percent(load.offlineShare)} of the sound's, ${load.offlineFrames} frames heard`,
  ]
}

function describeTap({ firstByte, identical, together, aborts, key }: TapBench): string[] {
  const milliseconds = (value: number) => `${value.toFixed(2)} ms`
  return [
    `tap: ${identical.same} of ${identical.streams} answers the same bytes (${identical.bytes} in all)`,
    `  first byte of ${firstByte.pairs} pairs, one at a time: ${milliseconds(firstByte.direct)} directly, ${milliseconds(firstByte.tapped)} tapped; added ${milliseconds(firstByte.added)} at the median, ${milliseconds(firstByte.added95)} at the 95th percentile`,
    `  ${together.streams} at once: ${together.same} the same bytes; ${together.tappedSeconds.toFixed(2)} s, directly ${together.directSeconds.toFixed(2)} s; first byte ${milliseconds(together.tappedFirst)}, directly ${milliseconds(together.directFirst)}`,
    `  ${aborts.seen} of ${aborts.left} clients that left were seen to leave by the upstream`,
    `  the key stands in ${key.found} of ${key.files} files (${megabytes(key.bytes)})`,
  ]
}

function describeListeners({ listeners, seconds, quiet, live }: ListenersBench): string[] {
  const share = (of: number) => `${(100 * of).toFixed(1)} % of one core`
  return [
    `listeners: ${listeners} on one server, ${seconds} s each`,
    `  nothing written: ${share(quiet.coreShare)}`,
    `  ${live.linesPerSecond} lines a second: ${share(live.coreShare)}; of ${live.lines} lines, all listeners together: ${live.lost} lost, ${live.doubled} doubled`,
  ]
}

function describePage({ agents, tokens, browser, recordBytes, ...page }: PageBench): string[] {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  const { median, p95, longest, seconds } = page.frames
  return [
    `page: ${agents} agents, ${tokens} tokens (${megabytes(recordBytes)}) in ${browser}`,
    `  ready after ${page.readySeconds.toFixed(1)} s, every line there after ${page.wholeSeconds.toFixed(1)} s`,
    `  main thread: ${page.mainThread.whole.toFixed(1)} CPU s until every line is there, then ${(100 * page.mainThread.perSecond).toFixed(0)} % of one core while it sounds`,
    `  heap ${megabytes(page.heapBytes.whole)} when every line is there, ${megabytes(page.heapBytes.played)} after ${seconds} s of playing`,
    `  frames while it sounds: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, longest ${longest.toFixed(0)} ms; waited for a slot ${page.waits} times`,
  ]
}

function describeListening({ browser, slots, sounding, walk, ...start }: ListeningBench): string[] {
  const { frames, underruns, underrunMilliseconds, playedSeconds, moved, seconds, mainThread } = sounding
  const megabytes = walk.heapBytes.map((bytes) => (bytes / 1e6).toFixed(2)).join(', ')
  const resident = walk.residentBytes.map((bytes) => (bytes / 1e6).toFixed(0)).join(', ')
  return [
    `listening: a party of ${slots} slots in ${browser}`,
    `  painted after ${start.paintMilliseconds.toFixed(0)} ms, sounds ${start.soundMilliseconds.toFixed(0)} ms after the start button`,
    `  ${seconds} s sounding: frames ${frames.median.toFixed(1)} ms (median), ${frames.p95.toFixed(1)} (95 %), ${frames.longest.toFixed(0)} (longest); layout moved ${moved.toFixed(5)}`,
    `  main thread: ${(100 * mainThread.cpuSeconds).toFixed(1)} % of one core, ${mainThread.styles.toFixed(0)} looks at all styles a second`,
    `  underruns in ${playedSeconds.toFixed(0)} s of sound: ${underruns}, ${underrunMilliseconds.toFixed(0)} ms missing`,
    `  ${(walk.seconds / 60).toFixed(0)} min of the run walked through in ${walk.tookSeconds.toFixed(0)} s: heap after each round ${megabytes} MB`,
    ...(resident === '' ? [] : [`  memory of the page's processes then, workers and audio among it: ${resident} MB`]),
  ]
}
