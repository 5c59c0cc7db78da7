import type { Connection } from '../connection.ts';
import { type ExpiryWarning, warningOf } from '../expiry/warning.ts';
import type { ConnectionPolicy } from '../policy/policy.ts';
import {
  type PolicyChoice,
  type PolicySwitch,
  policyChoices,
  policySwitches,
  switchedOff,
} from '../policy/policy-words.ts';
import type { BearerToken } from '../token.ts';
import { type ListedToken, tokenLine } from './shown-token.ts';

/** A connection, and what its administrator should look after. */
export type WatchedConnection = Connection & { readonly warnings: readonly TokenWarning[] };

export interface TokenWarning extends ExpiryWarning {
  /** Public id of the token. */
  readonly token: string;
  readonly expiresAt: string | null;
}

/** Puts the warnings of tokens to their connections. */
export const withWarnings = (
  connections: readonly Connection[],
  tokens: readonly BearerToken[],
  now: Date,
): readonly WatchedConnection[] =>
  connections.map((connection) => ({
    ...connection,
    warnings: tokens.flatMap((token) => {
      const warning = token.connectionId === connection.id ? warningOf(token, connection.code, now) : undefined;
      return warning ? [{ token: token.publicId, expiresAt: token.expiresAt, ...warning }] : [];
    }),
  }));

/** One line of a list. */
export function lineOf(c: Connection): string {
  const off = switchedOff(c.policy);
  return `${c.code.padEnd(20)} ${c.profile.padEnd(14)} website ${c.websiteId}  ${c.active ? 'on    ' : 'paused'}  groups ${c.groups.padEnd(6)}  ${c.name}${off.length > 0 ? `  (off: ${off.join(', ')})` : ''}`;
}

/** For a change that was just made. */
export const followsSoon = (changed: Connection): string =>
  `${lineOf(changed)}\nRunning servers follow within 5 seconds.`;

const rateOf = (perSecond: number | null): string =>
  perSecond === null
    ? 'as configured (connection/limits/requests_per_second)'
    : perSecond === 0
      ? 'no limit'
      : `${perSecond} a second`;

const anyOr = (entries: readonly string[]): string => (entries.length === 0 ? 'any' : entries.join(', '));

const holdsOf = ({ guardPercent, guardAtLeast, guardMost }: ConnectionPolicy): string =>
  `above ${guardPercent} % of the active customers within an hour, but never up to ${guardAtLeast} and always above ${guardMost}`;

/** All of a connection, a line for each thing. */
export function pageOf(
  shown: Connection & { readonly baseUrl: string; readonly tokens: readonly ListedToken[] },
): string {
  const { policy, tokens } = shown;
  const lines: readonly (readonly [string, string])[] = [
    ['Connection', `${shown.code} (${shown.name}), ${shown.active ? 'on' : 'paused: connection:resume'}`],
    ['Profile', shown.profile],
    ['Website', String(shown.websiteId)],
    ['SCIM Base URL', shown.baseUrl],
    ...(Object.keys(policySwitches) as PolicySwitch[]).map(
      (name) => [policySwitches[name].label, policy[name] ? 'on' : 'off'] as const,
    ),
    ['Guard holds', holdsOf(policy)],
    ['Customers nobody manages', shown.match],
    ['Verified domains', anyOr(policy.verifiedDomains)],
    ...(Object.keys(policyChoices) as PolicyChoice[]).map((name) => [policyChoices[name].label, policy[name]] as const),
    ['Accept passwords', policy.passwords ? 'on' : 'off'],
    ['Users in scope', policy.scope ?? 'all'],
    ['Customer group of new ones', policy.defaultGroup ?? "the store's default"],
    ['Customer groups', shown.groups],
    ['Addresses', anyOr(policy.addresses)],
    ['Requests', rateOf(policy.requestsPerSecond)],
  ];
  return [
    ...lines.map(([label, value]) => `${`${label}:`.padEnd(30)} ${value}`),
    ...tokens.map((token) => `Token ${tokenLine(token)}`),
    ...tokens.flatMap(({ warning }) => (warning ? [`! ${warning.message}`] : [])),
  ].join('\n');
}
