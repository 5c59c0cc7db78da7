/** In what order the operations of a bulk request run. */
export interface Order {
  /** All of them: first those that can run, each after what it refers to; then those that can't. */
  readonly sequence: readonly number[];
  /** Those that refer to themselves, by way of others or directly. */
  readonly circular: ReadonlySet<number>;
}

/**
 * Orders operations so that each runs after those it refers to (RFC 7644 §3.7.2), and else as they were sent: one that
 * refers to a later one waits for it and runs right after it. `needs[i]` are the places of what operation i refers to.
 */
export function orderByDependency(needs: readonly (readonly number[])[]): Order {
  const open = needs.map((places) => new Set(places).size);
  const waiting = dependents(needs);
  const sequence: number[] = [];
  const done = new Set<number>();
  needs.forEach((_, at) => {
    if (open[at] === 0 && !done.has(at)) release(at, at);
  });
  const stuck = needs.flatMap((_, at) => (done.has(at) ? [] : [at]));
  return { sequence: [...sequence, ...stuck], circular: circlesOf(stuck, needs) };

  function release(first: number, upTo: number): void {
    const ready = [first];
    for (let at = ready.shift(); at !== undefined; at = ready.shift()) {
      sequence.push(at);
      done.add(at);
      for (const next of waiting[at] ?? []) {
        open[next] = (open[next] ?? 0) - 1;
        if (open[next] === 0 && next < upTo) ready.push(next);
      }
    }
  }
}

/** Of operations that can't run: those in circles, and those between circles; not those that only lead into one. */
function circlesOf(stuck: readonly number[], needs: readonly (readonly number[])[]): ReadonlySet<number> {
  const circular = new Set(stuck);
  const needed = new Map<number, number>();
  for (const at of stuck) for (const place of new Set(needs[at])) needed.set(place, (needed.get(place) ?? 0) + 1);
  const loose = stuck.filter((at) => !needed.has(at));
  for (let at = loose.pop(); at !== undefined; at = loose.pop()) {
    circular.delete(at);
    for (const place of new Set(needs[at])) {
      const left = (needed.get(place) ?? 0) - 1;
      needed.set(place, left);
      if (left === 0 && circular.has(place)) loose.push(place);
    }
  }
  return circular;
}

function dependents(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const waiting: number[][] = needs.map(() => []);
  needs.forEach((places, at) => {
    for (const place of new Set(places)) waiting[place]?.push(at);
  });
  return waiting;
}
