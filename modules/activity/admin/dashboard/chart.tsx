import type { DayCount } from '../../day/counts.ts';

const [width, height, gap] = [700, 160, 8];

/** Bars of the days, what went wrong on top; the table below says the same in numbers. */
export function DayChart({ days }: { days: readonly DayCount[] }) {
  if (days.every(({ good, bad }) => good + bad === 0))
    return <p class="muted">Nothing in the last {days.length} days. Requests are counted within about a minute.</p>;
  const most = Math.max(1, ...days.map(({ good, bad }) => good + bad));
  const step = width / days.length;
  const tall = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (height - 20)));
  return (
    <>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <line class="chart-base" x1="0" x2={width} y1={height} y2={height} />
        {days.map(({ day, good, bad }, at) => {
          const [x, wide] = [at * step + gap / 2, step - gap];
          const [up, top] = [tall(good), tall(bad)];
          return (
            <g key={day}>
              <rect class="chart-good" x={x} y={height - up} width={wide} height={up} />
              <rect class="chart-bad" x={x} y={height - up - top} width={wide} height={top} />
              {good + bad > 0 && (
                <text x={x + wide / 2} y={height - up - top - 5} text-anchor="middle">
                  {good + bad}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p class="chart-ends muted">
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day} (UTC)</span>
      </p>
      <details class="chart-table">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="end">
                Done or unchanged
              </th>
              <th scope="col" class="end">
                Refused or failed
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, good, bad }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td class="end">{good}</td>
                <td class="end">{bad}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
