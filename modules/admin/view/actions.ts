import { Database } from '../../framework/index.ts';
import { action } from '../http/page.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { ownAccount } from '../role/permissions.ts';
import { dropView, keepView, mostViews, viewQuery } from './saved-view.ts';

const access = { acl: ownAccount, inject: { database: Database } } as const;
const inside = (address: string): `/${string}` =>
  /^\/admin(\/|\?|$)/.test(address) ? (address as `/${string}`) : '/admin';
const idOf = ({ signedIn }: Visit): number => signedIn?.id ?? 0;

/** Keeps what a grid's address says: under a name, or as the way that the grid opens. */
const keep = action('/admin/views', {
  ...access,
  async perform(visit, { database }) {
    const { form } = visit;
    const grid = inside(form.get('grid') ?? '');
    const query = viewQuery(new URLSearchParams(form.get('query') ?? ''));
    const name = form.has('opening') ? '' : (form.get('name')?.trim() ?? '');
    const back: `/${string}` = `${grid}?${query || 'view=none'}`;
    if (name === '' && !form.has('opening')) return redirect(back, { problem: 'Give the view a name.' });
    switch (await keepView(database, idOf(visit), { grid, name, query })) {
      case 'too many':
        return redirect(back, { problem: `A grid keeps ${mostViews} views. Delete one first.` });
      case 'too long':
        return redirect(back, { problem: 'The name or the filters are too long to be kept.' });
      case 'kept':
        return redirect(back, {
          done: name === '' ? 'The table opens like this for you from now on.' : `The view "${name}" was saved.`,
        });
    }
  },
});

const drop = action('/admin/views/drop', {
  ...access,
  async perform(visit, { database }) {
    await dropView(database, idOf(visit), Number(visit.form.get('id')) || 0);
    return redirect(inside(visit.form.get('back') ?? ''), { done: 'Done.' });
  },
});

export const viewActions = [keep, drop];
