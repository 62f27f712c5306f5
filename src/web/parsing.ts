// Imported before anything that makes a schema: the content policy forbids making code from text, and zod tries that for speed
// as soon as its first object schema is made.
import { config } from 'zod'

config({ jitless: true })
