// A voice note: recorded here, put among the files of the form, sent with it. Nothing is sent before Send is pressed.
(() => {
  const place = document.querySelector("[data-voice]");
  const field = document.querySelector("input[type=file]");
  const kind = ["audio/webm", "audio/mp4", "audio/ogg"].find((each) => window.MediaRecorder?.isTypeSupported(each));
  if (!place || !kind || !navigator.mediaDevices || !window.DataTransfer) return;
  const parts_of_it = ["record", "stop", "said", "recorded", "sound", "drop"];
  const [record, stop, said, recorded, sounds, drop] = parts_of_it.map((name) => place.querySelector(`[data-${name}]`));
  const LONGEST = 5 * 60 * 1000;
  let recorder;
  let voice;
  place.hidden = false;
  const recording = (is) => {
    record.hidden = is;
    stop.hidden = !is;
  };
  // One voice among the files: a new one takes the place of the last, and none is there once it is taken away.
  function put(next) {
    const kept = new DataTransfer();
    for (const file of field.files) if (!voice || file.name !== voice.name) kept.items.add(file);
    if (next) kept.items.add(next);
    field.files = kept.files;
    URL.revokeObjectURL(sounds.src);
    if (next) sounds.src = URL.createObjectURL(next);
    else sounds.removeAttribute("src");
    voice = next;
    recorded.hidden = !next;
    said.textContent = next ? place.dataset.kept : "";
  }
  drop.addEventListener("click", () => put(undefined));
  record.addEventListener("click", async () => {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      place.hidden = true;
      return;
    }
    const parts = [];
    recorder = new MediaRecorder(sound, { mimeType: kind, audioBitsPerSecond: 32000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of sound.getTracks()) track.stop();
      put(new File(parts, `voice.${kind.split("/")[1]}`, { type: kind }));
      recording(false);
    });
    recorder.start();
    recording(true);
    setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
  });
  stop.addEventListener("click", () => recorder.stop());
})();
