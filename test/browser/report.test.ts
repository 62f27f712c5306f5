// The report in a real Chromium: hostile text stays text, nothing runs, axe finds no fault in light and dark, nothing overflows a phone.
import axe from 'axe-core'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { renderReport } from '../../src/node/report/index.ts'
import { makeParty } from '../node/report/party.ts'

const party = { ...makeParty(), name: '7', command: 'hocket party --seed 7' }
const frames: HTMLIFrameElement[] = []
afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove()
})

async function open(text: string, width: number): Promise<Document> {
  const frame = document.createElement('iframe')
  frame.style.cssText = `width:${width}px;height:800px;border:0`
  frames.push(frame)
  document.body.append(frame)
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  frame.srcdoc = text
  await loaded
  if (frame.contentDocument === null) throw new Error('the report did not open')
  return frame.contentDocument
}

test('hostile text is text', async () => {
  const evil = `</p></style><script>parent.ranReportScript = true</script><img src=x onerror="parent.ranReportScript = true">\u202Egnp`
  const record = party.record.map((line) => (line.kind === 'token' ? { ...line, text: evil } : line))
  const agents = party.session.agents.map((agent) => ({ ...agent, title: evil.slice(0, 70) }))
  const opened = await open(renderReport({ ...party, record, session: { ...party.session, agents } }), 1000)
  expect('ranReportScript' in window).toBe(false)
  expect(opened.querySelectorAll('script, img, iframe, object, link').length).toBe(0)
  const handlers = [...opened.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes].filter(({ name }) => name.startsWith('on')),
  )
  expect(handlers).toEqual([])
  expect(opened.querySelector('.said')?.textContent).toContain('<script>parent.ranReportScript')
  expect(opened.querySelector('.said')?.textContent).toContain('⟨U+202E⟩gnp')
})

test.each([1280, 390])('at %i px nothing runs over the side, and axe finds nothing', async (width) => {
  await page.viewport(width, 900)
  // axe must run inside the frame, which the report's own policy forbids; that policy is tested above
  const opened = await open(renderReport(party).replace(/<meta http-equiv[^>]*>/, ''), width)
  expect(opened.documentElement.scrollWidth).toBeLessThanOrEqual(width)
  const script = opened.createElement('script')
  script.textContent = axe.source
  opened.head.append(script)
  const inside = (opened.defaultView as unknown as { axe: typeof axe }).axe
  const { violations } = await inside.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => `${node.html} ${node.failureSummary}`)
          .join(' | ')}`,
    ),
  ).toEqual([])
})
