// A voice note: recorded here, put among the files of the form, sent with it. Nothing is sent before Send is pressed.
(() => {
  const place = document.querySelector("[data-voice]");
  const field = document.querySelector("input[type=file]");
  const kind = ["audio/webm", "audio/mp4", "audio/ogg"].find((each) => window.MediaRecorder?.isTypeSupported(each));
  if (!place || !kind || !navigator.mediaDevices || !window.DataTransfer) return;
  const [record, stop, said] = ["record", "stop", "said"].map((name) => place.querySelector(`[data-${name}]`));
  const LONGEST = 5 * 60 * 1000;
  let recorder;
  place.hidden = false;
  const recording = (is) => {
    record.hidden = is;
    stop.hidden = !is;
  };
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
      const kept = new DataTransfer();
      for (const file of field.files) kept.items.add(file);
      kept.items.add(new File(parts, `voice.${kind.split("/")[1]}`, { type: kind }));
      field.files = kept.files;
      said.textContent = place.dataset.kept;
      recording(false);
    });
    recorder.start();
    recording(true);
    setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
  });
  stop.addEventListener("click", () => recorder.stop());
})();
