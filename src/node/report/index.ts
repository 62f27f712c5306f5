export { renderReport } from './report.ts'
export type { ReportInput } from './run.ts'
