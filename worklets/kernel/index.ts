// kernel.wasm: everything that sounds and everything that hears, the same bytes in Node and in the browser.
// No imports, no host arithmetic: equal input gives equal bits everywhere.
export { allocate, release } from './memory'
export {
  analyseQuantum,
  analyserBetween,
  analyserFrame,
  analyserHop,
  analyserInput,
  analyserMembers,
  analyserOnsets,
  disposeAnalyser,
  ignoreOnsets,
  takeQuanta,
} from './analysers'
export { createAnalyser } from './ear'
export { transformedPoints } from './fft'
export { createFourier, disposeFourier, fourierIm, fourierRe, transformFourier } from './fourier'
export {
  createMeter,
  disposeMeter,
  meterCells,
  meterInput,
  meterSamples,
  meterTruePeak,
} from './loudness'
export {
  busyVoices,
  createVoices,
  disposeVoices,
  droppedVoices,
  renderVoices,
  scheduleVoice,
} from './voices'
export { createDeck, disposeDeck, renderDeck, scheduleDeck, setDeckGains } from './decks'
export {
  addDip,
  addDucked,
  addOneShot,
  addRoom,
  clearDuck,
  gainTowards,
  layLoop,
  layRound,
  roomLength,
} from './sections'
export {
  createYardstick,
  disposeYardstick,
  yardstickAmplitudes,
  yardstickChroma,
  yardstickHertz,
  yardstickPartials,
  yardstickRoughness,
  yardstickWithin,
} from './yardstick'
export { limitPeaks, weightedLevel } from './levels'
