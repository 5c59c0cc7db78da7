import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { SearchForms } from '../../../modules/provisioning/search-forms/search-forms.ts';
import { documentSaying } from '../../attribute-mapping/version/mapping-room.ts';
import { sqlite } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

describe('A mapping that comes into effect', () => {
  let host: ScimHost;
  let kicks = 0;
  before(async () => {
    const forms: SearchForms = {
      kick: () => {
        kicks++;
      },
      drain: async () => {},
      progress: () => Promise.reject(new Error('nobody asks')),
      movedAt: async () => null,
      start: () => {},
      stop: async () => {},
    };
    host = await openHost(sqlite, { override: [[SearchForms, forms]] });
  });
  after(() => host.close());

  it('lets searches follow once it is committed, published or rolled back to, and not where it is not', async () => {
    const versions = host.host.resolve(MappingVersions);
    const acme = await host.host.resolve(Connections).byCode(host.database, 'default');
    const publish = (text: string, fails = false) =>
      host.database.transaction(async (tx) => {
        await versions.publish(tx, acme, documentSaying(text), { author: 'anna' }, host.now());
        expect(kicks).to.equal(0);
        if (fails) throw new Error('changed my mind');
      });
    await publish('one', true).catch(() => {});
    expect(kicks).to.equal(0);
    await publish('one');
    expect(kicks).to.equal(1);
    await host.database.transaction((tx) => versions.rollback(tx, acme, 0, { author: 'anna' }, host.now()));
    expect(kicks).to.equal(2);
  });
});
