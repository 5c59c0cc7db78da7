import { command, Database, Encryptor } from '../../framework/index.ts';
import { surveyMagento } from './survey.ts';

/** `setup:attach:check` */
export const attachCheck = command('setup:attach:check', {
  describe:
    'Look whether this host can work on the Magento database that DATABASE_URL names; changes nothing. Exit code 0 yes, 1 no, 2 no Magento there',
  inject: { database: Database, encryptor: Encryptor },
  run: (_, { database, encryptor }) => surveyMagento(database, encryptor),
  print({ magento, findings, facts }) {
    if (!magento) return 'There are no tables of Magento’s: setup:upgrade makes a store of this host’s own.';
    return [
      ...findings.map(({ title, found, cure }) => `${title}\n  ${found.replaceAll('; ', '\n  ')}\n  → ${cure}`),
      ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
      ...(findings.length === 0
        ? ['This host can work here: setup:upgrade makes its own tables and alters none of these.']
        : []),
    ].join('\n');
  },
  exitCode: ({ magento, findings }) => (magento ? (findings.length === 0 ? 0 : 1) : 2),
});
