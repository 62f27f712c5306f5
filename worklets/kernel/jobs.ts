// A frame's work cut into jobs, laid over a hop's slots so that each slot holds about as much: heavy jobs first (a transform), then light ones (half of it).

const heavy: i32 = 2
const light: i32 = 1

/** Number of jobs that begin before slot `slot` of `slots`; the jobs of a slot are those from its own number to the next slot's. */
export function firstJobOf(slot: i32, slots: i32, heavies: i32, lights: i32): i32 {
  const work = heavy * heavies + light * lights
  // At least one heavy job a slot: a frame is ready as soon as may be.
  const perSlot = heavy * ((work + heavy * slots - 1) / (heavy * slots))
  const before = slot * perSlot
  if (before <= heavy * heavies) return (before + heavy - 1) / heavy
  return heavies + min(lights, (before - heavy * heavies + light - 1) / light)
}
