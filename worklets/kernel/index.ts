// kernel.wasm: everything that sounds and everything that hears, the same bytes in Node and in the browser.
// No imports, no host arithmetic: equal input gives equal bits everywhere.
export { allocate, release } from './memory'
