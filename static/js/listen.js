/* A voice note, heard when asked for and not before; slower and lower where nobody near must know the voice. */
for (const note of document.querySelectorAll("[data-omsorg-voice]")) {
  if (!window.AudioContext) continue;
  note.hidden = false;
  let playing;
  note.querySelector("button").addEventListener("click", async () => {
    if (playing) {
      playing.stop();
      playing = undefined;
      return;
    }
    const sound = new AudioContext();
    const answer = await fetch(note.dataset.omsorgVoice, { cache: "no-store" });
    playing = sound.createBufferSource();
    playing.buffer = await sound.decodeAudioData(await answer.arrayBuffer());
    playing.playbackRate.value = note.querySelector("input").checked ? 0.78 : 1;
    playing.connect(sound.destination);
    playing.onended = () => {
      playing = undefined;
      sound.close();
    };
    playing.start();
  });
}
