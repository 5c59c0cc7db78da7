import { Button } from '../kit/button.tsx';
import { usePage } from '../kit/context.ts';
import { Form } from '../kit/form.tsx';
import { type SavedView, viewQuery } from './saved-view.ts';

/** The views of a grid: to open, to keep the present one, to drop. */
export function ViewMenu({ id, views }: { id: string; views: readonly SavedView[] }) {
  const { path, query } = usePage().visit;
  const named = views.filter(({ name }) => name !== '');
  const opening = views.find(({ name }) => name === '');
  const here = viewQuery(query);
  const field = `${id}-view-name`;
  return (
    <details class="columns views">
      <summary class="button quiet">Views</summary>
      <div class="menu-sheet">
        <p class="sheet-title">Views</p>
        <ul class="plain-list">
          <li>
            <a href={`${path}?view=none`}>As delivered</a>
          </li>
          {named.map((view) => (
            <li key={view.id}>
              <a href={`${path}?${view.query}`} aria-current={view.query === here ? 'true' : undefined}>
                {view.name}
              </a>
              <Drop view={view} back={`${path}?${here}`} label={`Delete the view ${view.name}`} />
            </li>
          ))}
        </ul>
        <Form action="/admin/views" class="view-form" label="Keep this view">
          <input type="hidden" name="grid" value={path} />
          <input type="hidden" name="query" value={here} />
          <label for={field}>Keep filters, order and columns as</label>
          <div class="view-line">
            <input id={field} name="name" maxLength={60} autocomplete="off" />
            <Button>Save View</Button>
          </div>
          <Button look="quiet" name="opening" value="1">
            Open it like this from now on
          </Button>
        </Form>
        {opening && <Drop view={opening} back={`${path}?view=none`} label="Open it as delivered from now on" words />}
      </div>
    </details>
  );
}

function Drop({ view, back, label, words }: { view: SavedView; back: string; label: string; words?: boolean }) {
  return (
    <Form action="/admin/views/drop" class="inline-form">
      <input type="hidden" name="id" value={view.id} />
      <input type="hidden" name="back" value={back} />
      {words ? (
        <Button look="quiet">{label}</Button>
      ) : (
        <button type="submit" class="button quiet drop" aria-label={label}>
          ×
        </button>
      )}
    </Form>
  );
}
