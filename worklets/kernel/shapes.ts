// Small things that voices, decks and sections share: a ramp without corners, scaling, and the bend that keeps a stem below its ceiling.

/** x^2 (3 - 2 x) of at / length, kept in 0..1. */
export function smooth(at: i32, length: i32): f64 {
  if (at >= length) return 1
  const x: f64 = <f64>at / <f64>length
  return x * x * (3.0 - 2.0 * x)
}

/** into[i] += source[i] * gain. */
export function addScaled(into: usize, source: usize, n: i32, gain: f32): void {
  const gains = f32x4.splat(gain)
  let i: usize = 0
  for (const end = <usize>(n & ~3) << 2; i < end; i += 16) {
    v128.store(into + i, f32x4.add(v128.load(into + i), f32x4.mul(v128.load(source + i), gains)))
  }
  for (const end = <usize>n << 2; i < end; i += 4) {
    store<f32>(into + i, load<f32>(into + i) + load<f32>(source + i) * gain)
  }
}

/** out[i] = from[i] * gain. */
export function scale(from: usize, out: usize, n: i32, gain: f32): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2
    store<f32>(out + at, load<f32>(from + at) * gain)
  }
}

/** Leaves |x| <= knee as it is and bends what is above smoothly towards the ceiling. */
export function bend(out: usize, n: i32, knee: f32, ceiling: f32): void {
  const room: f32 = ceiling - knee
  for (let i = 0; i < n; i++) {
    const at = out + (<usize>i << 2)
    const x = load<f32>(at)
    const over = abs(x) - knee
    if (over > 0) store<f32>(at, copysign<f32>(knee + (over * room) / (over + room), x))
  }
}
