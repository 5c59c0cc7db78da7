import { Button, Form, FormButtons, FormErrors, TextAreaField, TextField } from '../../admin/index.ts';
import type { SamlConfiguration } from '../provider/configuration.ts';

/** What is typed where there is no metadata. */
export interface ProviderFields {
  readonly entityId: string;
  readonly sso: string;
  readonly slo: string;
  readonly certificate: string;
}
export type ProviderErrors = Partial<Record<'idpEntityId' | 'idpSso' | 'idpSlo' | 'idpCertificate', string>>;

export const knownProvider = ({ idp }: SamlConfiguration): ProviderFields => ({
  entityId: idp?.entityId ?? '',
  sso: idp?.ssoUrls.redirect ?? idp?.ssoUrls.post ?? '',
  slo: idp?.sloUrls.redirect ?? idp?.sloUrls.post ?? '',
  certificate: '',
});

export const sentProvider = (form: URLSearchParams): ProviderFields => ({
  entityId: form.get('idpEntityId')?.trim() ?? '',
  sso: form.get('idpSso')?.trim() ?? '',
  slo: form.get('idpSlo')?.trim() ?? '',
  certificate: form.get('idpCertificate')?.trim() ?? '',
});

/** The identity provider's values as its console shows them one by one. */
export function ProviderForm(given: { code: string; fields: ProviderFields; errors: ProviderErrors }) {
  const { code, fields, errors } = given;
  return (
    <Form
      action={`/admin/connections/${code}/saml/provider`}
      id="provider-form"
      label="Values of the identity provider"
    >
      <FormErrors errors={errors} />
      <TextField
        name="idpEntityId"
        label="Issuer or Entity ID"
        value={fields.entityId}
        code
        required
        error={errors.idpEntityId}
      />
      <TextField name="idpSso" label="Single Sign-On URL" value={fields.sso} code required error={errors.idpSso} />
      <TextField
        name="idpSlo"
        label="Single Logout URL"
        value={fields.slo}
        code
        error={errors.idpSlo}
        help="Optional."
      />
      <TextAreaField
        name="idpCertificate"
        label="Certificate"
        value={fields.certificate}
        rows={4}
        code
        error={errors.idpCertificate}
        help="PEM or base64. Empty keeps those that are known."
      />
      <FormButtons>
        <Button>Save Config</Button>
      </FormButtons>
    </Form>
  );
}
