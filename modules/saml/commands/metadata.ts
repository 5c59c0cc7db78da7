import { type Command, command, UsageError } from '../../framework/index.ts';
import { IdpMetadata } from '../metadata/idp-metadata.ts';
import { actor, connection, readGiven } from './given-file.ts';
import { reportPage } from './shown.ts';

const importMetadata = command('saml:metadata:import', {
  describe: "Take over an identity provider's metadata; its certificates are trusted from now on",
  options: {
    connection,
    file: { type: 'string', describe: 'File with the metadata, or - for standard input' },
    url: { type: 'string', describe: 'Address of the metadata; it is refreshed from there' },
    entityId: { type: 'string', describe: 'Which identity provider, where the metadata has several' },
  },
  inject: { metadata: IdpMetadata },
  async run({ connection: code, file, url, entityId }, { metadata }) {
    if ((file === undefined) === (url === undefined)) throw new UsageError('Say one of --file and --url.');
    const source = url === undefined ? { text: await readGiven(file ?? '-') } : { url };
    return metadata.import(code, { ...source, entityId }, actor);
  },
  print: (report, given) => reportPage(report, given.connection),
});

const refresh = command('saml:metadata:refresh', {
  describe: "Read an identity provider's metadata again; what is new is offered, and trusted by nobody but you",
  options: { connection },
  inject: { metadata: IdpMetadata },
  run: (given, { metadata }) => metadata.refresh(given.connection, actor),
  print: (report, given) => reportPage(report, given.connection),
});

const takeOver = command('saml:metadata:take-over', {
  describe: 'Take over the addresses that refreshed metadata has offered',
  options: { connection },
  inject: { metadata: IdpMetadata },
  async run(given, { metadata }) {
    await metadata.takeOver(given.connection, actor);
    return { connection: given.connection };
  },
  print: () => 'The offered addresses are in effect. Running servers follow within 5 seconds.',
});

/** Commands about an identity provider's metadata. */
export const metadataCommands: readonly Command[] = [importMetadata, refresh, takeOver];
