// The page that `hocket bench worklet` opens: how much of an audio thread's time it takes to hear so many stems.
import { planMixtures } from '../../measure/index.ts'
import type { HearingLoad, LoadPage, LoadSettings } from './figures.ts'
import { measureOffline } from './offline.ts'
import { measureQuanta } from './quanta.ts'

async function measureLoad(settings: LoadSettings): Promise<HearingLoad> {
  const kernel = new Uint8Array(await (await fetch('kernel.wasm')).arrayBuffer())
  const stems = await Promise.all(
    Array.from(
      { length: settings.agents },
      async (_, k) => new Float32Array(await (await fetch(`stems/${k}`)).arrayBuffer()),
    ),
  )
  // As a party of so many would be heard.
  const { mixtures } = planMixtures(stems.map((_, k) => ({ name: `${k}`, stems: [k] })))
  const sound = { kernel, stems, mixtures }
  const quanta = measureQuanta(sound, settings.passes)
  const offline = await measureOffline(sound, settings.passes)
  return { ...quanta, ...offline, clockMicroseconds: crossOriginIsolated ? 5 : 100 }
}

Object.assign(window, { measureLoad } satisfies LoadPage)
