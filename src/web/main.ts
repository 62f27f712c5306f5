// The listening page: opens the run named in the address (#run=7&t=93), or the one that plays now, or the newest.
import { config } from 'zod'
import { openRoom } from './room.ts'

// The content policy forbids making code from text, which zod would try for speed.
config({ jitless: true })
openRoom().catch((error: unknown) => {
  const line = document.getElementById('line')
  if (line !== null) line.textContent = error instanceof Error ? error.message : String(error)
})
