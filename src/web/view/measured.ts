// The three curves over the whole run, each with what it reads now in words. They are of the run itself, and say so while another sounds.
import { pitchNameOf, type Seconds } from '../../units.ts'
import type { Readings } from '../run/readings.ts'
import type { Stretch } from '../sound/loops.ts'
import { type Curve, type CurveLine, createCurve } from './curves.ts'
import { find, make } from './elements.ts'
import { type CurveName, describeChance, describeValue } from './moment.ts'

const curveTitles: Readonly<Record<CurveName, string>> = {
  consonance: 'Consonance',
  interlock: 'Interlock',
  vitality: 'Vitality',
}
const curveNames = Object.keys(curveTitles) as CurveName[]

export interface Measured {
  /** A few times a second: the curves change slowly. */
  draw(moment: MeasuredMoment): void
  /** Whether what sounds is what is measured. */
  showWhose(sounding: 'itself' | 'another'): void
  redraw(): void
  dispose(): void
}

export interface MeasuredSettings {
  readonly readings: Readings
  readonly voices: readonly string[]
  readonly onSeek: (share: number) => void
  readonly onStretch: (from: number, to: number) => void
  readonly onPoint: (share: number | null) => void
}

export interface MeasuredMoment {
  readonly now: Seconds
  readonly total: Seconds
  readonly loop: Stretch | null
}

export function createMeasured({ readings, voices, ...hands }: MeasuredSettings): Measured {
  const root = find('curves', HTMLElement)
  const whose = make('p', { class: 'whose-measures', hidden: '' }, 'Of the run itself, not of what you hear')
  root.append(whose)
  const curve = (name: CurveName, legend: readonly string[]) =>
    createCurve(root, { name: curveTitles[name], legend, ...hands })
  const curves: Record<CurveName, Curve> = {
    consonance: curve('consonance', []),
    interlock: curve('interlock', []),
    vitality: curve('vitality', voices),
  }
  return {
    draw: (moment) => drawCurves(curves, readings, moment),
    showWhose(sounding) {
      whose.hidden = sounding === 'itself'
    },
    redraw() {
      for (const one of Object.values(curves)) one.redraw()
    },
    dispose() {
      for (const one of Object.values(curves)) one.dispose()
      root.replaceChildren()
    },
  }
}

function drawCurves(curves: Record<CurveName, Curve>, readings: Readings, { now, total, loop }: MeasuredMoment): void {
  const values = readings.at(now)
  const rubbing = readings.rubbingAt(now)
  for (const name of curveNames) {
    const lines: readonly CurveLine[] = readings.lines(name)
    const words = describeValue(name, values[name])
    const rub =
      name === 'consonance' && rubbing !== null ? `, ${pitchNameOf(rubbing.aHz)} on ${pitchNameOf(rubbing.bHz)}` : ''
    curves[name].show(
      { lines, now, total, loop },
      `${words}${describeChance(lines, values[name], now).replace(/, no band: .*/, ', no band')}${rub}`,
    )
  }
}
