import type { Request, Response } from 'express';

/** A cookie of the administration: not readable by scripts, not sent along by other sites, tied to this host. */
export interface Cookie {
  read(request: Request): string | undefined;
  /** `seconds` undefined: gone when the browser closes. */
  set(response: Response, value: string, seconds?: number): void;
  clear(response: Response): void;
}

/** The `__Host-` prefix makes browsers refuse it from other hosts and without https; plain http can't have it. */
export function cookie(name: string, https: boolean): Cookie {
  const full = `${https ? '__Host-' : ''}${name}`;
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: https } as const;
  return {
    read(request) {
      const header = request.headers.cookie ?? '';
      for (const part of header.split(';')) {
        const at = part.indexOf('=');
        if (part.slice(0, at).trim() !== full) continue;
        const value = part.slice(at + 1).trim();
        if (/^[\w.~-]{1,200}$/.test(value)) return value;
      }
      return undefined;
    },
    set(response, value, seconds) {
      response.cookie(full, value, seconds === undefined ? attributes : { ...attributes, maxAge: seconds * 1000 });
    },
    clear(response) {
      response.clearCookie(full, attributes);
    },
  };
}
