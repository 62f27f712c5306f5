// The reference surprise meter over the installed model: text piece by piece, as a server's tokens come, to bits.
import { createSurpriseMeter, roundBits } from '../../djs/embedded/index.ts'
import { embeddedModel } from './embedded-model.ts'
import { encodeText } from './tokens.ts'

/** Reads one turn. Each piece costs the bits of its own tokens, in whole 64ths. */
export function openMeter(): (text: string) => number {
  const meter = createSurpriseMeter(embeddedModel().base)
  return (text) => roundBits(encodeText(text).reduce((sum, id) => sum + meter(id), 0))
}
