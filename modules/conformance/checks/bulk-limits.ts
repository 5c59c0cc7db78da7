import type { Check } from '../suite/check.ts';
import { BULK_REQUEST } from '../suite/urn.ts';

/** What costs a provider nothing: an operation that must fail. */
const nothing = (n: number) => ({ method: 'DELETE', path: `/Users/vestibule-conformance-nobody-${n}` });
const many = 5_000;

/** What ServiceProviderConfig announces of bulk is enforced. */
export const bulkLimits: readonly Check[] = [
  {
    id: 'RFC7644-3.7.4-01',
    level: 'MUST',
    says: 'More operations than bulk.maxOperations are refused with 413, as many as that are not.',
    async run(client, expect) {
      const limit = Number(client.provider.config.bulk?.maxOperations);
      if (!(limit > 0 && limit <= many)) expect.skip(`bulk.maxOperations is ${limit}`);
      const request = (count: number) => ({
        schemas: [BULK_REQUEST],
        Operations: Array.from({ length: count }, (_, n) => nothing(n)),
      });
      expect.error(await client.post('/Bulk', request(limit + 1)), 413);
      expect.status(await client.post('/Bulk', request(limit)), 200);
    },
  },
  {
    id: 'RFC7644-3.7.4-02',
    level: 'MUST',
    says: 'A body longer than bulk.maxPayloadSize is refused with 413, one as long as that is not.',
    async run(client, expect) {
      const limit = Number(client.provider.config.bulk?.maxPayloadSize);
      if (!(limit > 0 && limit <= 16 * 1024 * 1024)) expect.skip(`bulk.maxPayloadSize is ${limit}`);
      const request = JSON.stringify({ schemas: [BULK_REQUEST], Operations: [nothing(1)] });
      const raw = (length: number) => ({ raw: request.padEnd(length, ' ') });
      expect.error(await client.send('POST', '/Bulk', raw(limit + 1)), 413);
      expect.status(await client.send('POST', '/Bulk', raw(limit)), 200);
    },
  },
];
