// Who may ask: only this machine, under its own name. Host and origin are checked (DNS rebinding, foreign pages),
// and every answer carries a policy that lets the page load nothing from elsewhere.
import type { MiddlewareHandler } from 'hono'

/** The page: its own scripts, styles and wasm; Tone.js keeps its clock in a worker made from a blob. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A report: one file with its own styles and figures, no scripts. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox"

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** Refuses requests under other names than this machine's and from pages of other origins; sets headers on all answers. */
export const guard: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? ''
  const origin = context.req.header('origin')
  if (!loopback.test(host)) return context.text('Ask under localhost.', 403)
  if (origin !== undefined && origin !== `http://${host}`) return context.text('Foreign pages may not ask.', 403)
  if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return context.text('Read only.', 405)
  await next()
  secure(context.res.headers, pagePolicy, 'no-cache')
}

/** Headers of every answer; the policy and the word on caching only where the answer has none of its own. */
export function secure(headers: Headers, policy: string, caching: 'no-cache' | 'no-store'): void {
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-embedder-policy', 'require-corp')
  headers.set('cross-origin-resource-policy', 'same-origin')
  if (!headers.has('cache-control')) headers.set('cache-control', caching)
}
