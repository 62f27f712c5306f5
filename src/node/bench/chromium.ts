// Chromium for benches: the system's, or Playwright's own.
import { existsSync } from 'node:fs'
import { InputError } from '../../record/index.ts'
import { oneLine } from '../command/failure.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const launchArguments = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Throws InputError, which names the bench, where Playwright or Chromium is missing. */
export async function launchChromium(bench: string) {
  const { chromium } = await import('playwright-core').catch(() => {
    throw new InputError(
      'no-browser',
      `bench ${bench}: expected playwright-core, found none. Run \`npm install\` in hocket's folder.`,
    )
  })
  const executablePath = places.find((place) => existsSync(place))
  try {
    return await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: launchArguments })
  } catch (error) {
    throw new InputError(
      'no-browser',
      `bench ${bench}: expected Chromium at ${places.join(' or ')}, got: ${oneLine(String(error))}. Run \`node .config/debian.mjs\`.`,
    )
  }
}
