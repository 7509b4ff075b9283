// Quick exit. Kept small and old-fashioned: it must run on a phone of 2018.
(function () {
  var d = document, bar = d.getElementById('exit'), say = d.getElementById('exit-say');
  var link = bar.querySelector('a'), PAUSE = 5000, presses = 0, last = -PAUSE, timer;

  function leave() {
    // First of all the page is gone from the screen: a slow network would leave it there.
    d.title = '';
    d.body.textContent = '';
    // Then the server ends the session, and the entry in the history is replaced.
    if (navigator.sendBeacon) navigator.sendBeacon('/salir-rapido');
    location.replace(bar.dataset.to);
  }

  // Inside these pages links replace the entry, so that Back leaves the area as a whole.
  d.addEventListener('click', function (e) {
    var a = e.target.closest && e.target.closest('a[href^="/"]');
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || a.target || a.hasAttribute('download')) return;
    e.preventDefault();
    if (a === link) leave();
    else location.replace(a.href);
  });

  // Shift three times, at most PAUSE apart: on an old machine, or with a hand that shakes, two presses take seconds.
  // Any other key or a click in between is just writing or choosing.
  function forget() { presses = 0; }
  d.addEventListener('pointerdown', forget);
  d.addEventListener('keydown', function (e) {
    if (e.key !== 'Shift') { forget(); return; }
    if (e.repeat) return;
    presses = e.timeStamp - last < PAUSE ? presses + 1 : 1;
    last = e.timeStamp;
    if (presses > 2) { leave(); return; }
    say.textContent = bar.getAttribute('data-press-' + presses);
    clearTimeout(timer);
    timer = setTimeout(function () { say.textContent = ''; }, PAUSE);
  });

  // A page that the browser kept alive is asked from the server again.
  addEventListener('pageshow', function (e) { if (e.persisted) location.reload(); });
})();
