// Runs the tests: those in the browser, which keep one core busy, beside those in Node. Says what each says, one after the other; fails when either fails.
import { spawn } from 'node:child_process'

/** Exit code and what was said, told at once or at the end. */
function run(script, told) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: told === 'at once' ? 'inherit' : 'pipe' })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(data))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said: Buffer.concat(said) })))
}

const browser = run('test:browser', 'at the end')
const node = await run('test:node', 'at once')
const { code, said } = await browser
process.stdout.write(said)
process.exitCode = node.code === 0 && code === 0 ? 0 : 1
