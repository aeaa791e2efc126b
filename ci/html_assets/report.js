// Filters and search; without it the page shows everything.
(() => {
  const form = document.querySelector('.filter');
  const search = form.querySelector('input[type=search]');
  const boxes = [...form.querySelectorAll('input[type=checkbox]')];
  const shown = form.querySelector('output');
  const cards = [...document.querySelectorAll('.citation')];
  let words = null;  // made at the first search: reading thousands of cards takes a moment

  const apply = () => {
    const kinds = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length && !words) words = cards.map(card => card.textContent.toLowerCase());
    let count = 0;
    cards.forEach((card, i) => {
      const show = kinds.has(card.dataset.verdict) && wanted.every(word => words[i].includes(word));
      if (card.hidden === show) card.hidden = !show;
      count += show;
    });
    shown.textContent = count === cards.length ? `all ${count} shown` : `${count} of ${cards.length} shown`;
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  // A link to a card shows it, whatever the filter says.
  const target = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (card) card.hidden = false;
  };
  addEventListener('hashchange', target);
  form.hidden = false;
  apply();
})();
