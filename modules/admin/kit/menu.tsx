import type { MenuEntry } from '../http/menu.ts';
import { ActionButton } from './button.tsx';
import { usePage } from './context.ts';
import type { MenuLink } from './extension-points.ts';
import { Icon } from './icon.tsx';

/** The menu; below 900 px a popover, which opens without scripts. */
export function Menu({
  entries,
  links,
  theme,
}: {
  entries: readonly MenuEntry[];
  links: readonly MenuLink[];
  theme: string;
}) {
  const { visit } = usePage();
  const { signedIn } = visit;
  return (
    <nav class="menu" id="menu" popover="auto" aria-label="Main menu">
      <a class="brand" href="/admin">
        <Brand />
      </a>
      <ul>
        {entries.map((entry) => (
          <li key={entry.label}>
            <a
              href={entry.href}
              aria-current={entry.current && !entry.children.some(({ current }) => current) ? 'page' : undefined}
              class={entry.current ? 'current' : undefined}
            >
              <Icon name={entry.icon} />
              {entry.label}
            </a>
            {entry.current && entry.children.length > 0 && (
              <ul>
                {entry.children.map((child) => (
                  <li key={child.href}>
                    <a href={child.href} aria-current={child.current ? 'page' : undefined}>
                      {child.label}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {signedIn && (
        <div class="menu-foot">
          {links.map(({ label, href, icon }) => (
            <a key={href} class="menu-link" href={href}>
              <Icon name={icon} />
              {label}
            </a>
          ))}
          <a class="me" href="/admin/account" aria-current={visit.path === '/admin/account' ? 'page' : undefined}>
            <Icon name="person" />
            <span>
              <strong>{signedIn.user}</strong>
              <small>{signedIn.role || 'no role'}</small>
            </span>
          </a>
          <div class="menu-buttons">
            <ActionButton
              action="/admin/theme"
              fields={{ theme: theme === 'dark' ? 'light' : theme === 'light' ? 'system' : 'dark', back: visit.path }}
              look="quiet"
            >
              {theme === 'dark' ? 'Dark' : theme === 'light' ? 'Light' : 'Auto'} theme
              <span class="visually-hidden">: change</span>
            </ActionButton>
            <ActionButton action="/admin/logout" look="quiet" icon="out">
              Log out
            </ActionButton>
          </div>
        </div>
      )}
    </nav>
  );
}

/** The name of the product, with its sign: a doorway. */
export function Brand() {
  return (
    <>
      <svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M4 22V10a8 8 0 0 1 16 0v12" />
        <path d="M9 22V12a3 3 0 0 1 6 0v10" />
      </svg>
      <span>Vestibule</span>
    </>
  );
}
