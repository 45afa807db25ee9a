// A passkey that was refused, or a question that was closed: said in words beside the button.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const trouble of document.querySelectorAll("[data-omsorg-passkey-trouble]")) {
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }
});
