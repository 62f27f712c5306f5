// Trace files -> spans with flat attributes. Read are OTLP as JSON (opentelemetry-proto, JSON mapping: `resourceSpans`, times as nanoseconds,
// values as {stringValue ...}), one export or one a line, and what SDKs and viewers print: spans with `attributes` as an object, flat or nested.
import { objectOf } from './json.ts'

export interface SpanEvent {
  readonly name: string
  readonly attributes: ReadonlyMap<string, unknown>
}

export interface Span {
  /** "line 3" or "span 12". */
  readonly where: string
  readonly name: string
  readonly id: string
  readonly parent: string
  readonly trace: string
  /** Unix seconds; null when not given. */
  readonly startSeconds: number | null
  readonly endSeconds: number | null
  readonly attributes: ReadonlyMap<string, unknown>
  readonly events: readonly SpanEvent[]
}

/** Nesting that is followed, of lists and in attributes. */
const deepest = 32

export function looksSpans(value: unknown): boolean {
  const holder = objectOf(value)
  if (holder === null) return false
  if (Array.isArray(holder['resourceSpans']) || Array.isArray(holder['resource_spans'])) return true
  const hasIds = ['span_id', 'spanId', 'context', 'spanContext', 'traceId', 'trace_id'].some((key) => key in holder)
  return hasIds && 'attributes' in holder
}

/** The spans in a parsed value: an export, a list of spans or of exports, `{data}` or `{spans}` around them, or one span. */
export function collectSpans(value: unknown, where: string, depth = 0): Span[] {
  if (depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap((one, i) => collectSpans(one, `span ${i + 1}`, depth + 1))
  const holder = objectOf(value)
  if (holder === null) return []
  const exported = holder['resourceSpans'] ?? holder['resource_spans']
  if (Array.isArray(exported)) return exported.flatMap((resource) => readResource(resource))
  for (const key of ['spans', 'data'])
    if (Array.isArray(holder[key])) return collectSpans(holder[key], where, depth + 1)
  return looksSpans(holder) ? [readSpan(holder, where)] : []
}

function readResource(value: unknown): Span[] {
  const resource = objectOf(value)
  const scopes = resource?.['scopeSpans'] ?? resource?.['scope_spans'] ?? resource?.['instrumentationLibrarySpans']
  const spans = (Array.isArray(scopes) ? scopes : []).flatMap((scope: unknown) => objectOf(scope)?.['spans'] ?? [])
  return (spans as unknown[]).flatMap((span, i) => {
    const found = objectOf(span)
    return found === null ? [] : [readSpan(found, `span ${i + 1}`)]
  })
}

function readSpan(span: Readonly<Record<string, unknown>>, where: string): Span {
  const context = objectOf(span['context'] ?? span['spanContext']) ?? {}
  const pick = (...keys: string[]) => keys.map((key) => span[key] ?? context[key]).find((found) => found !== undefined)
  const events = span['events']
  return {
    where,
    name: textOf(span['name']),
    id: textOf(pick('spanId', 'span_id', 'id')),
    parent: textOf(pick('parentSpanId', 'parent_span_id', 'parent_id', 'parentId')),
    trace: textOf(pick('traceId', 'trace_id')),
    startSeconds: readTime(pick('startTimeUnixNano', 'start_time_unix_nano', 'start_time', 'startTime')),
    endSeconds: readTime(pick('endTimeUnixNano', 'end_time_unix_nano', 'end_time', 'endTime')),
    attributes: readAttributes(span['attributes']),
    events: (Array.isArray(events) ? events : []).flatMap((event: unknown) => {
      const found = objectOf(event)
      return found === null ? [] : [{ name: textOf(found['name']), attributes: readAttributes(found['attributes']) }]
    }),
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Nanoseconds (as a number or digits), [seconds, nanoseconds], or a date as ISO 8601 -> Unix seconds. */
function readTime(value: unknown): number | null {
  if (Array.isArray(value) && typeof value[0] === 'number') return value[0] + Number(value[1] ?? 0) / 1e9
  const digits = typeof value === 'number' ? value : /^\d+$/.test(textOf(value)) ? Number(value) : null
  if (digits !== null) return Number.isFinite(digits) && digits > 0 ? digits / 1e9 : null
  // A date without a zone is taken as UTC, so that a file sounds alike everywhere.
  const text = textOf(value).replace(' ', 'T')
  const milliseconds = Date.parse(/Z|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** OTLP's list of {key, value}, or an object, whose nesting becomes dots: {llm: {model_name: x}} is `llm.model_name`. */
function readAttributes(value: unknown): ReadonlyMap<string, unknown> {
  const flat = new Map<string, unknown>()
  if (Array.isArray(value)) {
    for (const one of value) {
      const pair = objectOf(one)
      if (typeof pair?.['key'] === 'string') flat.set(pair['key'], readAnyValue(pair['value'], 0))
    }
    return flat
  }
  flatten(value, '', flat, 0)
  return flat
}

/** opentelemetry-proto's AnyValue. */
function readAnyValue(value: unknown, depth: number): unknown {
  const any = objectOf(value)
  if (any === null || depth > deepest) return value
  for (const kind of ['stringValue', 'intValue', 'doubleValue', 'boolValue']) if (kind in any) return any[kind]
  const list = objectOf(any['arrayValue'])?.['values']
  if (Array.isArray(list)) return list.map((one) => readAnyValue(one, depth + 1))
  const pairs = objectOf(any['kvlistValue'])?.['values']
  if (!Array.isArray(pairs)) return undefined
  return Object.fromEntries(
    pairs.flatMap((pair: unknown) => {
      const { key, value: held } = objectOf(pair) ?? {}
      return typeof key === 'string' ? [[key, readAnyValue(held, depth + 1)]] : []
    }),
  )
}

/** A whole value stands under its own name too: `gen_ai.output.messages` may be a list. */
function flatten(value: unknown, name: string, into: Map<string, unknown>, depth: number): void {
  if (name !== '') into.set(name, value)
  if (typeof value !== 'object' || value === null || depth > deepest) return
  for (const [key, held] of Object.entries(value)) flatten(held, name === '' ? key : `${name}.${key}`, into, depth + 1)
}
