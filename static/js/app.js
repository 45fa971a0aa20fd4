// Attaches to each [data-behaviour] the files it names, and only those.
const attached = new WeakSet();

export function attach(root = document) {
  for (const element of root.querySelectorAll("[data-behaviour]")) {
    if (attached.has(element)) continue;
    attached.add(element);
    for (const name of element.dataset.behaviour.split(" ")) start(name, element);
  }
}

async function start(name, element) {
  const { default: behaviour } = await import(`./${name}.js`);
  behaviour(element);
}

attach();
