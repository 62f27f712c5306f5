// Dark and light: the system's choice until the listener makes one, which this browser then remembers.

const key = 'hocket-theme'

export interface Theme {
  toggle(): void
}

export function createTheme(button: HTMLButtonElement, onChange: () => void): Theme {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark'
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark'
    onChange()
  }
  const kept = readKept()
  if (kept !== null) document.documentElement.dataset.theme = kept
  const toggle = () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'
    keep(document.documentElement.dataset.theme)
    show()
  }
  button.addEventListener('click', toggle)
  system.addEventListener('change', show)
  show()
  return { toggle }
}

// A browser may forbid storage; the page then simply forgets.
function readKept(): string | null {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'dark' || kept === 'light' ? kept : null
  } catch {
    return null
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    return
  }
}
