#!/usr/bin/env node
// The command `hocket`.
import { runCommand } from './command/program.ts'

// A reader that closes the pipe early (hocket ... | head) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
})
