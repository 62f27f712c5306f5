// Measures beside the page, with the very keeper that `hocket score` uses: slots as they were heard in, series and scores out.
import { createScoreKeeper, type HeardSlot, type ScoreKeeper } from '../../measure/index.ts'
import type { FromMeasures, ToMeasures } from './measures.ts'

let keeper: ScoreKeeper | null = null
let passage = 0

addEventListener('message', ({ data }: MessageEvent<ToMeasures>) => {
  if (data.kind === 'begin') {
    passage = data.passage
    keeper = createScoreKeeper(data.session)
    for (const slot of data.unheard) keeper.addSlot(slot)
  } else if (keeper !== null && data.kind === 'slot') {
    keeper.addSlot(data.heard satisfies HeardSlot)
    tellSeries(keeper)
  } else if (keeper !== null && data.kind === 'finish')
    postMessage({ kind: 'scores', passage, scores: keeper.finish(data.frames) } satisfies FromMeasures)
})

/** The keeper may be asked for its series at any slot's end; it only reads what it kept. */
function tellSeries(of: ScoreKeeper): void {
  postMessage({ kind: 'series', passage, series: of.finish([]).series } satisfies FromMeasures)
}
