// The organiser's results over HTTP. The token is posted once and then kept in a cookie that only these addresses get.
import type { Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { exportResults, type ResultFile, resultFiles } from '../export.ts'
import { bearerOf, type Doorkeeper, refuse } from './gate.ts'
import { keepWorkedOut, nameState } from './kept-results.ts'
import { workOutApart } from './results-apart.ts'
import type { JudgingAppSettings } from './settings.ts'

/** No scripts; its links to the other files must work, so it is not sandboxed. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const typeOf: Readonly<Record<ResultFile, string>> = {
  'report.html': 'text/html; charset=utf-8',
  'results.json': 'application/json; charset=utf-8',
  'votes.csv': 'text/csv; charset=utf-8',
  'votes.jsonl': 'application/jsonl; charset=utf-8',
}

export function addResults(app: Hono, settings: JudgingAppSettings & { readonly door: Doorkeeper }): void {
  const { opened, votes, door, log } = settings
  // Cookies know no ports: sessions served beside each other have names of their own.
  const cookie = `hocket-organiser-${opened.session.id.slice(0, 8)}`
  app.post('/results/enter', (context) => {
    const token = bearerOf(context)
    if (token === null || !door.isOrganiser(token)) return refuse(context, log, door.wrong(context))
    // The page's own origin, as the browser names it: the server itself stands behind a proxy where there is TLS.
    const secure = context.req.header('origin')?.startsWith('https:') ?? false
    setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/results', secure })
    return context.json({ go: '/results/report.html' })
  })
  const mayRead = (context: Context) => {
    const token = getCookie(context, cookie) ?? bearerOf(context)
    return token !== null && door.isOrganiser(token)
  }
  const kept = keepWorkedOut({
    state: () => nameState(opened.folder, votes.head()),
    workOut: () => workOutApart({ ...opened, said: votes.lines() }, log),
  })
  app.get('/results/:name', async (context) => {
    if (!mayRead(context)) return refuse(context, log, door.wrong(context))
    const name = resultFiles.find((file) => file === context.req.param('name'))
    if (name === undefined) return refuse(context, log, { status: 404, error: `There are ${resultFiles.join(', ')}.` })
    const headers: Record<string, string> = { 'content-type': typeOf[name] }
    if (name === 'report.html') headers['content-security-policy'] = reportPolicy
    else headers['content-disposition'] = `attachment; filename="${name}"`
    await votes.refresh()
    const text =
      name === 'votes.jsonl' ? exportResults({ ...opened, said: votes.lines() }, name) : (await kept.ask())[name]
    return new Response(text, { headers })
  })
}
