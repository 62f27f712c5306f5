// Browser tests need Chromium. Finds it; as root on Debian installs it; else says the one command to run.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
if (!places.some((file) => existsSync(file))) {
  const command = 'apt-get update && apt-get install -y --no-install-recommends chromium fonts-dejavu-core'
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!canInstall) {
    console.error(`tests: expected Chromium at one of ${places.join(', ')}, found none. Run: sudo sh -c '${command}'`)
    process.exit(1)
  }
  console.error("tests: no Chromium found; installing Debian's (once)")
  execFileSync('sh', ['-c', command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}
