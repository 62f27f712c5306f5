// docs/record.schema.json is the JSON Schema of a record line, generated from the zod schemas.
// To write it anew after a change of the format: npx vitest run --config .config/vitest.config.ts --project node test/node/schema.test.ts -u
import { expect, test } from 'vitest'
import { z } from 'zod'
import { recordLineSchema } from '../../src/record/index.ts'

test('the documented schema is the one in force', async () => {
  const schema = z.toJSONSchema(recordLineSchema, { target: 'draft-2020-12', io: 'input' })
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/record.schema.json')
})
