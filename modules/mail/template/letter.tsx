import type { ComponentChildren, VNode } from 'preact';

const family = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const block = 'margin: 0 0 16px 0; line-height: 1.5; overflow-wrap: anywhere';
const button =
  'display: inline-block; padding: 12px 24px; border-radius: 4px; background: #1f4f99; color: #ffffff; font-weight: 600; text-decoration: none';

/** The page around a mail. Nothing in it is loaded from anywhere, so that opening it tells nobody. */
export function Page({ title, children }: { title: string; children?: ComponentChildren }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={`margin: 0; padding: 24px 16px; ${family}; font-size: 16px`}>
        <div style="max-width: 560px; margin: 0 auto">{children}</div>
      </body>
    </html>
  );
}

/** What the mail is about, in one line. */
export function Heading({ children }: { children?: ComponentChildren }): VNode {
  return <h1 style={`${block}; font-size: 22px; line-height: 1.3`}>{children}</h1>;
}

export function Paragraph({ children }: { children?: ComponentChildren }): VNode {
  return <p style={block}>{children}</p>;
}

/** The one thing to do: a button, and in the text alternative the address itself. */
export function Action({ href, children }: { href: string; children?: ComponentChildren }): VNode {
  return (
    <p style={block}>
      <a href={webAddress(href)} style={button}>
        {children}
      </a>
    </p>
  );
}

export function Link({ href, children }: { href: string; children?: ComponentChildren }): VNode {
  return <a href={webAddress(href)}>{children}</a>;
}

/** Labels with their values. */
export function Facts({ facts }: { facts: readonly (readonly [label: string, value: string])[] }): VNode {
  return (
    <table style={`${block}; border-collapse: collapse`}>
      {facts.map(([label, value]) => (
        <tr key={label}>
          <th style="padding: 2px 16px 2px 0; text-align: left; vertical-align: top; font-weight: 600">{label}</th>
          <td style="padding: 2px 0; overflow-wrap: anywhere">{value}</td>
        </tr>
      ))}
    </table>
  );
}

/** A command to be typed, or another text that is meant letter by letter. */
export function Code({ children }: { children?: ComponentChildren }): VNode {
  return <code style="font-family: ui-monospace, Consolas, monospace">{children}</code>;
}

/** Who sends this and why, below everything else. */
export function Footer({ children }: { children?: ComponentChildren }): VNode {
  return <p style={`${block}; margin-top: 32px; font-size: 13px; opacity: 0.75`}>{children}</p>;
}

/** @throws Error where a link leads anywhere but to a web page */
function webAddress(href: string): string {
  if (/^https?:\/\//i.test(href)) return href;
  throw new Error('A link in a mail must begin with https:// or http://.');
}
