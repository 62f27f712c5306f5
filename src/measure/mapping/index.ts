export { createMeanings, likenessOfMeanings, type Meanings } from './meanings.ts'
export { consonanceOfMotifs } from './motifs.ts'
