import { action, redirect } from '../../admin/index.ts';
import { actorOfVisit } from '../../connection/index.ts';
import { SamlError } from '../error.ts';
import { SamlCertificates } from '../provider/certificate/certificates.ts';
import type { Endpoints } from '../provider/provider.ts';
import { SamlSettingsError } from '../provider/settings-error.ts';
import { tabPath } from './back.ts';
import { heldConfiguration, partScreen, samlServices } from './page.tsx';
import { type ProviderErrors, type ProviderFields, sentProvider } from './provider-form.tsx';
import { SetUp } from './set-up.tsx';

const missing = ({ entityId, sso }: ProviderFields): ProviderErrors => ({
  ...(entityId === '' ? { idpEntityId: 'Copy the issuer or entity ID from the console.' } : {}),
  ...(sso === '' ? { idpSso: 'Copy the single sign-on URL from the console.' } : {}),
});

const fieldOf: Readonly<Record<string, keyof ProviderErrors>> = {
  entityId: 'idpEntityId',
  ssoUrls: 'idpSso',
  sloUrls: 'idpSlo',
};

function errorsOf(error: SamlError): ProviderErrors {
  if (error.code === 'SAML_CERTIFICATE_INVALID') return { idpCertificate: error.message };
  const field = error instanceof SamlSettingsError ? fieldOf[error.field] : undefined;
  return { [field ?? 'idpEntityId']: error.message };
}

/** A typed address is taken for both bindings, since consoles show one; what is known already stays as it is. */
const endpoints = (known: Endpoints | undefined, url: string): Endpoints => {
  if (url === '') return {};
  return known && (known.redirect === url || known.post === url) ? known : { redirect: url, post: url };
};

/** Sets what was typed of the identity provider. The certificate counts from then on. */
export const saveProvider = action('/admin/connections/:code/saml/provider', {
  acl: 'saml::manage',
  fresh: true,
  inject: { ...samlServices, certificates: SamlCertificates },
  async perform(visit, { certificates, ...given }) {
    const held = await heldConfiguration(visit, given);
    const { code } = held.connection;
    const fields = sentProvider(visit.form);
    const again = (providerErrors: ProviderErrors) =>
      partScreen(
        held,
        'setup',
        <SetUp held={held} now={given.clock.now()} typed={{ provider: fields, providerErrors }} />,
        422,
      );
    const errors = missing(fields);
    if (Object.keys(errors).length > 0) return again(errors);
    const actor = actorOfVisit(visit);
    try {
      const idp = {
        entityId: fields.entityId,
        ssoUrls: endpoints(held.idp?.ssoUrls, fields.sso),
        sloUrls: endpoints(held.idp?.sloUrls, fields.slo),
      };
      await given.providers.change(code, { idp }, actor);
      // An identity provider that changes takes the trust in the old one's certificates along: this comes after it.
      if (fields.certificate !== '') await certificates.trust(code, fields.certificate, actor);
      return redirect(tabPath(code), { done: 'You saved the configuration. Running servers follow within 5 seconds.' });
    } catch (error) {
      if (!(error instanceof SamlError)) throw error;
      return again(errorsOf(error));
    }
  },
});
