// Faults of essentia.js, made readable. Its C++ exceptions arrive as bare numbers: addresses in its memory, where an exception with a text
// lies as (wasm32, libc++): a pointer to its class, then a std::string of 12 bytes. A long string is address, length, and room with the top bit
// set; a short one lies there itself, its length in the last byte.
import { InputError } from '../../record/index.ts'

const longest = 2000
const longFlag = 0x80000000

/** The text of the exception at `address`, one line; null when there is none that could be a text. */
export function readException(heap: Uint8Array, address: number): string | null {
  if (!Number.isInteger(address) || address <= 0 || address + 16 > heap.length) return null
  const view = new DataView(heap.buffer, heap.byteOffset + address, 16)
  const isLong = view.getUint32(12, true) >= longFlag
  const from = isLong ? view.getUint32(4, true) : address + 4
  const length = isLong ? view.getUint32(8, true) : view.getUint8(15)
  if (length === 0 || length > (isLong ? longest : 11) || from + length > heap.length) return null
  const text = new TextDecoder().decode(heap.slice(from, from + length))
  return /^[\t\n\r\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]+$/u.test(text) && !text.includes('\ufffd')
    ? text.replaceAll(/\s+/g, ' ').trim()
    : null
}

/** What the library threw, as a fault of its own that says where it happened. Anything else is a fault of ours and passes as it is. */
export function explainFault(error: unknown, algorithm: string, heap: Uint8Array): unknown {
  const what =
    typeof error === 'number'
      ? (readException(heap, error) ?? `error ${error} without a text`)
      : typeof error === 'string'
        ? error
        : error instanceof WebAssembly.RuntimeError
          ? error.message
          : null
  if (what === null) return error
  return new InputError(
    'second-ear',
    `essentia.js, ${algorithm}: expected a sound it can measure, got "${what}". Leave the second ear out, or give it another sound.`,
  )
}
