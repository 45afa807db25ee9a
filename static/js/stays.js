// Words stay where they were written when there is no network: <form data-omsorg-stays="what is said then">. Before
// it is sent the house is asked whether it is there; where nothing answers, nothing is sent, and the page stays as it is.
(() => {
  for (const form of document.querySelectorAll("form[data-omsorg-stays]")) {
    const told = document.createElement("p");
    told.className = "late";
    told.setAttribute("role", "alert");
    let asking = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (asking) return;
      asking = true;
      told.textContent = "";
      try {
        await fetch(location.href, { method: "HEAD", cache: "no-store", redirect: "manual" });
        form.submit();
      } catch {
        form.append(told);
        told.textContent = form.dataset.omsorgStays;
        told.scrollIntoView({ block: "center" });
        form.dispatchEvent(new Event("input"));
      }
      asking = false;
    });
  }
})();
