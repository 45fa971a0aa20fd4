// One sending with its progress, for slow links; what comes back is the tray (html), a refusal (words), or something to try again.
const STALLED = 60000;
const LOST = "L’envoi s’est arrêté : la connexion est trop faible. Votre fichier est toujours là.";
const OVER = "Votre session est terminée, ou la page est trop ancienne. Rechargez la page : ce qui est déjà envoyé vous attend.";
const HEAVY = "Ce fichier est trop lourd : 5 Mo au plus. Prenez une photo moins grande, ou enregistrez le document en PDF allégé.";

export function send(url, body, progressed) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED);
    };
    request.open("POST", url);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      alive();
      if (lengthComputable) progressed?.(loaded / total);
    };
    request.onload = () => resolve(answer(request, url));
    request.onerror = request.onabort = () => resolve({ again: LOST });
    request.onloadend = () => clearTimeout(watch);
    alive();
    request.send(body);
  });
}

function answer({ status, responseURL, responseText }, url) {
  if (status === 200 && new URL(responseURL).pathname === url) return { html: responseText };
  if (status === 422) return { words: responseText };
  if (status === 413) return { words: HEAVY };
  return status >= 500 ? { again: "Le serveur n’a pas pu recevoir ce fichier. Attendez un instant." } : { words: OVER };
}
