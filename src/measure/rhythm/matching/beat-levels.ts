// The beats that may be meant by a reference: as given, on the off-beats, at twice the tempo, at half (odd, even beats).

/** At least two beats in; as given first, then off-beat, double, half from the first beat, half from the second. */
export function beatLevels(beats: Float64Array): Float64Array[] {
  const double = new Float64Array(2 * beats.length - 1)
  const between = new Float64Array(beats.length - 1)
  for (let i = 0; i < beats.length; i++) double[2 * i] = beats[i] as number
  for (let i = 0; i + 1 < beats.length; i++) {
    const beat = beats[i] as number
    between[i] = double[2 * i + 1] = beat + 0.5 * ((beats[i + 1] as number) - beat)
  }
  return [beats, between, double, beats.filter((_, i) => i % 2 === 0), beats.filter((_, i) => i % 2 === 1)]
}
