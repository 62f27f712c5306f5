export type { Dj, DjToken, Percept } from './dj.ts'
