import { type ConfigReader, type Outgoing, OutgoingError } from '../../framework/index.ts';
import { SamlError } from '../error.ts';
import { decodeUtf8 } from '../xml/utf8.ts';
import { mostMetadataBytes } from './read.ts';
import type { samlSecurity } from './settings.ts';

/** Reads the text at a metadata address. */
export type FetchMetadata = (url: string) => Promise<string>;

const unreachable = (message: string, cause?: unknown): SamlError =>
  new SamlError('SAML_METADATA_UNREACHABLE', message, { cause });

/** Fetches from public servers, and from those that the operator has named. @throws SamlError `SAML_METADATA_UNREACHABLE` */
export const metadataFetcher =
  (outgoing: Outgoing, config: ConfigReader<(typeof samlSecurity)['fields']>): FetchMetadata =>
  async (url) => {
    const allowed = await config.get('allowed_hosts');
    const { status, body } = await outgoing
      .send({
        url,
        allowed,
        mostBytes: mostMetadataBytes,
        headers: { Accept: 'application/samlmetadata+xml, application/xml, text/xml', 'User-Agent': 'Vestibule' },
      })
      .catch((error: unknown) => {
        if (!(error instanceof OutgoingError)) throw error;
        const cure = error.code === 'OUTGOING_ADDRESS' ? ' The field is saml/security/allowed_hosts.' : '';
        throw unreachable(`The metadata can't be fetched: ${error.message}${cure}`, error);
      });
    if (status !== 200)
      throw unreachable(
        `The metadata can't be fetched: the server answered ${status}; look whether the address is right and needs no login.`,
      );
    try {
      return decodeUtf8(body);
    } catch (error) {
      throw unreachable('The metadata is not UTF-8; save it as UTF-8 and import the file.', error);
    }
  };
