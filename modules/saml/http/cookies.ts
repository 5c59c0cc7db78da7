import type { Request, Response } from 'express';

/** A cookie of ours. */
export interface Cookie {
  read(request: Request): string | undefined;
  set(response: Response, value: string, until: Date): void;
  clear(response: Response): void;
}

function cookie(name: string, https: boolean, sameSite: 'lax' | 'none' | undefined): Cookie {
  // The prefix makes browsers refuse it from other hosts and without https; plain http can't have it.
  const full = `${https ? '__Host-' : ''}${name}`;
  const attributes = { path: '/', httpOnly: true, secure: https, ...(sameSite ? { sameSite } : {}) } as const;
  return {
    read(request) {
      for (const part of (request.headers.cookie ?? '').split(';')) {
        const at = part.indexOf('=');
        if (part.slice(0, at).trim() !== full) continue;
        const value = part.slice(at + 1).trim();
        if (/^[\w-]{43}$/.test(value)) return value;
      }
      return undefined;
    },
    set: (response, value, until) => response.cookie(full, value, { ...attributes, expires: until }),
    clear: (response) => response.clearCookie(full, attributes),
  };
}

/** Who is signed in. Other sites can't send it along, so they can't log anybody out either. */
export const sessionCookie = (https: boolean): Cookie => cookie('vestibule_saml', https, 'lax');

/**
 * The browser that began a login. The answer comes by a form from the identity provider's site, and with it come only
 * cookies that say SameSite=None, which browsers take over https alone. Over plain http one that says nothing comes along
 * for its first two minutes, which is enough to develop with.
 */
export const nonceCookie = (https: boolean): Cookie =>
  cookie('vestibule_saml_login', https, https ? 'none' : undefined);
