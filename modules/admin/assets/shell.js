// What the pages can do more of with scripts. Everything works without: nothing here is the only way to do something.
(() => {
  const all = (root, selector) => [...root.querySelectorAll(selector)];

  /** Copy buttons are shown only where they can work. */
  const copying = (button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const words = button.querySelector('[data-said]');
      const before = words.textContent;
      await navigator.clipboard.writeText('value' in source ? source.value : source.textContent);
      words.textContent = words.dataset.said;
      setTimeout(() => {
        words.textContent = before;
      }, 1500);
    });
  };

  /** Moments are told in the time of the one who reads. */
  const local = (time) => {
    const moment = new Date(time.dateTime);
    time.title = time.textContent;
    time.textContent = moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  };

  /** A choice that needs no button: its form is sent as soon as it is made. */
  const submitting = (select) => {
    const button = select.form.querySelector('button');
    if (button) button.hidden = true;
    select.addEventListener('change', () => select.form.requestSubmit());
  };

  /** "Use default" switches its control off. */
  const inheriting = (box) => {
    const control = document.getElementById(box.dataset.inherits);
    const apply = () => {
      control.disabled = box.checked;
    };
    box.addEventListener('change', () => {
      apply();
      if (!box.checked) control.focus();
    });
    apply();
  };

  /** A field that depends on a yes/no field is shown when that says yes. */
  const depending = (row) => {
    const other = document.getElementById(`field-${row.dataset.depends.replace(/[^A-Za-z0-9_-]/g, '-')}`);
    if (!other) return;
    const apply = () => {
      row.hidden = other.value !== '1';
    };
    other.addEventListener('change', apply);
    apply();
  };

  /** `data-shown-for="access=chosen"`: shown while that radio button is chosen; `a|b` for one of several. */
  const choosing = (part) => {
    const [name, values] = part.dataset.shownFor.split('=');
    const radios = all(part.closest('form'), `input[type=radio][name="${name}"]`);
    const apply = () => {
      part.hidden = !radios.some((radio) => radio.checked && values.split('|').includes(radio.value));
    };
    for (const radio of radios) radio.addEventListener('change', apply);
    apply();
  };

  /** Ticks all boxes of a group, or none of them when all are ticked. */
  const ticking = (button) => {
    const boxes = all(button.closest('fieldset'), 'input[type=checkbox]');
    const words = button.querySelector('[data-all]');
    const apply = () => {
      words.textContent = boxes.every((box) => box.checked) ? 'none' : 'all';
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      const to = !boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = to;
      apply();
    });
    for (const box of boxes) box.addEventListener('change', apply);
    apply();
  };

  /** A file's text goes into a field; what is too long for a form is not read at all. */
  const mostCharacters = 300_000;
  const fileIntoText = (label) => {
    const field = document.getElementById(label.dataset.into);
    const input = label.querySelector('input[type=file]');
    const said = label.querySelector('[role=status]');
    if (!field || !input) return;
    label.hidden = false;
    input.addEventListener('change', async () => {
      const [file] = input.files;
      if (!file) return;
      if (file.size > mostCharacters) {
        said.textContent = `${file.name} is too long: at most 300,000 characters.`;
        return;
      }
      field.value = await file.text();
      said.textContent = `${file.name} was taken into the field.`;
      input.value = '';
    });
  };

  /** One box picks all rows of a table's page, and a menu says how many are picked. */
  const picking = (label) => {
    const grid = label.closest('.grid');
    const name = label.dataset.picks;
    const boxes = all(grid, `tbody input[type=checkbox][name="${name}"]`);
    const every = label.querySelector('input');
    const said = grid.querySelector(`[data-picked="${name}"]`);
    if (boxes.length === 0) return;
    label.hidden = false;
    const apply = () => {
      const count = boxes.filter((box) => box.checked).length;
      every.checked = count === boxes.length;
      every.indeterminate = count > 0 && count < boxes.length;
      if (said) said.textContent = count === 0 ? '' : `(${count})`;
      for (const box of boxes) box.closest('tr').classList.toggle('picked', box.checked);
    };
    every.addEventListener('change', () => {
      for (const box of boxes) box.checked = every.checked;
      apply();
    });
    for (const box of boxes) box.addEventListener('change', apply);
    apply();
  };

  const behaviours = [
    ['[data-copy]', copying],
    ['time[data-local]', local],
    ['select[data-submits]', submitting],
    ['input[data-inherits]', inheriting],
    ['[data-depends]', depending],
    ['[data-shown-for]', choosing],
    ['[data-into]', fileIntoText],
    ['[data-ticks]', ticking],
    ['[data-picks]', picking],
  ];
  const enliven = (root) => {
    for (const [selector, behaviour] of behaviours) for (const element of all(root, selector)) behaviour(element);
  };
  enliven(document);
  document.body.addEventListener('htmx:after:swap', (event) => {
    const target = event.detail?.ctx?.target;
    enliven(target?.isConnected ? target : (document.getElementById(target?.id) ?? document.createElement('i')));
  });

  // A menu closes when one goes elsewhere, and by Escape.
  const menus = 'details.columns[open]';
  document.addEventListener('click', (event) => {
    for (const menu of all(document, menus)) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && event.target.closest?.(menus);
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });

  // Errors are where the eye (and the screen reader) goes first.
  document.querySelector('.notice.problem[tabindex]')?.focus();
})();
