import { action, confirmation, page } from '../../admin/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { HttpError } from '../../framework/index.ts';
import { SamlCertificates } from '../provider/certificate/certificates.ts';
import { actedOn, tabPath } from './back.ts';
import { shownFingerprint } from './expiry.tsx';
import { heldConfiguration, samlServices } from './page.tsx';

const acl = 'saml::manage';

/** One that is known by its fingerprint, or a new one as a text. */
export const trustCertificate = action('/admin/connections/:code/saml/certificates/trust', {
  acl,
  fresh: true,
  inject: { certificates: SamlCertificates },
  perform: (visit, { certificates }) =>
    actedOn(visit, async (code) => {
      await certificates.trust(code, visit.form.get('certificate')?.trim() ?? '', actorOfVisit(visit));
      return 'The certificate is trusted: what it signs is believed.';
    }),
});

const path = '/admin/connections/:code/saml/certificates/:fingerprint/distrust';

export const distrustPage = page(path, {
  acl,
  inject: samlServices,
  async view(visit, given) {
    const { connection, certificates } = await heldConfiguration(visit, given);
    const certificate = certificates.find(({ fingerprint }) => fingerprint === visit.params.fingerprint);
    if (!certificate) throw new HttpError(404, 'NOT_FOUND', 'This connection knows no such certificate.');
    const others = certificates.filter(
      (other) => other.state === 'trusted' && other.fingerprint !== certificate.fingerprint,
    );
    return confirmation({
      title: `Distrust the certificate of ${certificate.subject}?`,
      action: `/admin/connections/${connection.code}/saml/certificates/${certificate.fingerprint}/distrust`,
      confirm: 'Distrust Certificate',
      back: tabPath(connection.code),
      children: (
        <>
          <p>What it signs is refused, within 5 seconds, and refreshed metadata does not offer it again.</p>
          {certificate.state === 'trusted' && others.length === 0 && (
            <p>
              <strong>It is the only one that is trusted: nobody can log in then.</strong>
            </p>
          )}
          <p class="code">{shownFingerprint(certificate.fingerprint)}</p>
          <p>You can trust it again at any time.</p>
        </>
      ),
    });
  },
});

export const distrustCertificate = action(path, {
  acl,
  inject: { certificates: SamlCertificates },
  perform: (visit, { certificates }) =>
    actedOn(visit, async (code) => {
      await certificates.distrust(code, visit.params.fingerprint ?? '', actorOfVisit(visit));
      return 'The certificate is not trusted any more.';
    }),
});
