import { type Command, command, Database, type OptionDeclaration, UsageError } from '../../framework/index.ts';
import type { IdpFacts } from '../provider/idp-facts.ts';
import type { ClaimRow, Endpoints, SamlSettings } from '../provider/provider.ts';
import { type SamlChanges, SamlProviders } from '../provider/providers.ts';
import {
  samlChoiceNames,
  samlChoices,
  samlSwitches,
  samlSwitchNames,
  samlTextNames,
  samlTexts,
} from '../provider/setting-words.ts';
import { SamlSettingsError } from '../provider/settings-error.ts';
import { actor, connection, readGiven } from './given-file.ts';
import { changedPage } from './shown.ts';

const onOrOff = (describe: string) => ({ type: 'string', describe, choices: ['on', 'off'] }) as const;
const text = (describe: string) => ({ type: 'string', describe }) as const;

/** An option for each setting that is named in words. */
const settingOptions: Readonly<Record<string, OptionDeclaration>> = Object.fromEntries([
  ...samlSwitchNames.map((name) => {
    const { label, describe } = samlSwitches[name];
    return [name, onOrOff(`${label}: ${describe}`)] as const;
  }),
  ...samlChoiceNames.map((name) => {
    const { label, describe, values } = samlChoices[name];
    return [name, { type: 'string', describe: `${label}: ${describe}`, choices: values }] as const;
  }),
  ...samlTextNames.map(
    (name) => [name, text(`${samlTexts[name].label}: ${samlTexts[name].describe}; or none`)] as const,
  ),
]);

/** Addresses of an identity provider without metadata, by where they stand in its facts. */
const endpointOptions = {
  ssoUrl: { facts: 'ssoUrls', binding: 'redirect', describe: 'Its address for logins (redirect binding)' },
  ssoPostUrl: { facts: 'ssoUrls', binding: 'post', describe: 'Its address for logins (post binding)' },
  sloUrl: { facts: 'sloUrls', binding: 'redirect', describe: 'Its address for logouts (redirect binding)' },
  sloPostUrl: { facts: 'sloUrls', binding: 'post', describe: 'Its address for logouts (post binding)' },
} as const;

const options = {
  connection,
  on: onOrOff('SAML of this connection'),
  ...settingOptions,
  claims: text('File with a JSON list of {"claim", "path"}, - for standard input, or none for the built-in table'),
  redirects: text('Where browsers may be sent after a login: URLs with commas, prefixes end in "/"; or none'),
  entityId: text('Entity ID of an identity provider without metadata'),
  ...(Object.fromEntries(
    Object.entries(endpointOptions).map(([name, { describe }]) => [name, text(`${describe}, or none`)]),
  ) as Record<keyof typeof endpointOptions, ReturnType<typeof text>>),
  metadataUrl: text('Where its metadata is refreshed from, or none'),
  metadataCertificate: text('File with the certificate that its metadata has to be signed with, or none'),
} as const;

type Given = Readonly<Record<string, unknown>>;

const orNull = (value: unknown): string | null => (value === 'none' ? null : String(value));

async function settingsFrom(given: Given): Promise<Partial<SamlSettings>> {
  const said = <N extends string>(names: readonly N[], read: (value: unknown) => unknown) =>
    Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, read(given[name])]));
  return {
    ...said(samlSwitchNames, (value) => value === 'on'),
    ...said(samlChoiceNames, (value) => value),
    ...said(samlTextNames, orNull),
    ...said(['redirects'], (value) =>
      value === 'none'
        ? []
        : String(value)
            .split(',')
            .map((one) => one.trim())
            .filter((one) => one !== ''),
    ),
    ...(given.claims === undefined ? {} : { claims: await readClaims(String(given.claims)) }),
  };
}

async function readClaims(file: string): Promise<readonly ClaimRow[]> {
  if (file === 'none') return [];
  const content = await readGiven(file);
  const refuse = (): never => {
    throw new SamlSettingsError('claims', `${file} holds no list of {"claim": "…", "path": "…"}.`);
  };
  try {
    const rows: unknown = JSON.parse(content);
    return Array.isArray(rows) ? rows.map(({ claim, path }) => ({ claim, path })) : refuse();
  } catch {
    return refuse();
  }
}

/** The facts that options name; each list of addresses is whole, because a change replaces it. */
function factsFrom(given: Given, before: IdpFacts | undefined): Partial<IdpFacts> | undefined {
  const lists: { ssoUrls?: Endpoints; sloUrls?: Endpoints } = {};
  for (const [name, { facts, binding }] of Object.entries(endpointOptions)) {
    if (given[name] === undefined) continue;
    const { [binding]: _, ...others } = lists[facts] ?? before?.[facts] ?? {};
    const url = orNull(given[name]);
    lists[facts] = url === null ? others : { ...others, [binding]: url };
  }
  const entityId = given.entityId === undefined ? {} : { entityId: String(given.entityId) };
  const facts = { ...entityId, ...lists };
  return Object.keys(facts).length === 0 ? undefined : facts;
}

const set = command('saml:set', {
  describe: 'Switch SAML of a connection on, change its settings, or say by hand what its identity provider is',
  options,
  inject: { database: Database, providers: SamlProviders },
  async run(given, { database, providers }) {
    const named = Object.keys(given).filter(
      (name) => name !== 'connection' && given[name as keyof typeof given] !== undefined,
    );
    if (named.length === 0)
      throw new UsageError('Say what to change, such as --on on or --name-id-format persistent; --help lists it all.');
    const settings = await settingsFrom(given);
    const before = await providers.configuration(database, given.connection);
    const idp = factsFrom(given, before.idp);
    const changes: SamlChanges = {
      settings,
      ...(given.on === undefined ? {} : { on: given.on === 'on' }),
      ...(idp ? { idp } : {}),
      ...(given.metadataUrl === undefined ? {} : { metadataUrl: orNull(given.metadataUrl) }),
      ...(given.metadataCertificate === undefined
        ? {}
        : {
            metadataCertificate:
              given.metadataCertificate === 'none' ? null : await readGiven(given.metadataCertificate),
          }),
    };
    return providers.change(given.connection, changes, actor);
  },
  print: (shown) => changedPage(shown),
});

/** The command that changes settings. */
export const setCommands: readonly Command[] = [set];
