// Search in the words of all posts and their threads; the files beside this one call archive.add with them.
"use strict";
const archive = { posts: [], add(posts) { this.posts.push(...posts); } };

const SHOWN = 200;

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function terms(text) {
  return folded(text).split(/[^\p{L}\p{N}_]+/u).filter(Boolean);
}

// Words are found by their beginnings; those of scripts without spaces anywhere.
function holds(words, term) {
  return words.includes(/^[\x00-\x7f]*$/.test(term) ? " " + term : term);
}

function entry([title, date, author, file, excerpt]) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = "posts/" + file;
  link.dir = "auto";
  link.textContent = title;
  const about = document.createElement("div");
  about.className = "about";
  about.textContent = [date, author].filter(Boolean).join(" · ");
  const words = document.createElement("div");
  words.className = "excerpt";
  words.dir = "auto";
  words.textContent = excerpt;
  item.append(link, about, words);
  return item;
}

function show(query) {
  const wanted = terms(query);
  const found = wanted.length ? archive.posts.filter((post) => wanted.every((term) => holds(post[5], term))) : [];
  found.reverse(); // newest first
  document.getElementById("results").replaceChildren(...found.slice(0, SHOWN).map(entry));
  const number = found.length === 1 ? "1 post" : found.length + " posts";
  const cut = found.length > SHOWN ? ", the newest " + SHOWN + " shown" : "";
  document.getElementById("number").textContent = wanted.length ? number + cut : "";
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("words");
  box.value = new URLSearchParams(location.search).get("q") || "";
  box.addEventListener("input", () => show(box.value));
  document.getElementById("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(box.value);
  });
  show(box.value);
});
