// Browser tests need Chromium, those of votes in a database PostgreSQL. Finds them; as root on Debian installs what is missing; else says the one command to run.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const needs = [
  {
    what: 'Chromium',
    places: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    packages: ['chromium', 'fonts-dejavu-core'],
  },
  { what: 'PostgreSQL', places: ['/usr/lib/postgresql'], packages: ['postgresql'] },
]
const missing = needs.filter(({ places }) => !places.some((file) => existsSync(file)))
if (missing.length > 0) {
  const names = missing.map(({ what }) => what).join(' and ')
  const packages = missing.flatMap((need) => need.packages).join(' ')
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages}`
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall) {
    const places = missing.map((need) => need.places.join(' or ')).join(', ')
    console.error(`tests: expected ${names} (${places}), found none. Run: sudo sh -c '${command}'`)
    process.exit(1)
  }
  console.error(`tests: no ${names} found; installing Debian's (once)`)
  execFileSync('sh', ['-c', command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
