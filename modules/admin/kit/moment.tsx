/** A moment as the database holds it (`YYYY-MM-DD HH:MM:SS`, UTC) or as a Date; a dash for none. Scripts make it local. */
export function Moment({ at }: { at: string | Date | null | undefined }) {
  if (at === null || at === undefined || at === '') return <span class="muted">–</span>;
  const iso = (
    typeof at === 'string' ? new Date(`${at.replace(' ', 'T')}${/Z$/.test(at) ? '' : 'Z'}`) : at
  ).toISOString();
  return (
    <time dateTime={iso} data-local>
      {iso.slice(0, 16).replace('T', ' ')} UTC
    </time>
  );
}
