import { createHash } from 'node:crypto';
import type { Connection } from '../../connection/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { SamlAttention } from '../attention.ts';
import type { MetadataReport } from './idp-metadata.ts';

const dayOf = (now: Date): string => sqlTimestamp(now).slice(0, 10).replaceAll('-', '');

/** What became of certificates, in sentences. */
export const tellCertificates = ({ trusted, offered, vanished }: MetadataReport): string[] => [
  ...trusted.map(({ fingerprint, subject }) => `Trusted: ${fingerprint} (${subject}).`),
  ...offered.map(({ fingerprint, subject }) => `Offered, not trusted: ${fingerprint} (${subject}).`),
  ...vanished.map((fingerprint) => `Trusted, and not in the metadata any more: ${fingerprint}.`),
];

/** That refreshed metadata says something that an administrator has to look at. */
export function changeOf(connection: Connection, report: MetadataReport, now: Date): SamlAttention {
  const { code } = connection;
  const [first] = report.offered;
  const differing = report.applied ? [] : report.facts.map(({ attribute }) => `Different: ${attribute}.`);
  const digest = createHash('sha256').update(JSON.stringify(report)).digest('hex').slice(0, 12);
  return {
    connection,
    occasion: `saml:metadata:${connection.id}:${dayOf(now)}:${digest}`,
    title: `The SAML metadata of ${connection.name} has changed`,
    message: [...tellCertificates(report), ...differing].join(' '),
    cure: first
      ? `saml:certificate:trust ${first.fingerprint.slice(0, 16)} --connection ${code}`
      : report.applied
        ? `saml:show ${code}`
        : `saml:metadata:take-over --connection ${code}`,
  };
}

/** That metadata can't be refreshed. */
export const problemOf = (connection: Connection, problem: string, now: Date): SamlAttention => ({
  connection,
  occasion: `saml:refresh:${connection.id}:${dayOf(now)}`,
  title: `The SAML metadata of ${connection.name} can't be refreshed`,
  message: problem,
  cure: `saml:metadata:refresh --connection ${connection.code}`,
});
