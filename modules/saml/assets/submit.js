// Sends the page's form on its own: browsers without scripts have its button.
const form = document.querySelector('form[data-submit]');
if (form instanceof HTMLFormElement) form.requestSubmit();
