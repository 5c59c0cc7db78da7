import type { Response } from 'express';
import { type VisitorPage, visitorDocument } from '../../store/index.ts';
import type { CarriedMessage } from '../message/bindings.ts';
import { postForm } from '../page/post-form.tsx';
import { assets } from './assets.ts';

/**
 * Lets forms of a page lead to where a message goes, and to where that leads on: browsers hold all redirects behind a form
 * to the same rule. Identity providers pass on to others of their kind, so over https it is the scheme that is named.
 */
function allowForms(response: Response, addresses: readonly string[]): void {
  const policy = String(response.getHeader('Content-Security-Policy') ?? '');
  const targets = addresses.map((address) => {
    const { protocol, origin } = new URL(address);
    return protocol === 'https:' ? 'https:' : origin;
  });
  const allowed = ["form-action 'self'", ...new Set(targets)].join(' ');
  response.set('Content-Security-Policy', policy.replace("form-action 'self'", allowed));
}

/** Answers with a page. `formsTo` are addresses besides our own that its forms may lead to. */
export function show(response: Response, page: VisitorPage, status = 200, formsTo: readonly string[] = []): void {
  if (formsTo.length > 0) allowForms(response, formsTo);
  response
    .status(status)
    .type('html')
    .set('Cache-Control', 'no-store')
    .set('X-Robots-Tag', 'noindex')
    // Without a referrer browsers say `Origin: null`, and our forms could not be told from other sites'.
    .set('Referrer-Policy', 'same-origin')
    .send(visitorDocument(page, assets.style));
}

/** Sends the browser on, with nothing to read on the way: Express would write a page and ask in which format. */
export function go(response: Response, address: string): void {
  response.status(303).set({ 'Cache-Control': 'no-store', Location: address }).end();
}

/**
 * Sends the browser to the identity provider with a message: by its address, or by a form that sends itself. `onwards` is
 * where the browser goes when it has come back.
 */
export function carry(
  response: Response,
  message: CarriedMessage,
  words: { readonly title: string; readonly shop: string | undefined },
  onwards?: string | undefined,
): void {
  if (message.binding === 'redirect') {
    go(response, message.address);
    return;
  }
  const { address, fields } = message;
  const page = postForm({ ...words, address, fields, script: assets.script });
  show(response, page, 200, onwards === undefined ? [address] : [address, onwards]);
}
