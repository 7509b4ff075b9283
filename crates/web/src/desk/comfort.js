// Comfort of the desk: no task needs it. Small and old-fashioned: it must run on the office's computer of 2014.
(function () {
  var d = document, root = d.documentElement, box = d.getElementById('desk'), say = box.dataset;
  var card = box.firstElementChild, words = card.firstElementChild, again = card.lastElementChild;
  var whole = +say.whole, end, timer, typed, sent, before;
  function ask() { return fetch('/cuenta', { method: 'HEAD' }); }
  var line = window.BroadcastChannel && new BroadcastChannel('desk');

  // A form that takes longer than 400 ms says so, and does not go twice.
  d.addEventListener('submit', function (e) {
    var form = e.target, button = e.submitter;
    if (sent === form) { e.preventDefault(); return; }
    sent = form; typed = null;
    if (!button || !button.closest('main') || /\/buscar$/.test(form.action)) return;
    setTimeout(function () {
      if (sent !== form) return;
      var was = button.cloneNode(true);
      button.setAttribute('aria-disabled', 'true');
      button.textContent = say.saving;
      form.back = function () { button.parentNode.replaceChild(was, button); };
    }, 400);
    // The server gives up after thirty seconds; then it may be tried again.
    setTimeout(free, 31000);
  });
  function free() {
    if (sent && sent.back) sent.back();
    sent = null;
  }
  d.addEventListener('input', function (e) { typed = e.target.form; });

  // A list that is filled where there may be no signal: it asks whether the server is there before it goes, and stays as it is
  // when not. What is ticked is kept here until it was sent; names never are.
  var list = d.querySelector('form[data-keep]'), store = 'marks' + location.pathname;
  if (list) {
    try {
      var kept = JSON.parse(localStorage.getItem(store) || '{}');
      [].forEach.call(list.elements, function (r) { if (kept[r.name] === r.value && r.type === 'radio') r.checked = true; });
    } catch (e) { kept = {}; }
    list.addEventListener('change', function (e) {
      kept[e.target.name] = e.target.value;
      // Whoever fills a list is here, whether or not the server can be told.
      stay(+say.whole);
      localStorage.setItem(store, JSON.stringify(kept));
    });
    d.addEventListener('submit', function (e) {
      if (e.target !== list || list.sure) return;
      e.preventDefault();
      e.stopPropagation();
      var off = list.querySelector('[role=alert]');
      off.hidden = true;
      ask().then(function () {
        list.sure = 1;
        localStorage.removeItem(store);
        list.requestSubmit();
      }).catch(function () { off.hidden = false; });
    }, true);
  }

  // Who is entered may be known already: asked once there is a name and an age, and shown in its place. Sending asks all the same.
  var met = d.querySelector('[data-met]'), asked;
  if (met) met.closest('form').addEventListener('change', function () {
    var form = this, all = form.elements, value = function (n) { return all[n].value; };
    var by = met.dataset.by.split(' ').map(value).join('\n');
    if (by === asked || !value('chosen_name') || !value('years') && !value('birth@year')) return;
    asked = by;
    fetch(met.dataset.met, { method: 'POST', body: new URLSearchParams(new FormData(form)) }).then(function (r) {
      return r.ok && !r.redirected ? r.text() : '';
    }).then(function (told) {
      if (by !== asked) return;
      met.innerHTML = told;
      met.hidden = !told;
    }).catch(function () { asked = 0; });
  });

  // Rows that are typed: Enter goes to the next one, up and down to the same field of another.
  var rows = d.querySelector('[data-rows]');
  if (rows) rows.addEventListener('keydown', function (e) {
    var a = e.target, step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step || a.list && e.key !== 'Enter' || a.tagName === 'SELECT') return;
    var all = [].slice.call(rows.querySelectorAll('[name^=name-],[name=present]'));
    var next = all[all.indexOf(a.closest('.row').querySelector('input')) + step];
    if (e.key === 'Enter' && !next) return;
    e.preventDefault();
    if (next) next.focus();
  });

  // Single keys, only away from fields, and only for who has not turned them off.
  function field(a) { return a && /^(INPUT|TEXTAREA|SELECT)$/.test(a.tagName); }
  function at(path) { return d.querySelector('.places a[href="' + path + '"]'); }
  function go(link, hash) { if (link) location.href = link.getAttribute('href') + (hash || ''); }
  if ('keys' in say) d.addEventListener('keydown', function (e) {
    var first = before, search = d.querySelector('main [name=words]'), note = d.getElementById('f-text');
    before = '';
    if (e.ctrlKey || e.metaKey || e.altKey || field(e.target) || e.target.isContentEditable) return;
    if (first === 'g' && e.key === 'h') go(at('/hoy'));
    else if (first === 'g' && e.key === 'c') go(at('/casos'));
    else if (e.key === 'g') before = 'g';
    else if (e.key === '?') location.href = '/ayuda';
    else if (e.key === '/') {
      e.preventDefault();
      if (search) search.focus(); else go(at('/casos'), '#f-words');
    } else if (e.key === 'n') {
      e.preventDefault();
      if (/\/cronologia$/.test(location.pathname) && note) note.focus();
      else go(d.querySelector('.tabs a[href$="/cronologia"]') || at('/registrar'), '#f-text');
    }
  });
  before = location.hash && d.getElementById(location.hash.slice(1));
  if (field(before)) before.focus();

  // The lock comes when nobody is there. A minute before it says so; when it comes, nothing is left on the screen.
  function away() {
    if (Date.now() >= end) root.setAttribute('data-away', 'locked');
    else if (d.hidden) root.setAttribute('data-away', '');
    else root.removeAttribute('data-away');
  }
  function look() {
    var left = end - Date.now();
    clearTimeout(timer);
    card.hidden = left > 60000;
    if (!card.hidden) words.textContent = left > 0 ? say.soon : say.locked;
    if (left > 0) timer = setTimeout(look, left > 60000 ? left - 60000 : left);
    away();
  }
  function stay(seconds) { end = Date.now() + seconds * 1000; look(); }
  again.addEventListener('click', function () {
    ask().then(function (r) {
      if (r.ok && !r.redirected) { stay(whole); if (line) line.postMessage(whole); }
      // Locked: what was typed is kept by the server and given back after the password.
      else if (typed) typed.submit();
      else location.href = r.url;
    });
  });
  // What one window does keeps the others open too.
  if (line) line.onmessage = function (e) { stay(e.data); };
  d.addEventListener('visibilitychange', look);
  addEventListener('pageshow', function (e) { if (e.persisted) { free(); look(); } });
  stay(+say.left);
  if (line) line.postMessage(+say.left);
})();
