// The listening page: opens the run named in the address (#run=7&t=93), or the one that plays now, or the newest.
import './parsing.ts'
import { openRoom } from './room.ts'

openRoom().catch((error: unknown) => {
  const line = document.getElementById('line')
  if (line !== null) line.textContent = error instanceof Error ? error.message : String(error)
})
