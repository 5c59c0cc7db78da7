const names = ['Choose the provider', 'Name, scope, permissions', 'Copy the values'];

/** Where one is in adding a connection. */
export function Steps({ current }: { current: 1 | 2 | 3 }) {
  return (
    <ol class="steps" aria-label="Steps">
      {names.map((name, at) => (
        <li key={name} aria-current={at + 1 === current ? 'step' : undefined} class={at + 1 < current ? 'is-done' : ''}>
          <span class="step-number">{at + 1}</span> {name}
        </li>
      ))}
    </ol>
  );
}
