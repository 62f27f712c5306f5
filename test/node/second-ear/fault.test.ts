// C++ exceptions as they lie in WebAssembly memory -> text, and what becomes of faults.
import { expect, test } from 'vitest'
import { explainFault, readException } from '../../../src/node/second-ear/fault.ts'

/** A heap with an exception at 16 whose text is long (elsewhere) or short (in place). */
function heapWith(text: string, place: 'long' | 'short'): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const heap = new Uint8Array(4096)
  const view = new DataView(heap.buffer)
  view.setUint32(16, 26_516, true)
  if (place === 'short') {
    heap.set(bytes, 20)
    heap[31] = bytes.length
  } else {
    heap.set(bytes, 1024)
    view.setUint32(20, 1024, true)
    view.setUint32(24, bytes.length, true)
    view.setUint32(28, 0x80000000 + bytes.length + 1, true)
  }
  return heap
}

test.each([
  ['FFT: Input size cannot be 0', 'long'],
  ['größer als π', 'long'],
  ['no audio', 'short'],
  ['eleven byte', 'short'],
] as const)('%s (%s)', (text, place) => {
  expect(readException(heapWith(text, place), 16)).toBe(text)
})

test('several lines become one', () => {
  expect(readException(heapWith("Value not found: 'd'\nAvailable keys: []", 'long'), 16)).toBe(
    "Value not found: 'd' Available keys: []",
  )
})

test('what is no exception has no text', () => {
  const heap = heapWith('FFT: Input size cannot be 0', 'long')
  for (const address of [0, -1, 1.5, 100, 4090, 1e9, Number.NaN]) expect(readException(heap, address)).toBeNull()
  expect(readException(heapWith('\u0000\u0001', 'short'), 16)).toBeNull()
  const noText = heapWith('x', 'long')
  noText.set([0xff, 0xfe], 1024)
  expect(readException(noText, 16)).toBeNull()
  const endless = heapWith('FFT', 'long')
  new DataView(endless.buffer).setUint32(24, 1e9, true)
  expect(readException(endless, 16)).toBeNull()
})

test('faults of the library are named; faults of ours pass as they are', () => {
  const heap = heapWith('no audio', 'short')
  const messageOf = (error: unknown) => (explainFault(error, 'Spectrum', heap) as Error).message
  expect(messageOf(16)).toMatch(/^essentia\.js, Spectrum: expected .*, got "no audio"\. /)
  expect(messageOf(100)).toMatch(/got "error 100 without a text"/)
  expect(messageOf('Empty vector input')).toMatch(/got "Empty vector input"/)
  expect(messageOf(new WebAssembly.RuntimeError('memory access out of bounds'))).toMatch(/got "memory access/)
  const ours = new TypeError('x is not a function')
  expect(explainFault(ours, 'Spectrum', heap)).toBe(ours)
})
