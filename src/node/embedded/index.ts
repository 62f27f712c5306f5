export { embeddedFetch, type Fetch } from './embedded-fetch.ts'
