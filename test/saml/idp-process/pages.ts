import type { ServerResponse } from 'node:http';
import { escaped } from '../idp/messages.ts';

const html = (response: ServerResponse, title: string, body: string, onload = ''): void => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body${onload}>${body}</body></html>`,
  );
};

const hidden = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join('');

/** Carries a message back by a form that sends itself; without scripts there is its button. */
export const formPage = (response: ServerResponse, address: string, fields: Readonly<Record<string, string>>): void =>
  html(
    response,
    'One moment',
    `<form method="post" action="${escaped(address)}">${hidden(fields)}<button>Go on</button></form>`,
    ' onload="document.forms[0].submit()"',
  );

export const loginPage = (response: ServerResponse, fields: Readonly<Record<string, string>>): void =>
  html(
    response,
    'Identity provider',
    `<h1>Identity provider</h1><form method="post" action="/login">${hidden(fields)}
      <label>User <input name="user"></label> <label>Password <input type="password" name="password"></label> <button>Log in</button></form>`,
  );

export const plainPage = (response: ServerResponse, text: string): void =>
  html(response, 'Identity provider', `<p>${escaped(text)}</p>`);
