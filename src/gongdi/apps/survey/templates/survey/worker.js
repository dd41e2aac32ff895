// Keeps the survey's forms, and what they are made of, for a phone without reception. What was typed and photographed
// is not here but in the page's own store (survey_store.js).
const CACHE = "gongdi-survey-1";
const PAGES = [/^\/survey\/mine\/$/, /^\/survey\/assignments\/\d+\/$/];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) { return; }
  if (url.pathname.startsWith("/static/")) { event.respondWith(part(request)); return; }
  if (request.mode !== "navigate") { return; }
  event.respondWith(PAGES.some((page) => page.test(url.pathname)) ? page(request) : fetch(request).catch(() => alone("这一页要有网络才能打开。")));
});

// What is said without reception, with the way to the forms that are kept here.
function alone(why) {
  return new Response(`<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>没有网络</title><body style="font-family:sans-serif;margin:2rem 1rem;font-size:1.125rem;line-height:1.6"><h1>没有网络</h1><p>${why}</p><p><a href="{% url 'survey:see_assignments' %}">打开“我的填报”</a>，存在本机的填报表没有网络也能填。</p>`, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// A page: the newest there is, kept for later; without reception the one kept.
async function page(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) { await cache.put(request.url, answer.clone()); }
    return answer;
  } catch (unreachable) {
    const kept = await cache.match(request.url, { ignoreSearch: true });
    if (kept) { return kept; }
    return alone("这一页还没有存在本机。请有网络时打开一次，以后没有网络也能用。");
  }
}

// A part of a page carries a digest of its content in its name, so one that is kept is never stale. Only beside pages
// that are kept: whoever signs out leaves nothing here.
async function part(request) {
  const kept = await caches.match(request.url);
  if (kept) { return kept; }
  const answer = await fetch(request);
  if (answer.ok && await caches.has(CACHE)) { await (await caches.open(CACHE)).put(request.url, answer.clone()); }
  return answer;
}
