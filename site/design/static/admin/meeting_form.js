/* Once the start of a meeting is chosen, suggest its end: as long after it as when the form was opened, or 90 minutes. */
(() => {
  const USUAL_MINUTES = 90;
  const TYPED = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2})(?::(\d{2})|\s*h\s*(\d{2})?)\s*$/i;
  const two = (number) => String(number).padStart(2, "0");

  /* As the clock on the wall counts, whatever the night: minutes since 1970, or nothing. */
  const minutes = (typed) => {
    const [, day, month, year, hour, minute, spoken] = typed.match(TYPED) ?? [];
    return day && Date.UTC(year, month - 1, day, hour, minute ?? spoken ?? 0) / 60000;
  };

  const written = (moment) => {
    const end = new Date(moment * 60000);
    return `${two(end.getUTCDate())}/${two(end.getUTCMonth() + 1)}/${end.getUTCFullYear()} ${two(end.getUTCHours())}:${two(end.getUTCMinutes())}`;
  };

  let suggested;
  document.addEventListener("change", ({ target }) => {
    const end = document.querySelector("#id_ends_at");
    if (target.id !== "id_starts_at" || !end || !TYPED.test(target.value)) return;
    suggested ??= end.defaultValue;
    if (end.value && end.value !== suggested) return;
    const opened = minutes(end.defaultValue) - minutes(target.defaultValue);
    end.value = suggested = written(minutes(target.value) + (opened > 0 ? opened : USUAL_MINUTES));
    end.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
