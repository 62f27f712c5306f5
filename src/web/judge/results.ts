// The organiser's door: posts the token of the address once, and goes on to the report.
const status = document.getElementById('status')

async function enter(): Promise<void> {
  const token = location.hash.slice(1)
  const answer = await fetch('/results/enter', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  const told = (await answer.json()) as { go?: string; error?: string }
  if (told.go === undefined) throw new Error(told.error ?? `The server answers ${answer.status}.`)
  location.replace(told.go)
}

enter().catch((error: unknown) => {
  if (status !== null) status.textContent = error instanceof Error ? error.message : String(error)
})

export {}
