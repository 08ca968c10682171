// When a passkey is refused or cancelled, say so in words instead of in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  window.vitalfew.toast({ text: document.getElementById("words").dataset.passkey, level: "error" });
});
