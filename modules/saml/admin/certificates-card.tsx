import { X509Certificate } from 'node:crypto';
import {
  ActionButton,
  Badge,
  Button,
  Card,
  Empty,
  Form,
  LinkButton,
  Moment,
  TextAreaField,
  type Tone,
  usePage,
} from '../../admin/index.ts';
import { keyWords } from '../provider/certificate/key-strength.ts';
import type { CertificateState, KnownCertificate, SamlConfiguration } from '../provider/configuration.ts';
import { Expiry, shownFingerprint } from './expiry.tsx';

const words: Readonly<Record<CertificateState, readonly [Tone, string]>> = {
  trusted: ['good', 'Trusted'],
  offered: ['warn', 'Offered, not trusted'],
  distrusted: ['neutral', 'Not trusted'],
};

function Row({ certificate, code, now }: { certificate: KnownCertificate; code: string; now: Date }) {
  const { visit } = usePage();
  const { fingerprint, state, subject, pem, notAfter, missingSince } = certificate;
  const [tone, word] = words[state];
  const at = `/admin/connections/${code}/saml/certificates`;
  return (
    <li class={state === 'distrusted' ? 'is-over' : undefined}>
      <div>
        <p>
          <strong>{subject}</strong> <Badge tone={tone}>{word}</Badge>
        </p>
        <p class="muted">
          {keyWords(new X509Certificate(pem).publicKey)} · <Expiry notAfter={notAfter} now={now} />
          {missingSince !== null && (
            <>
              {' '}
              · not in the metadata since <Moment at={missingSince} />
            </>
          )}
        </p>
        <details>
          <summary>SHA-256 fingerprint</summary>
          <p class="code">{shownFingerprint(fingerprint)}</p>
        </details>
      </div>
      {visit.may('saml::manage') && (
        <div class="button-pair">
          {state !== 'trusted' && notAfter > now && (
            <ActionButton action={`${at}/trust`} fields={{ certificate: fingerprint }}>
              {state === 'offered' ? 'Trust' : 'Trust Again'}
              <span class="visually-hidden"> {subject}</span>
            </ActionButton>
          )}
          {state !== 'distrusted' && (
            <LinkButton href={`${at}/${fingerprint}/distrust`} look="danger">
              Distrust<span class="visually-hidden"> {subject}</span>
            </LinkButton>
          )}
        </div>
      )}
    </li>
  );
}

const order: readonly CertificateState[] = ['offered', 'trusted', 'distrusted'];

/** The identity provider's certificates: whose signatures count, and which wait for a word. */
export function CertificatesCard({ held, now }: { held: SamlConfiguration; now: Date }) {
  const { visit } = usePage();
  const { certificates, connection } = held;
  const sorted = certificates.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <Card title="Certificates of the identity provider" id="certificates">
      {sorted.length === 0 ? (
        <Empty title="No certificate yet" icon="shield">
          They come with the metadata. Without a trusted one no login is accepted.
        </Empty>
      ) : (
        <ul class="token-list">
          {sorted.map((certificate) => (
            <Row key={certificate.fingerprint} certificate={certificate} code={connection.code} now={now} />
          ))}
        </ul>
      )}
      {visit.may('saml::manage') && (
        <details class="more">
          <summary>Add a certificate</summary>
          <Form action={`/admin/connections/${connection.code}/saml/certificates/trust`} label="Add a certificate">
            <TextAreaField
              name="certificate"
              label="Certificate"
              rows={5}
              code
              help="As PEM or base64, as the console of the identity provider shows it: RSA with 2048 bits or more, or EC on P-256 or larger. Signatures of it count at once."
            />
            <Button>Trust This Certificate</Button>
          </Form>
        </details>
      )}
    </Card>
  );
}
