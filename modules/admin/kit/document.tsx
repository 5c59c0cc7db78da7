import type { ComponentChildren } from 'preact';
import type { MenuEntry, Tab } from '../http/menu.ts';
import { usePage } from './context.ts';
import type { MenuLink } from './extension-points.ts';
import { Icon } from './icon.tsx';
import { Brand, Menu } from './menu.tsx';
import { Notice } from './notice.tsx';
import type { Screen } from './screen.ts';
import { Tabs } from './tabs.tsx';

/** Addresses of the files that every page loads; they carry a version, so that browsers keep them. */
export interface AssetAddresses {
  readonly style: string;
  readonly htmx: string;
  readonly shell: string;
  readonly icon: string;
}

export interface DocumentProps {
  readonly screen: Screen;
  readonly menu: readonly MenuEntry[];
  readonly links: readonly MenuLink[];
  readonly tabs: readonly Tab[];
  readonly assets: AssetAddresses;
  /** `dark`, `light`, or `system`. */
  readonly theme: string;
}

/** The whole HTML document of a page. */
export function Document({ screen, menu, links, tabs, assets, theme }: DocumentProps) {
  return (
    <html lang="en" data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content='{"allowEval":false,"includeIndicatorCSS":false,"defaultTimeout":30000}' />
        <title>{`${screen.title} · Vestibule`}</title>
        <link rel="icon" href={assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.htmx} defer />
        <script src={assets.shell} defer />
      </head>
      {screen.layout === 'alone' ? (
        <body class="alone">
          <main id="main">
            <p class="brand">
              <Brand />
            </p>
            <Body screen={screen} />
          </main>
        </body>
      ) : screen.layout === 'guest' ? (
        <body class="guest">
          <header class="guest-bar">
            <p class="brand">
              <Brand />
            </p>
          </header>
          <main id="main">
            <Body screen={screen} />
          </main>
        </body>
      ) : (
        <body>
          <a class="skip" href="#main">
            Skip to the content
          </a>
          <header class="bar">
            <button type="button" class="button quiet" popovertarget="menu">
              <Icon name="menu" />
              Menu
            </button>
            <a class="brand" href="/admin">
              <Brand />
            </a>
          </header>
          <Menu entries={menu} links={links} theme={theme} />
          <main id="main" tabIndex={-1}>
            <Body screen={screen}>{tabs.length > 0 && <Tabs label={`Pages of ${screen.title}`} tabs={tabs} />}</Body>
          </main>
        </body>
      )}
    </html>
  );
}

function Body({ screen: shown, children }: { screen: Screen; children?: ComponentChildren }) {
  const { visit } = usePage();
  return (
    <>
      <div class="page-head">
        <div>
          {shown.back && (
            <a class="back" href={shown.back.href}>
              ← {shown.back.label}
            </a>
          )}
          <h1>{shown.title}</h1>
          {shown.lead && <p class="lead">{shown.lead}</p>}
        </div>
        {shown.actions && <div class="page-actions">{shown.actions}</div>}
      </div>
      {children}
      <div id="messages">
        {visit.signedIn?.flash && <Notice kind={visit.signedIn.flash.kind}>{visit.signedIn.flash.text}</Notice>}
      </div>
      <div class="page-body">{shown.body}</div>
    </>
  );
}
