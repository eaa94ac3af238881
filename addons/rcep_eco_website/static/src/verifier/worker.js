/* Keeps the verifier for when there is no network, and answers with it for any page of a certificate. */
"use strict";

const [CACHE, SHELL] = [/*cache*/ "", /*shell*/ []];
const PAGE = "/eco/verify";

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
    const old = caches.keys().then((names) =>
        Promise.all(names.filter((name) => name.startsWith("rcep-verifier-") && name !== CACHE).map((name) => caches.delete(name)))
    );
    event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
    const { pathname } = new URL(event.request.url);
    if (event.request.method !== "GET") {
        return;
    }
    if (event.request.mode === "navigate") {
        event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
    } else if (SHELL.includes(pathname)) {
        event.respondWith(fetch(event.request).catch(() => caches.match(pathname)));
    }
});
