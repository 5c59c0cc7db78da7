import { Checkups, contribute, Database, Encryptor, type Finding, Logger, onStart } from '../../framework/index.ts';
import { Attachment } from './attachment.ts';
import { type KeySample, sampleKeys } from './key-sample.ts';
import { magentoMisfits } from './magento.ts';

function keyFindings({ tried, read }: KeySample): readonly Finding[] {
  if (read === tried) return [];
  const found =
    read === 0
      ? `None of ${tried} secrets that Magento has stored can be read with CRYPT_KEY, and Magento cannot read what this host stores.`
      : `${tried - read} of ${tried} secrets that Magento has stored can be read with none of the keys in CRYPT_KEY.`;
  return [
    {
      severity: 'error',
      title: 'Another key than Magento’s',
      found,
      cure: 'Set CRYPT_KEY to all of crypt/key in Magento’s app/etc/env.php, every key of it in the same order, and restart.',
    },
  ];
}

/** What is wrong with a live Magento's database as far as this host relies on it. */
export async function magentoFindings(database: Database, encryptor: Encryptor): Promise<readonly Finding[]> {
  const misfits = await magentoMisfits(database);
  if (misfits.length > 0)
    return [
      {
        severity: 'error',
        title: 'Magento’s tables do not suit',
        found: `${misfits.join('; ')}.`,
        cure: 'Upgrade Magento, or undo what changed its tables. This host refuses to start until then.',
      },
    ];
  return keyFindings(await sampleKeys(database, encryptor));
}

/** Another key does not stop a start, and whoever waits for `doctor` to be asked finds out by tokens that nobody can read. */
export const keyWarning = onStart(
  'store.magento-keys',
  { database: Database, encryptor: Encryptor, attachment: Attachment, logger: Logger },
  async ({ database, encryptor, attachment, logger }) => {
    if (!(await attachment.attached())) return;
    for (const { found, cure } of keyFindings(await sampleKeys(database, encryptor)))
      logger.error({}, `${found} ${cure}`);
  },
);

/** For `doctor`; nothing where the tables are this host's own. */
export const magentoCheckup = contribute(
  Checkups,
  { database: Database, encryptor: Encryptor, attachment: Attachment },
  ({ database, encryptor, attachment }) => ({
    name: 'store.magento',
    look: async () => ((await attachment.attached()) ? magentoFindings(database, encryptor) : []),
  }),
);
