// Filters and search; without it the page shows everything.
(() => {
  const bar = document.querySelector('.filter');
  const search = bar.querySelector('input[type=search]');
  const boxes = [...bar.querySelectorAll('input[type=checkbox]')];
  const shown = bar.querySelector('output');
  const cards = [...document.querySelectorAll('.citation')];
  let words = null;  // of thousands of cards: made when there is time, or at the first search

  const read = () => { words ??= cards.map(card => card.textContent.toLowerCase()); };
  const apply = () => {
    const kinds = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length) read();
    let count = 0;
    cards.forEach((card, i) => {
      const show = kinds.has(card.dataset.verdict) && wanted.every(word => words[i].includes(word));
      if (card.hidden === show) card.hidden = !show;
      count += show;
    });
    shown.textContent = count === cards.length ? `all ${count} shown` : `${count} of ${cards.length} shown`;
  };
  bar.addEventListener('input', apply);
  // A link to a card shows it, whatever the filter says.
  const target = () => {
    const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (card) card.hidden = false;
  };
  addEventListener('hashchange', target);
  bar.hidden = false;
  apply();
  (window.requestIdleCallback ?? setTimeout)(read);
})();
