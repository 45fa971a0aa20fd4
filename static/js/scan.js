// <div hidden data-behaviour="scan" data-target="id of the field" data-formats="qr_code"> with a button, a <video hidden> and a <p role="status">.
export default async function scan(box) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = (box.dataset.formats ?? "qr_code data_matrix").split(" ");
  const known = await BarcodeDetector.getSupportedFormats();
  if (!formats.some((format) => known.includes(format))) return;
  box.hidden = false;
  const detector = new BarcodeDetector({ formats: formats.filter((format) => known.includes(format)) });
  const [button, video, status] = ["button", "video", "[role=status]"].map((part) => box.querySelector(part));
  let stream;

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    video.hidden = true;
  };
  const look = async () => {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (!found) return setTimeout(look, 200);
    stop();
    const field = document.getElementById(box.dataset.target);
    field.value = found.rawValue;
    field.focus();
    status.textContent = "Le code a été lu. Vérifiez-le, puis continuez.";
  };
  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      status.textContent = "La caméra n’est pas disponible. Tapez le numéro à la place.";
      return;
    }
    Object.assign(video, { srcObject: stream, hidden: false });
    await video.play();
    status.textContent = "Présentez le code devant la caméra.";
    look();
  });
  addEventListener("pagehide", stop);
}
