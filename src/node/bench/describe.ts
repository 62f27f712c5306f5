// A bench's figures as lines for a person.
import type { KernelBench } from './kernel.ts'
import type { PartyBench } from './party.ts'
import type { WorldBench } from './world.ts'

export interface BenchFigures {
  kernel?: KernelBench
  world?: WorldBench
  party?: PartyBench
}

export function describeBench({ kernel, world, party }: BenchFigures): string {
  const lines = [
    ...(kernel === undefined ? [] : describeKernel(kernel)),
    ...(world === undefined ? [] : describeWorld(world)),
    ...(party === undefined ? [] : describeParty(party)),
  ]
  return `${lines.join('\n')}\n`
}

function describeKernel({ seconds, frames, peaksPerFrame, stemXRealtime, pairXRealtime }: KernelBench): string[] {
  return [
    `kernel: ${seconds} s in ${frames} frames of 2048 samples, ${peaksPerFrame.toFixed(1)} partials each`,
    `  a stem with roughness and chroma ${Math.round(stemXRealtime)} times real time, a pair with roughness between ${Math.round(pairXRealtime)} times`,
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
