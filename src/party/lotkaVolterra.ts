// The teaching scenario: two kinds on one floor after Lotka (1920) and Volterra (1926), classical fourth-order Runge-Kutta.
//   x' = x (growth - eaten y)      y' = y (fed x - death)
// The invariant V = fed x - death ln x + eaten y - growth ln y never changes; explicit Euler lets it run away, Runge-Kutta at `stepTime` 0.01
// holds it to 1e-6 and better over a hundred rounds.
import { InputError } from '../record/index.ts'

export interface LotkaVolterra {
  readonly growth: number
  readonly eaten: number
  readonly fed: number
  readonly death: number
}

/** Prey (x: appetite, say) and predator (y: dancing, say); both above 0. */
export interface Populations {
  readonly x: number
  readonly y: number
}

/** The path from `start`, first point included: steps + 1 points. Throws InputError for numbers that are not above 0. */
export function runLotkaVolterra(
  rates: LotkaVolterra,
  start: Populations,
  time: { readonly steps: number; readonly stepTime: number },
): Populations[] {
  for (const [name, value] of Object.entries({ ...rates, ...start, stepTime: time.stepTime }))
    if (!(value > 0 && Number.isFinite(value)))
      throw new InputError('bad-rate', `lotkaVolterra ${name}: expected a number above 0, got ${value}.`)
  const path = [start]
  let now = start
  for (let i = 0; i < time.steps; i++) {
    now = stepPopulations(rates, now, time.stepTime)
    path.push(now)
  }
  return path
}

function stepPopulations(rates: LotkaVolterra, at: Populations, h: number): Populations {
  const k1 = slope(rates, at)
  const k2 = slope(rates, move(at, k1, h / 2))
  const k3 = slope(rates, move(at, k2, h / 2))
  const k4 = slope(rates, move(at, k3, h))
  return {
    x: at.x + (h / 6) * (k1.x + 2 * k2.x + 2 * k3.x + k4.x),
    y: at.y + (h / 6) * (k1.y + 2 * k2.y + 2 * k3.y + k4.y),
  }
}

function slope({ growth, eaten, fed, death }: LotkaVolterra, { x, y }: Populations): Populations {
  return { x: x * (growth - eaten * y), y: y * (fed * x - death) }
}

function move(at: Populations, by: Populations, h: number): Populations {
  return { x: at.x + h * by.x, y: at.y + h * by.y }
}

/** V, constant along a true path. */
export function lotkaVolterraInvariant({ growth, eaten, fed, death }: LotkaVolterra, { x, y }: Populations): number {
  return fed * x - death * Math.log(x) + eaten * y - growth * Math.log(y)
}
