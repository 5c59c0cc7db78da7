import { Card, DefinitionList } from '../../../admin/index.ts';
import type { Database, Environment } from '../../../framework/index.ts';
import type { Storefronts } from '../../../store/index.ts';
import { scimBaseUrl } from '../../first-start.ts';
import type { ConnectionPolicy } from '../../policy/policy.ts';
import { policySwitches, switchedOff } from '../../policy/policy-words.ts';
import type { BearerToken } from '../../token.ts';
import { providerOf } from '../identity-provider.ts';
import type { Held } from './held-link.tsx';
import type { SetupFact, SetupFacts } from './setup-facts.ts';

export interface SettingsSources {
  readonly database: Database;
  readonly environment: Environment;
  readonly storefronts: Storefronts;
  readonly facts: readonly SetupFacts[];
}

const deactivations: Readonly<Record<ConnectionPolicy['deactivation'], string>> = {
  flag: 'marks the customer as inactive',
  lock: 'takes the right to log in',
  'end-sessions': 'takes the right to log in and ends sessions',
};
const deletions: Readonly<Record<ConnectionPolicy['deletion'], string>> = {
  deactivate: 'deactivates the customer and keeps the rest',
  anonymise: 'takes everything personal out of the customer',
  delete: 'removes the customer; orders stay',
};

const guardWords = ({ guard, guardPercent, guardAtLeast, guardMost }: ConnectionPolicy): string =>
  guard
    ? `Deactivations and deletions are held for the store's word above ${guardPercent} % of the customers within an hour (never up to ${guardAtLeast}, always above ${guardMost})`
    : 'Off';

/** How the connection is set up, as an identity administrator may know it. */
export async function settingsOf(
  { database, environment, storefronts, facts }: SettingsSources,
  { connection, link }: Held,
  tokens: readonly BearerToken[],
): Promise<readonly SetupFact[]> {
  const { policy } = connection;
  const provider = providerOf(connection.profile);
  const off = switchedOff(policy);
  const on = (Object.keys(policySwitches) as (keyof typeof policySwitches)[])
    .map((name) => policySwitches[name].label)
    .filter((label) => !off.includes(label));
  const mine = tokens.find(({ publicId }) => publicId === link.tokenPublicId);
  const others = await Promise.all(facts.map((source) => source.of(database, connection)));
  return [
    ['Store', (await storefronts.of(connection.websiteId)).name],
    ['Connection', `${connection.name} (${connection.code})`],
    ['Identity provider', provider.name],
    [provider.baseUrl, scimBaseUrl(environment.baseUrl)],
    [provider.token, mine ? `vsb_${mine.publicId}_… (${mine.name})` : 'none was made with this link'],
    ['Token expires', mine ? (mine.expiresAt ?? 'never') : '–'],
    ['Switched on', on.join(', ') || 'nothing'],
    ['Switched off', off.join(', ') || 'nothing'],
    ['Deactivating a user', deactivations[policy.deactivation]],
    ['Deleting a user', deletions[policy.deletion]],
    ['Users in scope', policy.scope ?? 'everybody who is assigned'],
    ['Mass-deprovision guard', guardWords(policy)],
    ...others.flat(),
  ];
}

export const SettingsCard = ({ settings }: { settings: readonly SetupFact[] }) => (
  <Card title="Settings">
    <DefinitionList items={settings} />
  </Card>
);
