// Surprise for servers that tell none: tokens without a log-probability get that of hocket's own n-gram model, and say so. They are o200k
// tokens already (cutter.ts), as the model wants them. Model and tokeniser are loaded when the first such token comes.
import type { Dj, DjItem } from '../../djs/index.ts'

/** Log-probabilities are whole 64ths of a bit, so that what is recorded is the same on every engine. */
export function withReferenceSurprise(dj: Dj): Dj {
  return async function* (percept): AsyncGenerator<DjItem> {
    const before: string[] = []
    let meter: ((text: string) => number) | null = null
    for await (const item of dj(percept)) {
      if ('usage' in item || (item.logprob !== undefined && meter === null)) {
        if (!('usage' in item)) before.push(item.text)
        yield item
        continue
      }
      meter ??= await openMeterAfter(before)
      const bits = meter(item.text)
      yield item.logprob === undefined ? { ...item, logprob: 0 - bits * Math.LN2, source: 'reference-model' } : item
    }
  }
}

async function openMeterAfter(texts: readonly string[]): Promise<(text: string) => number> {
  const { openMeter } = await import('../embedded/open-meter.ts')
  const meter = openMeter()
  for (const text of texts) meter(text)
  return meter
}
