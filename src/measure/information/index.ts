export {
  activeInformation,
  conditionalTransferEntropy,
  type Information,
  mutualInformation,
  type TransferQuestion,
  transferEntropy,
} from './information.ts'
export type { Series } from './runs.ts'
