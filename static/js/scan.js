// <div hidden data-behaviour="scan" data-target="id of the field" data-formats="qr_code" data-prefers="how ours begin" data-submits>
// with a button, a <video hidden> and a <p role="status">. With data-submits, what is read is sent at once.
const INSTEAD = "Prenez plutôt le carré en photo, ou tapez le numéro : le résultat est le même.";
const CANNOT = {
  NotAllowedError: "La caméra est refusée à ce site. Pour l’autoriser, touchez l’icône à gauche de l’adresse, puis « Caméra ».",
  NotFoundError: "Aucune caméra n’a été trouvée sur cet appareil.",
  NotReadableError: "La caméra est occupée par un autre programme. Fermez-le (visio, appareil photo), puis réessayez.",
};
const SLOW = 15_000; // milliseconds after which one is told how to hold the code

export default async function scan(box) {
  const [button, video, status] = ["button", "video", "[role=status]"].map((part) => box.querySelector(part));
  const label = button.querySelector("span"), start = label.textContent;
  const say = (words) => (status.textContent = words);
  const { detector, because } = await readerOf(box);
  box.hidden = false;
  if (!detector) {
    button.hidden = true;
    return say(`${because} ${INSTEAD}`);
  }
  let stream, since;

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    video.hidden = true;
    label.textContent = start;
  };
  const look = async () => {
    if (!stream) return;
    const all = await detector.detect(video).catch(() => []);
    if (!stream) return;
    const found = all.find(({ rawValue }) => rawValue.startsWith(box.dataset.prefers ?? "")) ?? all[0];
    if (found) return read(found.rawValue);
    if (Date.now() - since > SLOW) say("Rien n’est lu pour l’instant : placez le carré au milieu, bien éclairé, à 20 cm environ.");
    setTimeout(look, 200);
  };
  const read = (text) => {
    stop();
    const field = document.getElementById(box.dataset.target);
    field.value = text;
    if (!("submits" in box.dataset)) {
      field.focus();
      return say("Le code a été lu. Vérifiez-le, puis continuez.");
    }
    say("Le carré est lu. Ouverture…");
    field.form.requestSubmit();
  };
  button.addEventListener("click", async () => {
    if (stream) return stop(), say("La caméra est arrêtée.");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (error) {
      return say(`${CANNOT[error.name] ?? "La caméra ne s’ouvre pas."} ${INSTEAD}`);
    }
    Object.assign(video, { srcObject: stream, hidden: false });
    label.textContent = "Arrêter la caméra";
    since = Date.now();
    await video.play().catch(() => {});
    say("Présentez le carré devant la caméra.");
    look();
  });
  addEventListener("pagehide", stop);
}

async function readerOf(box) {
  if (!window.isSecureContext) return { because: "La caméra ne s’ouvre que sur une adresse sûre, en https." };
  if (!("BarcodeDetector" in window)) return { because: "Ce navigateur ne sait pas lire un carré avec la caméra." };
  if (!navigator.mediaDevices?.getUserMedia) return { because: "Cet appareil ne prête pas sa caméra aux sites." };
  const wanted = (box.dataset.formats ?? "qr_code data_matrix").split(" ");
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const formats = wanted.filter((format) => known.includes(format));
  return formats.length ? { detector: new BarcodeDetector({ formats }) } : { because: "La caméra de cet appareil ne lit pas les carrés." };
}
