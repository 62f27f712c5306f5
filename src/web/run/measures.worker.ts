// Measures beside the page, with the very keeper that `hocket score` uses: slots as they were heard in, series and scores out.
import { createScoreKeeper, type HeardSlot, type ScoreKeeper } from '../../measure/index.ts'
import type { FromMeasures, ToMeasures } from './measures.ts'

let keeper: ScoreKeeper | null = null

addEventListener('message', ({ data }: MessageEvent<ToMeasures>) => {
  if (data.kind === 'begin') {
    keeper = createScoreKeeper(data.session)
    for (const slot of data.unheard) keeper.addSlot(slot)
    if (data.unheard.length > 0) tellSeries(keeper)
  } else if (keeper !== null && data.kind === 'slot') {
    keeper.addSlot(data.heard satisfies HeardSlot)
    tellSeries(keeper)
  } else if (keeper !== null && data.kind === 'finish')
    postMessage({ kind: 'scores', scores: keeper.finish(data.frames) } satisfies FromMeasures)
})

/** The keeper may be asked for its series at any slot's end; it only reads what it kept. */
function tellSeries(of: ScoreKeeper): void {
  postMessage({ kind: 'series', series: of.finish([]).series } satisfies FromMeasures)
}
