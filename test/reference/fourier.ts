// Slow, clear twin of worklets/kernel/fft.ts: the transform by its recursive definition (Cooley & Tukey 1965), double precision.
export interface Complex {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** X[k] = sum x[n] e^(-2 pi i k n / N), N a power of two. */
export function fourier({ re, im }: Complex): Complex {
  const size = re.length
  if (size === 1) return { re, im }
  const every = (list: Float64Array, from: number) => list.filter((_, n) => n % 2 === from)
  const even = fourier({ re: every(re, 0), im: every(im, 0) })
  const odd = fourier({ re: every(re, 1), im: every(im, 1) })
  const out = { re: new Float64Array(size), im: new Float64Array(size) }
  for (let k = 0; k < size / 2; k++) {
    const [c, s] = [Math.cos((2 * Math.PI * k) / size), -Math.sin((2 * Math.PI * k) / size)]
    const [or, oi] = [odd.re[k] as number, odd.im[k] as number]
    const [er, ei] = [even.re[k] as number, even.im[k] as number]
    const [tr, ti] = [c * or - s * oi, c * oi + s * or]
    out.re[k] = er + tr
    out.im[k] = ei + ti
    out.re[k + size / 2] = er - tr
    out.im[k + size / 2] = ei - ti
  }
  return out
}
