import { download, page } from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import { publishedMetadata } from '../provider/published/published.ts';
import { heldConfiguration, samlServices } from './page.tsx';

const nothingYet = () =>
  new HttpError(404, 'NOT_FOUND', 'There is nothing to download yet: the first key is made with the first change.');

/** Our metadata as a file, also while SAML is off: the identity provider wants it before. */
export const metadataFile = page('/admin/connections/:code/saml/metadata.xml', {
  acl: 'saml::view',
  inject: samlServices,
  async view(visit, given) {
    const { connection } = await heldConfiguration(visit, given);
    const provider = await given.providers.byCode(given.database, connection.code);
    if (!provider?.keys.signing) throw nothingYet();
    return download(
      `${connection.code}-metadata.xml`,
      'application/xml; charset=utf-8',
      publishedMetadata(provider).xml,
    );
  },
});

/** The certificate of the next key while a rollover is under way, else of the one that signs. */
export const certificateFile = page('/admin/connections/:code/saml/certificate.pem', {
  acl: 'saml::view',
  inject: samlServices,
  async view(visit, given) {
    const { connection, keys } = await heldConfiguration(visit, given);
    const key = keys.find(({ state }) => state === 'next') ?? keys.find(({ state }) => state === 'active');
    if (!key) throw nothingYet();
    return download(`${connection.code}.pem`, 'application/x-pem-file', key.certificate);
  },
});
