import { sqlTimestamp } from '../../framework/index.ts';
import type { MetadataReport } from '../metadata/idp-metadata.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';
import type { Endpoints } from '../provider/provider.ts';
import {
  samlChoiceNames,
  samlChoices,
  samlSwitches,
  samlSwitchNames,
  samlTextNames,
  samlTexts,
} from '../provider/setting-words.ts';

const addresses = ({ redirect, post, soap }: Endpoints): string =>
  [
    ...(redirect === undefined ? [] : [`${redirect} (redirect)`]),
    ...(post === undefined ? [] : [`${post} (post)`]),
    ...(soap === undefined ? [] : [`${soap} (soap)`]),
  ].join(', ') || 'none';

const until = (date: Date): string => `until ${sqlTimestamp(date)} UTC`;

/** All of a connection's SAML half, a line for each thing. */
export function pageOf(shown: SamlConfiguration): string {
  const { connection, settings, idp, source } = shown;
  const lines: readonly (readonly [string, string])[] = [
    ['Connection', `${connection.code} (${connection.name})${connection.active ? '' : ', paused: connection:resume'}`],
    ['SAML', shown.on ? 'on' : `off: saml:set --connection ${connection.code} --on on`],
    ['Our Entity ID', shown.entityId],
    ['Our ACS URL', shown.acsUrl],
    ['Our Logout URL', shown.logoutUrl],
    ['Our Metadata', shown.metadataUrl],
    ['Start of a Login', shown.loginUrl],
    ['Identity Provider', idp?.entityId ?? `not known yet: saml:metadata:import --connection ${connection.code}`],
    ...(idp
      ? [
          ['Its Logins', addresses(idp.ssoUrls)] as const,
          ['Its Logouts', addresses(idp.sloUrls)] as const,
          ['Its Metadata', source.url ?? 'given as a file'] as const,
        ]
      : []),
    ...samlSwitchNames.map((name) => [samlSwitches[name].label, settings[name] ? 'on' : 'off'] as const),
    ...samlChoiceNames.map((name) => [samlChoices[name].label, settings[name]] as const),
    ...samlTextNames.map((name) => [samlTexts[name].label, settings[name] ?? 'none'] as const),
    ['Claims', settings.claims.map(({ claim, path }) => `${claim} → ${path}`).join(', ') || 'the built-in table'],
    ['Return Addresses', settings.redirects.join(', ') || 'none'],
  ];
  return [
    ...lines.map(([label, value]) => `${`${label}:`.padEnd(46)} ${value}`),
    ...shown.keys.map(({ state, fingerprint, notAfter }) => `Our key ${fingerprint}  ${state}  ${until(notAfter)}`),
    ...shown.certificates.map(
      ({ fingerprint, state, subject, notAfter, missingSince }) =>
        `Certificate ${fingerprint}  ${state}  ${until(notAfter)}  ${subject}${missingSince === null ? '' : `  not in the metadata since ${missingSince} UTC`}`,
    ),
    ...(shown.offered
      ? [`! The metadata says something else now: saml:metadata:take-over --connection ${connection.code}`]
      : []),
    ...(source.problem === null ? [] : [`! ${source.problem}`]),
  ].join('\n');
}

const followsSoon = 'Running servers follow within 5 seconds.';

/** For a change that was just made. */
export const changedPage = (shown: SamlConfiguration): string => `${pageOf(shown)}\n${followsSoon}`;

/** What metadata changed or offers. */
export function reportPage(report: MetadataReport, code: string): string {
  const { entityId, trusted, offered, vanished, facts, applied, signedBy, notes } = report;
  const nothing = trusted.length + offered.length + vanished.length + facts.length === 0;
  return [
    `Identity provider ${entityId}${signedBy === null ? '' : `, metadata signed by ${signedBy.slice(0, 16)}`}: ${nothing ? 'nothing new' : applied ? 'taken over' : 'something new waits for you'}.`,
    ...trusted.map(({ fingerprint, subject }) => `Trusted from now on: ${fingerprint}  ${subject}`),
    ...offered.map(
      ({ fingerprint, subject }) =>
        `Offered: ${fingerprint}  ${subject}\n  saml:certificate:trust ${fingerprint.slice(0, 16)} --connection ${code}`,
    ),
    ...vanished.map((fingerprint) => `Trusted, but not listed any more: ${fingerprint}`),
    ...facts.map(({ attribute, after }) => `${applied ? 'Now' : 'Offered'}: ${attribute} = ${JSON.stringify(after)}`),
    ...(!applied && facts.length > 0 ? [`  saml:metadata:take-over --connection ${code}`] : []),
    ...notes,
    ...(applied && !nothing ? [followsSoon] : []),
  ].join('\n');
}
