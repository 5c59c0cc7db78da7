import { sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { putCertificate } from '../provider/certificate/states.ts';
import type { CertificateState } from '../provider/configuration.ts';
import type { TrustedCertificate } from '../provider/provider.ts';
import type { MetadataReport } from './idp-metadata.ts';

interface Held {
  fingerprint: string;
  state: CertificateState;
  missing_since: string | null;
}

/** What became of certificates. */
export interface TakenCertificates extends Pick<MetadataReport, 'trusted' | 'offered' | 'vanished' | 'notes'> {
  /** Those of `vanished` that were listed the last time. */
  readonly justVanished: readonly string[];
}

/**
 * Brings the certificates of a connection in line with those that metadata lists. New ones get the state `asNew`, and so
 * do offered ones if that is `trusted`; distrusted ones stay so; trusted ones that are not listed are marked, and stay.
 */
export async function takeCertificates(
  tx: Transaction,
  connectionId: number,
  listed: readonly TrustedCertificate[],
  asNew: 'trusted' | 'offered',
  now: Date,
): Promise<TakenCertificates> {
  const held = await tx.all<Held>(
    sql`SELECT fingerprint, state, missing_since FROM {vestibule_saml_certificate} WHERE connection_id = ${connectionId}`,
  );
  const stateOf = new Map(held.map(({ fingerprint, state }) => [fingerprint, state]));
  const news = listed.filter((each) => {
    const state = stateOf.get(each.fingerprint);
    return state === undefined || (state === 'offered' && asNew === 'trusted');
  });
  const ended = news.filter(({ notAfter }) => notAfter <= now);
  const fresh = news.filter(({ notAfter }) => notAfter > now);
  for (const certificate of fresh) await putCertificate(tx, connectionId, certificate, asNew, now);
  const names = new Set(listed.map(({ fingerprint }) => fingerprint));
  const vanished = held.filter(({ fingerprint, state }) => state === 'trusted' && !names.has(fingerprint));
  for (const { fingerprint, missing_since } of held) {
    const missing = !names.has(fingerprint);
    if (missing === (missing_since !== null)) continue;
    tx.later(
      sql`UPDATE {vestibule_saml_certificate} SET missing_since = ${missing ? sqlTimestamp(now) : null} WHERE connection_id = ${connectionId} AND fingerprint = ${fingerprint}`,
    );
  }
  const distrusted = listed.filter(({ fingerprint }) => stateOf.get(fingerprint) === 'distrusted');
  return {
    trusted: asNew === 'trusted' ? fresh : [],
    offered: asNew === 'offered' ? fresh : [],
    vanished: vanished.map(({ fingerprint }) => fingerprint),
    justVanished: vanished.filter((each) => each.missing_since === null).map(({ fingerprint }) => fingerprint),
    notes: [
      ...ended.map(
        ({ fingerprint, notAfter }) =>
          `The certificate ${fingerprint.slice(0, 16)} was left out: it ended at ${sqlTimestamp(notAfter)} UTC.`,
      ),
      ...distrusted.map(
        ({ fingerprint }) => `The certificate ${fingerprint.slice(0, 16)} is listed, and stays distrusted.`,
      ),
    ],
  };
}
