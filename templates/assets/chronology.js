/* Hides the events that do not fit the choice, says how many are left, and keeps the choice in the address. */
(() => {
  const form = document.getElementById("when-form"), said = document.getElementById("when-count");
  if (!form) return;
  const rows = [...document.querySelectorAll("[data-of]")], years = [...document.querySelectorAll(".year")];
  const names = ["zero", "one", "two", "few", "many", "other"], forms = form.dataset.forms.split("|");
  const plural = new Intl.PluralRules("ar"), lists = [...form.querySelectorAll("select")];
  const digits = (n) => String(n).replace(/\d/g, (d) => [...form.dataset.digits][d]);
  const apply = () => {
    const wanted = lists.map((list) => list.value).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((each) => row.dataset.of.split(" ").includes(each));
      left += !row.hidden;
    }
    for (const year of years) year.hidden = !year.querySelector("[data-of]:not([hidden])");
    said.textContent = forms[names.indexOf(plural.select(left))].replace("{n}", digits(left));
  };
  const read = () => {
    if (location.hash && !location.hash.includes("=")) return;
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const list of lists) {
      list.value = asked.get(list.name) || "";
      if (list.selectedIndex < 0) list.value = "";
    }
    apply();
  };
  form.addEventListener("change", () => {
    const chosen = lists.filter((list) => list.value).map((list) => [list.name, list.value]);
    history.replaceState(null, "", chosen.length ? `#${new URLSearchParams(chosen)}` : location.pathname);
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", read);
  read();
})();
