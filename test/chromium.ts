// The Chromium that tests run in: where it is, and how it is started so that it does nothing that no test sees.
import { existsSync } from 'node:fs'

/** undefined: Playwright's own. */
export const chromiumFile = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
)

/**
 * Two pages of the address bar, which nobody opens here, cost each context as much as a small page of ours. A second list of features
 * replaces Playwright's own (its chromiumSwitches.ts), hence all of those that bear on pages from this machine stand here again.
 */
const without = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/** For pages that sound only once a hand has touched them, as everywhere. */
export const usualArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${without.join()}`,
]

/** For pages that may sound before any hand has touched them. */
export const chromiumArguments = [...usualArguments, '--autoplay-policy=no-user-gesture-required']
