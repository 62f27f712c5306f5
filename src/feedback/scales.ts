// The three curves in words, as data: one scale a curve, told of a whole run (the verdict) and of a moment (the page).
// They describe; they do not judge.

/** A stretch of a scale: values up to and including `upTo`. */
export interface Grade {
  readonly upTo: number
  /** Of a run: "together they sounded ...", "their voices ...", "as a whole it ...". */
  readonly ofRun: string
  readonly ofMoment: string
}

const grade = (upTo: number, ofRun: string, ofMoment = ofRun): Grade => ({ upTo, ofRun, ofMoment })

export const scales = {
  /** Fifths of people's scale (measure/consonance/composite.ts). */
  consonance: [
    grade(0.2, 'very dissonant'),
    grade(0.4, 'dissonant'),
    grade(0.6, 'neither dissonant nor consonant'),
    grade(0.8, 'consonant'),
    grade(1, 'very consonant'),
  ],
  /** Anchored by what people rate so for its roughness alone: a bare semitone .29, a major triad .69, no roughness at all .92. */
  smoothness: [
    grade(0.36, 'very rough'),
    grade(0.56, 'rough'),
    grade(0.69, 'neither rough nor smooth'),
    grade(0.81, 'smooth'),
    grade(1, 'very smooth'),
  ],
  interlock: [
    grade(0.05, 'did not weave', 'rhythms apart'),
    grade(0.3, 'hardly wove', 'rhythms hardly weaving'),
    grade(0.6, 'wove loosely', 'rhythms weaving loosely'),
    grade(1, 'wove tightly', 'rhythms weaving tightly'),
  ],
  vitality: [
    grade(0.2, 'did not stay alive', 'hardly alive'),
    grade(0.5, 'stayed half alive', 'half alive'),
    grade(1, 'stayed alive', 'alive'),
  ],
} as const satisfies Record<string, readonly Grade[]>
export type ScaleName = keyof typeof scales

/** The grade a value falls in; the last one holds what lies above. */
export function gradeOf(scale: ScaleName, value: number): Grade {
  const grades: readonly Grade[] = scales[scale]
  return grades.find(({ upTo }) => value <= upTo) ?? (grades.at(-1) as Grade)
}
