// Marks the rules while a password is typed, and lets it be seen. The server decides; without scripts it alone says so.
const password = document.querySelector('#password');
const again = document.querySelector('#again');
const rules = document.querySelector('#rules');

const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];
const holds = {
  shortest: (text, least) => [...text].length >= least,
  longest: (text, most) => [...text].length <= most,
  blanks: (text) => text === text.trim(),
  classes: (text, least) => kinds.filter((kind) => kind.test(text)).length >= least,
  email: (text) => text.toLowerCase() !== rules.dataset.email.toLowerCase(),
};

function mark() {
  for (const rule of rules.children) {
    const { rule: kind, measure } = rule.dataset;
    const kept = password.value !== '' && holds[kind](password.value, Number(measure));
    rule.className = kept ? 'kept' : '';
    rule.querySelector('.unseen').textContent = kept ? ': yes' : ': not yet';
  }
}

function letSee() {
  const choice = document.createElement('label');
  choice.className = 'choice';
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    for (const field of [password, again]) {
      field.type = box.checked ? 'text' : 'password';
      field.classList.toggle('shown', box.checked);
    }
  });
  choice.append(box, 'Show what I type');
  again.after(choice);
}

if (password && again && rules) {
  password.addEventListener('input', mark);
  letSee();
}
