// The page's own files for times without the network: the page and all that it names are kept together, so that a page is never without its
// scripts. The network is asked first: a new page stands before the old one, unless it takes longer than the worker's patience; then it is kept
// meanwhile, and stands there the next time. What somebody on the way answers with (a refusal, a sign-in page, a way elsewhere) stands before
// nothing that is kept. Nothing else is kept, and no address that holds anything of a judge: the page is kept under one name, whatever stood
// behind it.

/** Where files lie by their address; a browser's cache. */
export interface Drawer {
  match(address: string): Promise<Response | undefined>
  put(address: string, answer: Response): Promise<void>
  addresses(): Promise<readonly string[]>
  delete(address: string): Promise<unknown>
}

export interface PageFiles {
  /** Keeps the page that was answered with, and its files, in the place of those before. Rejects when it is not the page, or a file cannot be had; then all stays. */
  keep(page: Response): Promise<void>
  /** undefined: nothing is kept. */
  page(): Promise<Response | undefined>
  /** Files carry their content's hash in their names: one that is here is the right one. */
  asset(address: string): Promise<Response>
}

export interface PageFilesSettings {
  readonly drawer: Drawer
  readonly fetch: (address: string) => Promise<Response>
}

export const pageAddress = '/'

/** What a request is to the page's files; undefined: no business of theirs. */
export function sortRequest(request: {
  readonly method: string
  readonly url: string
}): { readonly kind: 'page' } | { readonly kind: 'asset'; readonly address: string } | undefined {
  const { pathname } = new URL(request.url)
  if (request.method !== 'GET') return undefined
  if (pathname === pageAddress) return { kind: 'page' }
  return /^\/assets\/[\w.-]+$/.test(pathname) ? { kind: 'asset', address: pathname } : undefined
}

/** What a built page loads. */
export const assetsOf = (html: string): string[] => [
  ...new Set([...html.matchAll(/(?:src|href)="\.(\/assets\/[\w.-]+)"/g)].map(([, address]) => address as string)),
]

/** The page that was asked for, with its files: not a refusal, a page of somebody else, or one from elsewhere. */
async function isPage(answer: Response): Promise<boolean> {
  return answer.ok && !answer.redirected && assetsOf(await answer.clone().text()).length > 0
}

export function createPageFiles({ drawer, fetch }: PageFilesSettings): PageFiles {
  const bring = async (address: string) => {
    const answer = await fetch(address)
    if (!answer.ok || answer.redirected || /html/.test(answer.headers.get('content-type') ?? ''))
      throw new Error(`${address}: expected a file of the page, got another answer (${answer.status})`)
    return answer
  }
  return {
    async keep(page) {
      if (!(await isPage(page)))
        throw new Error(`${pageAddress}: expected the page, got another answer (${page.status})`)
      const assets = assetsOf(await page.clone().text())
      for (const address of assets)
        if ((await drawer.match(address)) === undefined) await drawer.put(address, await bring(address))
      await drawer.put(pageAddress, page)
      for (const address of await drawer.addresses())
        if (address !== pageAddress && !assets.includes(address)) await drawer.delete(address)
    },
    page: () => drawer.match(pageAddress),
    asset: async (address) => (await drawer.match(address)) ?? fetch(address),
  }
}

/** The network's answer, unless it fails, is not the page, or takes too long while there is something kept. */
export async function networkFirst(
  answer: Promise<Response>,
  { files, patience }: { readonly files: PageFiles; readonly patience: Promise<unknown> },
): Promise<Response> {
  const usable = answer.then(async (one) => ((await isPage(one)) ? one : undefined)).catch(() => undefined)
  const soon = await Promise.race([usable, patience.then(() => undefined)])
  return soon ?? (await files.page()) ?? answer
}
