import type { Connection } from '../../connection/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { SamlAttention } from '../attention.ts';
import type { EndingCertificate } from './ending.ts';

const day = 86_400_000;

function spanOf(milliseconds: number): string {
  if (milliseconds <= 0) return 'has ended';
  const days = Math.floor((milliseconds + 1_000) / day);
  return days === 0 ? 'ends in less than a day' : days === 1 ? 'ends in a day' : `ends in ${days} days`;
}

/** What an administrator is told of a certificate that ends soon. */
export function warningOf(ending: EndingCertificate, connection: Connection, now: Date): SamlAttention {
  const { whose, fingerprint, subject, notAfter, days } = ending;
  const span = spanOf(notAfter.getTime() - now.getTime());
  const until = `at ${sqlTimestamp(notAfter)} UTC`;
  const { code, name } = connection;
  const occasion = `saml:${whose}:${fingerprint.slice(0, 32)}:${connection.id}:${days}`;
  if (whose === 'ours')
    return {
      connection,
      occasion,
      title: `Our SAML certificate for ${name} ${span}`,
      message: `Our certificate ${fingerprint.slice(0, 16)} for the connection "${code}" ${span}, ${until}. Identity providers that look at its end will refuse our requests then.`,
      cure: `saml:key:rotate start --connection ${code}`,
    };
  return {
    connection,
    occasion,
    title: `The SAML certificate of ${name} ${span}`,
    message: `The certificate ${fingerprint.slice(0, 16)} (${subject}) that the identity provider of "${code}" signs with ${span}, ${until}, and no other is trusted. Ask there for the next one.`,
    cure: `saml:metadata:refresh --connection ${code}`,
  };
}
