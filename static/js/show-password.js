// « Afficher » beside a password field.
export default function showPassword(wrapper) {
  const input = wrapper.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.setAttribute("aria-controls", input.id);
  wrapper.append(button);

  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? "Masquer" : "Afficher";
    button.setAttribute("aria-label", `${button.textContent} le mot de passe`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  show(false);
}
