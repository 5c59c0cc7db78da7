import type { ConfigReader, ConfigScope } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import type { smtpSettings } from './settings.ts';

/** Where mails of a website are handed over. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `none`: as it is; `ssl`: TLS from the start; `tls`: STARTTLS or nothing. */
  readonly encryption: 'none' | 'ssl' | 'tls';
  readonly login?: { readonly method: 'PLAIN' | 'LOGIN'; readonly user: string; readonly password: string };
  /** Where bounces go, if not to the sender. */
  readonly returnPath?: string;
}

/** Why there is no server, and what to do about it. */
export interface NoServer {
  readonly missing: string;
}

/** The scope in which a website's mails are configured: its default store view, else the website. 0: the installation. */
export async function mailScope(websites: Websites, websiteId: number): Promise<ConfigScope> {
  if (websiteId === 0) return 'default';
  const store = await websites.defaultStore(websiteId);
  if (store) return { store: store.id };
  return (await websites.byId(websiteId)) ? { website: websiteId } : 'default';
}

/** The server of a scope. @throws ConfigError CONFIG_UNREADABLE where the password cannot be decrypted */
export async function serverOf(
  config: ConfigReader<(typeof smtpSettings)['fields']>,
  scope: ConfigScope,
): Promise<SmtpServer | NoServer> {
  if (await config.get('disable', scope)) return { missing: 'Mails are switched off; set system/smtp/disable to 0.' };
  if ((await config.get('transport', scope)) !== 'smtp')
    return { missing: 'No SMTP server is configured; set system/smtp/transport to smtp, and host and port beside it.' };
  const host = (await config.get('host', scope)).trim();
  if (host === '') return { missing: 'No SMTP server is configured; set system/smtp/host.' };
  const method = await config.get('auth', scope);
  const user = await config.get('username', scope);
  const password = await config.get('password', scope);
  if (method !== 'none' && (user === '' || password === ''))
    return { missing: 'The SMTP server wants a login; set system/smtp/username and password, or auth to none.' };
  const returnPath =
    (await config.get('set_return_path', scope)) === '2' ? await config.get('return_path_email', scope) : '';
  return {
    host,
    port: await config.get('port', scope),
    encryption: (await config.get('ssl', scope)) as SmtpServer['encryption'],
    ...(method === 'none' ? {} : { login: { method: method === 'login' ? 'LOGIN' : 'PLAIN', user, password } }),
    ...(returnPath === '' ? {} : { returnPath }),
  };
}
