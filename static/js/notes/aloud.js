// Reads aloud what is marked, where the phone itself has a voice for the language of the page. A voice that is not the
// phone's own is never used: it would be sent what the child wrote, what was answered, and the code.
(() => {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const language = document.documentElement.lang;
  const voices = () =>
    speech.getVoices().filter((voice) => voice.localService === true && voice.lang.toLowerCase().startsWith(language));
  const name = document.body.dataset.listen;
  const offer = () => {
    if (!voices().length || document.querySelector(".listen")) return;
    for (const part of document.querySelectorAll("[data-aloud]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "listen";
      button.textContent = "▶";
      const text = part.textContent.trim().replace(/\s+/g, " ");
      button.setAttribute("aria-label", `${name}: ${text.slice(0, 60)}`);
      button.addEventListener("click", () => {
        const said = new SpeechSynthesisUtterance(text);
        said.lang = language;
        said.voice = voices()[0];
        said.rate = 0.9;
        speech.cancel();
        speech.speak(said);
      });
      (part.closest("h1, h2, legend") ?? part).after(button);
    }
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
})();
