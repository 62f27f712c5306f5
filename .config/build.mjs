// Builds everything into dist/: kernel.wasm, the command, the library's entry points with their types, the page.
//   node .config/build.mjs [types] [kernel] [command] [page]      (all when none is named)
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = path.join(root, 'dist')
const asked = process.argv.slice(2)
const wanted = (part) => asked.length === 0 || asked.includes(part)
mkdirSync(dist, { recursive: true })

const types = wanted('types') ? buildTypes() : undefined
if (wanted('kernel')) buildKernel()
if (wanted('command')) await buildCommand()
if (wanted('page')) await buildPage()
await types

/** Declarations of the three entry points; types are checked by `npm run types`, not here. Runs beside the rest. */
async function buildTypes() {
  rmSync(path.join(dist, 'types'), { recursive: true, force: true })
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', '.config/tsconfig.types.json'], { cwd: root })
}

/** AssemblyScript -> one wasm without imports: the same bytes for Node and the browser. */
function buildKernel() {
  const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js')
  const options = [
    '--optimizeLevel',
    '3',
    '--shrinkLevel',
    '0',
    '--converge',
    '--noAssert',
    '--runtime',
    'minimal',
    '--enable',
    'simd',
    '--use',
    'abort=',
    '--exportRuntime',
  ]
  execFileSync(
    process.execPath,
    [asc, 'worklets/kernel/index.ts', '--outFile', 'dist/kernel.wasm', ...options.slice(0, -1)],
    { cwd: root, stdio: 'inherit' },
  )
}

/** The command, the library for Node, and the thread on which a judging server works out results; packages stay outside the bundle. */
async function buildCommand() {
  const input = Object.fromEntries(
    [
      ['hocket', 'src/node/main.ts'],
      ['index', 'src/index.ts'],
      ['node', 'src/node/index.ts'],
      ['judging-results', 'src/node/judge/server/results-worker.ts'],
    ].filter(([, file]) => existsSync(path.join(root, file))),
  )
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'dist',
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  })
  chmodSync(path.join(dist, 'hocket.js'), 0o755)
}

/** The listening page with its worklet and the page of runs, the page that weighs the worklet, the judges' pages, and the library's web entry. */
async function buildPage() {
  for (const [folder, out, pages] of [
    ['src/web', 'page', ['index.html', 'runs.html']],
    ['src/web/load', 'load', ['index.html']],
    ['src/web/judge', 'judge', ['index.html', 'results.html']],
  ])
    await build({
      root: path.join(root, folder),
      base: './',
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir: path.join(dist, out),
        emptyOutDir: true,
        target: 'es2023',
        assetsInlineLimit: 0,
        rolldownOptions: { input: pages.map((page) => path.join(root, folder, page)) },
      },
    })
  await buildWorker()
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: 'dist',
      assetsDir: 'web',
      emptyOutDir: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { web: 'src/web/index.ts' },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: 'web/[name]-[hash].js' },
      },
    },
  })
}

/** The judges' page's service worker: one classic script, which every browser takes, beside the page whose scope it has. */
async function buildWorker() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: 'dist/judge',
      emptyOutDir: false,
      target: 'es2023',
      rolldownOptions: {
        input: 'src/web/judge/kept/worker.ts',
        output: { format: 'iife', entryFileNames: 'worker.js' },
      },
    },
  })
}
