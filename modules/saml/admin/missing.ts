import type { SamlConfiguration } from '../provider/configuration.ts';

/** Something without which nobody can log in, and what to do about it. */
export interface Missing {
  readonly what: string;
  readonly cure: string;
  /** Where the cure is, on the page of the tab or elsewhere. */
  readonly href: string;
}

/** What stands between a connection and its first login; empty where nothing does but the switch. */
export function missingFrom(
  { connection, idp, certificates }: Pick<SamlConfiguration, 'connection' | 'idp' | 'certificates'>,
  now: Date,
): readonly Missing[] {
  const missing: Missing[] = [];
  if (!connection.active)
    missing.push({
      what: 'The connection is paused.',
      cure: 'Resume it.',
      href: `/admin/connections/${connection.code}/policies`,
    });
  if (!idp) {
    missing.push({
      what: 'Nothing is known of the identity provider.',
      cure: 'Give its metadata.',
      href: '#metadata',
    });
    return missing;
  }
  if (idp.ssoUrls.redirect === undefined && idp.ssoUrls.post === undefined)
    missing.push({
      what: 'The identity provider has no address for logins.',
      cure: 'Give its metadata, or its single sign-on URL.',
      href: '#metadata',
    });
  const trusted = certificates.filter(({ state }) => state === 'trusted');
  const offered = certificates.some(({ state }) => state === 'offered');
  if (trusted.length === 0)
    missing.push({
      what: 'No certificate of the identity provider is trusted.',
      cure: offered ? 'Compare the offered one with its console and trust it.' : 'Add the one that it signs with.',
      href: '#certificates',
    });
  else if (trusted.every(({ notAfter }) => notAfter <= now))
    missing.push({
      what: 'Every trusted certificate of the identity provider has ended.',
      cure: 'Ask for the one that it signs with now, and trust it.',
      href: '#certificates',
    });
  return missing;
}
