/* Once the start of a meeting is chosen, suggest an end an hour and a half later. */
(() => {
  const USUAL_MINUTES = 90;
  const TYPED = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2})$/;
  const two = (number) => String(number).padStart(2, "0");

  const later = (typed) => {
    const [, day, month, year, hour, minute] = typed.match(TYPED).map(Number);
    const end = new Date(year, month - 1, day, hour, minute + USUAL_MINUTES);
    return `${two(end.getDate())}/${two(end.getMonth() + 1)}/${end.getFullYear()} ${two(end.getHours())}:${two(end.getMinutes())}`;
  };

  let suggested = "";
  document.addEventListener("change", ({ target }) => {
    const end = document.querySelector("#id_ends_at");
    if (target.id !== "id_starts_at" || !end || !TYPED.test(target.value)) return;
    if (end.value && end.value !== suggested) return;
    end.value = suggested = later(target.value);
    end.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
