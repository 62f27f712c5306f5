// The shipped library, for tests of the party.
import { readFileSync } from 'node:fs'
import { librarySchema } from '../../src/record/index.ts'

export const shippedLibrary = librarySchema.parse(
  JSON.parse(readFileSync(new URL('../../samples/library.json', import.meta.url), 'utf8')),
)
