import type { Connections } from '../../connection/index.ts';
import {
  type ConfigReader,
  type Database,
  type Logger,
  type Outgoing,
  type ServiceToken,
  service,
} from '../../framework/index.ts';
import { enveloping } from '../message/bindings.ts';
import { logoutRequest } from '../message/logout.ts';
import { newMessageId } from '../message/message-id.ts';
import type { samlSecurity } from '../metadata/settings.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { SamlProviders } from '../provider/providers.ts';
import type { EndingSession } from '../session/session.ts';
import type { LogoutVerifier } from '../verification/logout-verifier.ts';

/** Tells identity providers of a logout at which no browser is there to carry a message. */
export interface ProviderLogout {
  /** Sends a LogoutRequest where the provider takes one in SOAP, and answers what came of it in a sentence. Never throws. */
  tell(session: EndingSession, now: Date): Promise<string>;
}
export const ProviderLogout: ServiceToken<ProviderLogout> = service<ProviderLogout>('saml.ProviderLogout');

const soapNs = 'http://schemas.xmlsoap.org/soap/envelope/';
const hereOnly = 'Ended here only: the identity provider takes no logout without a browser.';
const mostBytes = 64 * 1024;
/** Whoever deactivates a customer does not wait for a slow identity provider for long. */
const patience = 5_000;

export function createProviderLogout(parts: {
  readonly database: Database;
  readonly connections: Connections;
  readonly providers: SamlProviders;
  readonly verifier: LogoutVerifier;
  readonly outgoing: Outgoing;
  readonly settings: ConfigReader<(typeof samlSecurity)['fields']>;
  readonly logger: Logger;
}): ProviderLogout {
  const { database, connections, providers, verifier, outgoing, settings, logger } = parts;

  async function ask(provider: SamlProvider, url: string, session: EndingSession, now: Date): Promise<boolean> {
    const id = newMessageId();
    if (!session.subject) return false;
    const { nameId, sessionIndex } = session.subject;
    const subject = { nameId, sessionIndexes: sessionIndex === undefined ? [] : [sessionIndex] };
    const { signing } = provider.keys;
    if (!signing) return false;
    const message = enveloping(logoutRequest(provider, { id, destination: url, subject, now }), signing);
    const { status, body } = await outgoing.send({
      method: 'POST',
      url,
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        SOAPAction: '"http://www.oasis-open.org/committees/security"',
      },
      body: `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="${soapNs}"><S:Body>${message}</S:Body></S:Envelope>`,
      allowed: await settings.get('allowed_hosts'),
      mostBytes,
      withinMs: patience,
    });
    // The answer is verified as it stands: a signature over a part of a larger document is not looked for.
    const [answer] = /<([\w.-]+:)?LogoutResponse[\s>][\s\S]*<\/\1LogoutResponse\s*>/.exec(body.toString('utf8')) ?? [];
    if (status !== 200 || answer === undefined) return false;
    const posted = Buffer.from(answer).toString('base64');
    const verified = await verifier.verify({ provider, now, binding: 'post', message: posted, relayState: undefined });
    const answers = verified.kind === 'response' && verified.signed && verified.inResponseTo === id;
    return answers && verified.status === 'success';
  }

  return {
    async tell(session, now) {
      try {
        const connection = await connections.byId(database, session.connectionId);
        const provider = connection && (await providers.byCode(database, connection.code));
        const url = provider?.idp?.sloUrls.soap;
        if (!provider || url === undefined) return hereOnly;
        return (await ask(provider, url, session, now))
          ? 'The identity provider has ended its session, too.'
          : 'Ended here; the identity provider was told, and did not confirm it.';
      } catch (err) {
        logger.warn({ err, connection: session.connectionId }, 'An identity provider could not be told of a logout');
        return 'Ended here; the identity provider could not be told (the log says why).';
      }
    },
  };
}
