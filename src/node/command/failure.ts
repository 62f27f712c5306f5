// How a command ends: 0 well, 1 bad input or a result that differs, 2 wrong usage. One clear line, never a stack trace for bad input.
import { CommanderError, InvalidArgumentError } from 'commander'
import { InputError } from '../../record/index.ts'

/** 130 as shells have it for Ctrl-C. */
export const exitCodes = { well: 0, badInput: 1, usage: 2, stopped: 130 } as const

/** Prints what went wrong and returns the exit code. `traced`: faults of our own show where they happened. */
export function reportFailure(error: unknown, print: (text: string) => void, traced: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.well : exitCodes.usage
  if (error instanceof InputError) {
    print(`hocket: ${oneLine(error.message)}\n`)
    return error.code === 'usage' ? exitCodes.usage : error.code === 'stopped' ? exitCodes.stopped : exitCodes.badInput
  }
  if (isDiskFault(error))
    print(`hocket: ${oneLine((error as Error).message)}. Check the disk and the folder's rights.\n`)
  else {
    print(
      `hocket: this is a fault of hocket, not of your input: ${oneLine(String(error))}. HOCKET_TRACE=1 shows where.\n`,
    )
    if (traced && error instanceof Error) print(`${error.stack}\n`)
  }
  return exitCodes.badInput
}

/** The system refused: disk full, no rights, too many files. */
function isDiskFault(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return error instanceof Error && typeof code === 'string' && /^E[A-Z]+$/.test(code) && 'syscall' in error
}

/** Text that may quote bad input, fit for a terminal: one line, no control characters. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
}

/** For commander: a whole number at least `least`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}, got "${oneLine(text)}".`)
    return value
  }
}
