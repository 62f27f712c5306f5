// What a kind of `hocket measure` is: a strict schema of one line, and what it answers. Everything else (reading, order, faults) is the
// runner's. A new kind is one file in kinds/ and one line in kinds/index.ts.
import { z } from 'zod'
import type { Kernel } from '../../kernel/index.ts'

/** What a kind may ask for. */
export interface MeasureTools {
  /** The kernel, loaded when it is first asked for. */
  kernel(): Kernel
}

/**
 * The fields of an answer beside its id. Undefined values are null, with their reasons under `undefined` by dotted path;
 * an empty `undefined` is left out of the printed line.
 */
export type Answer = object & { readonly undefined?: Readonly<Record<string, string>> }

export interface MeasureKind<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string
  /** One line, shown by `hocket measure --help`. */
  readonly summary: string
  /** A strict object; its fields' descriptions are shown by `hocket measure <kind> --help`. */
  readonly schema: Schema
  /** The fields of an answer, in words. */
  readonly answers: string
  /** Lines of input that can be tried. */
  readonly examples: readonly string[]
  /** Throws InputError for what a schema cannot see, such as a file that is none. */
  measure(request: z.infer<Schema>, tools: MeasureTools): Answer | Promise<Answer>
}

/** Every line has one. */
export const id = z.string().describe('a text of your own; the answer repeats it')

/** For `superRefine`: exactly one of these fields. */
export function exactlyOne<Name extends string>(names: readonly Name[]) {
  return (request: Partial<Record<Name, unknown>>, context: z.core.$RefinementCtx): void => {
    const given = names.filter((name) => request[name] !== undefined)
    if (given.length === 1) return
    const got = given.length === 0 ? 'none' : given.join(' and ')
    context.addIssue({ code: 'custom', message: `expected exactly one of ${names.join(', ')}, got ${got}` })
  }
}
