// The transform alone, for whoever wants a plain spectrum: the host fills real and imaginary parts and reads them back.
import { Arena, claim, createArena, releaseArena } from './arena'
import { Fft, createFft, transform } from './fft'

@unmanaged
class Fourier {
  arena: Arena
  fft: Fft
}

/** Room for transforms of `points` complex values, a power of two from 16 to 65536; 0 otherwise. */
export function createFourier(points: i32): usize {
  if (points < 16 || points > 65536 || (points & (points - 1)) != 0) return 0
  const arena = createArena()
  const fourier = changetype<Fourier>(claim(arena, offsetof<Fourier>()))
  fourier.arena = arena
  fourier.fft = createFft(arena, points)
  return changetype<usize>(fourier)
}

export function disposeFourier(pointer: usize): void {
  releaseArena(changetype<Fourier>(pointer).arena)
}

/** f32 each; ask again after every transform, the arrays trade places. */
export function fourierRe(pointer: usize): usize {
  return changetype<Fourier>(pointer).fft.re
}

export function fourierIm(pointer: usize): usize {
  return changetype<Fourier>(pointer).fft.im
}

export function transformFourier(pointer: usize): void {
  transform(changetype<Fourier>(pointer).fft)
}
