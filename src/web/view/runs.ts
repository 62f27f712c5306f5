// The list of runs to choose from, and what of a run can be downloaded.
import type { RunEntry } from '../run/server.ts'
import { make } from './elements.ts'

export function listRuns(picker: HTMLSelectElement, runs: readonly RunEntry[], chosen: string | null): void {
  picker.replaceChildren(
    ...runs.map((run) => make('option', { value: run.id }, `${run.id}${run.live ? ', playing now' : ''}`)),
  )
  picker.disabled = runs.length === 0
  if (chosen !== null) picker.value = chosen
}

const fileNames: Readonly<Record<string, string>> = {
  'record.jsonl': 'Record',
  'scores.json': 'Scores',
  'mix.wav': 'Mix',
  'notes.mid': 'Notes (MIDI)',
  'report.html': 'Report',
}

export function listDownloads(menu: HTMLDetailsElement, entry: RunEntry | undefined): void {
  menu.hidden = entry === undefined || entry.files.length === 0
  menu.open = false
  const links = (entry?.files ?? []).map((file) => {
    const name = file.split('/').map(encodeURIComponent).join('/')
    const href = `api/runs/${encodeURIComponent(entry?.id ?? '')}/files/${name}`
    return make('li', {}, make('a', { href, download: '' }, fileNames[file] ?? nameStem(file)))
  })
  menu.querySelector('ul')?.replaceChildren(...links)
}

/** "stems/a.deck.wav" -> "Stem a, deck" */
function nameStem(file: string): string {
  return file.replace(/^stems\/(.*)\.(\w+)\.wav$/, 'Stem $1, $2')
}
