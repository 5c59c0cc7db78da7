import { type MenuLink, MenuLinks } from '../../admin/index.ts';
import { contribute } from '../../framework/index.ts';

/** Whoever looks for what programs can do here finds it from any page of the administration. */
export const apiLink = contribute(
  MenuLinks,
  {},
  (): MenuLink => ({
    label: 'API Documentation',
    href: '/docs/api',
    icon: 'book',
    sortOrder: 10,
  }),
);
