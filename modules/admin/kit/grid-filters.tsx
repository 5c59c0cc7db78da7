import type { ComponentChildren } from 'preact';
import type { SavedView } from '../view/saved-view.ts';
import { ViewMenu } from '../view/view-menu.tsx';
import { Button } from './button.tsx';
import { usePage } from './context.ts';
import { SelectInput, TextInput } from './field.tsx';
import { fieldId, QueryForm } from './form.tsx';
import { type GridState, gridHref, gridSizes } from './grid-state.ts';

export interface GridFilter {
  readonly key: string;
  readonly label: string;
  readonly type?: 'text' | 'date' | 'number';
  /** Makes it a choice; an empty value ("Any") is put first. */
  readonly options?: Readonly<Record<string, string>>;
  /** Fields that follow each other and belong together, such as the two ends of a "timespan". */
  readonly within?: string;
  /** Asked for less often: folded away until one of these is set. */
  readonly secondary?: boolean;
  /** Says in a field what may stand in it. */
  readonly placeholder?: string;
}

interface Column {
  readonly key: string;
  readonly label: string;
  readonly optional?: boolean;
}

export interface GridFiltersProps {
  readonly id: string;
  readonly filters: readonly GridFilter[];
  readonly columns: readonly Column[];
  readonly state: GridState;
  readonly toolbar: ComponentChildren;
  readonly views: readonly SavedView[] | undefined;
  readonly partial: Readonly<Record<string, string>>;
}

/** Filters, what is set of them, the choice of columns and of rows per page: one form, good without scripts. */
export function GridFilters({ id, filters, columns, state, toolbar, views, partial }: GridFiltersProps) {
  const { path, query } = usePage().visit;
  const secondary = filters.filter((filter) => filter.secondary);
  const chooses = columns.length > 3;
  // Where there is a row of buttons, the choice of columns stands in it.
  const below = Boolean(toolbar || views);
  const set = filters.filter(({ key }) => state.filters[key] !== undefined);
  return (
    <div class="grid-head">
      <QueryForm action={path} id={`${id}-filters`} class="grid-filters" label="Filters">
        <input type="hidden" name="sort" value={state.sort} />
        <input type="hidden" name="order" value={state.order} />
        <FilterFields filters={filters.filter(({ secondary }) => !secondary)} state={state} />
        {filters.length > 0 && (
          <Button look="plain" icon="search">
            Search
          </Button>
        )}
        {chooses && !below && <ColumnChooser columns={columns} state={state} />}
        {secondary.length > 0 && (
          <details class="more-filters" open={secondary.some(({ key }) => state.filters[key] !== undefined)}>
            <summary>More filters</summary>
            <div class="grid-filters">
              <FilterFields filters={secondary} state={state} />
            </div>
          </details>
        )}
      </QueryForm>
      {below && (
        <div class="grid-toolbar">
          {toolbar}
          <span class="grid-menus">
            {views && <ViewMenu id={id} views={views} />}
            {chooses && <ColumnChooser columns={columns} state={state} form={`${id}-filters`} />}
          </span>
        </div>
      )}
      {set.length > 0 && (
        <p class="chips">
          {set.map(({ key, label, options, within }) => {
            const href = gridHref(path, query, { [key]: null, after: null, before: null });
            const value = state.filters[key] ?? '';
            return (
              <a key={key} class="chip" href={href} hx-get={href} {...partial}>
                {within === undefined ? label : `${within} ${label}`}: {options?.[value] ?? value}
                <span aria-hidden="true"> ×</span>
                <span class="visually-hidden"> (take this filter away)</span>
              </a>
            );
          })}
          <a href={views ? `${path}?view=none` : path}>Clear all</a>
        </p>
      )}
    </div>
  );
}

function FilterFields({ filters, state }: { filters: readonly GridFilter[]; state: GridState }) {
  return (
    <>
      {groupsOf(filters).map(({ legend, members }) => {
        const fields = members.map((filter) => (
          <FilterField key={filter.key} filter={filter} value={state.filters[filter.key]} />
        ));
        return legend === undefined ? (
          fields
        ) : (
          <fieldset key={legend} class="filter-group">
            <legend class="visually-hidden">{legend}</legend>
            {fields}
          </fieldset>
        );
      })}
    </>
  );
}

interface FilterGroup {
  readonly legend: string | undefined;
  readonly members: readonly GridFilter[];
}

/** Filters that stand under one legend, where they follow each other. */
function groupsOf(filters: readonly GridFilter[]): readonly FilterGroup[] {
  const groups: (FilterGroup & { readonly members: GridFilter[] })[] = [];
  for (const filter of filters) {
    const last = groups.at(-1);
    if (last && filter.within !== undefined && last.legend === filter.within) last.members.push(filter);
    else groups.push({ legend: filter.within, members: [filter] });
  }
  return groups;
}

function FilterField({ filter, value }: { filter: GridFilter; value: string | undefined }) {
  const { key, label, options, within, placeholder, type = 'text' } = filter;
  return (
    <div class="filter">
      <label for={fieldId(key)}>
        {within !== undefined && <span aria-hidden="true">{within} </span>}
        {label}
      </label>
      {options ? (
        <SelectInput name={key} label={label} value={value ?? ''} options={[['', 'Any'], ...Object.entries(options)]} />
      ) : (
        <TextInput name={key} label={label} value={value} type={type} {...(placeholder ? { placeholder } : {})} />
      )}
    </div>
  );
}

function ColumnChooser({ columns, state, form }: { columns: readonly Column[]; state: GridState; form?: string }) {
  return (
    <details class="columns">
      <summary class="button quiet">Columns</summary>
      <fieldset>
        <legend>Columns to show</legend>
        {columns.map(({ key, label, optional }) => (
          <label key={key} class="check">
            <input
              type="checkbox"
              name="column"
              form={form}
              value={key}
              checked={state.columns?.has(key) ?? !optional}
            />
            <span>{label}</span>
          </label>
        ))}
        <label class="per-page">
          Rows per page{' '}
          <select name="size" form={form}>
            {gridSizes.map((size) => (
              <option key={size} value={size} selected={size === state.size}>
                {size}
              </option>
            ))}
          </select>
        </label>
        <Button {...(form === undefined ? {} : { form })}>Apply</Button>
      </fieldset>
    </details>
  );
}
