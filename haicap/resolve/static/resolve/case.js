// The case by keyboard: R begins the reply, Ctrl+Enter asks once more before it goes on.

import { onLetters } from "../ui/js/keys.js";

const composer = () => document.getElementById("composer");

/** Puts the keyboard where it is wanted, in sight; false when there is no such place. */
function goTo(place) {
  if (!place) return false;
  place.focus();
  place.scrollIntoView({ block: "nearest" });
  return true;
}

onLetters({ KeyR: () => goTo(composer()?.querySelector("textarea")) });

document.addEventListener("keydown", (event) => {
  const isHandOn = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (!isHandOn || event.isComposing || !composer()?.contains(event.target)) return;
  event.preventDefault();
  // The button gets the focus, not the press: a second Enter is the answer.
  const ask = document.getElementById("sign");
  if (ask) ask.open = true;
  goTo(document.getElementById(ask ? "send" : "hand-on"));
});
