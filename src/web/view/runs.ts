// The list of runs to choose from, and what of a run can be downloaded.
import type { RunEntry } from '../run/server.ts'
import { displayText, make } from './elements.ts'

export function listRuns(picker: HTMLSelectElement, runs: readonly RunEntry[], chosen: string | null): void {
  picker.replaceChildren(
    ...runs.map((run) => make('option', { value: run.id }, `${nameRun(run.id)}${run.live ? ', playing now' : ''}`)),
  )
  picker.disabled = runs.length === 0
  if (chosen !== null) picker.value = chosen
}

/** A run's id as it can be looked at: whoever made the folder chose it. */
export const nameRun = (id: string): string => displayText(id, 40).trim() || 'a run without a name'

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
    return make('li', {}, make('a', { href, download: '' }, nameFile(file)))
  })
  const missing = entry === undefined ? null : describeMissing(entry)
  const rest = missing === null ? [] : [make('li', { class: 'missing' }, missing)]
  menu.querySelector('ul')?.replaceChildren(...links, ...rest)
}

const soundFiles = ['mix.wav', 'notes.mid']

/** What a run that has ended could be asked for and does not hold, and what makes it; null: nothing. */
export function describeMissing({ id, live, files }: RunEntry): string | null {
  if (live) return null
  const lacksSound = soundFiles.some((file) => !files.includes(file))
  const commands = [...(lacksSound ? ['render'] : []), ...(files.includes('scores.json') ? [] : ['score'])]
  if (commands.length === 0) return null
  // Only a name that needs no quoting is put into a command.
  const run = /^\d{1,9}$/.test(id) ? id : /^[\w.][\w.-]{0,60}$/.test(id) ? `runs/${id}` : 'RUN'
  const [what, makes] = lacksSound ? ['Mix, stems and MIDI', commands.length > 1 ? ', scores' : ''] : ['Scores', '']
  return `${what}${makes}: ${commands.map((command) => `hocket ${command} ${run}`).join(', ')}`
}

/** "stems/a.deck.wav" -> "Stem a, deck" */
export function nameFile(file: string): string {
  const known = fileNames[file]
  if (known !== undefined) return known
  return displayText(file.replace(/^stems\/(.*)\.(\w+)\.wav$/s, 'Stem $1, $2'), 60)
}
