/*
  Wagtail saves a draft by itself a moment after each change, and goes on when someone presses a button. A draft that is
  saved while the page is being published takes it down again, or makes a second page of a new one. So whoever presses a
  button waits for the draft under way, a second at most as a rule, and no other draft starts.
*/
(() => {
  const PATIENCE = 10000;
  let draft = null;
  let waiting = null;

  const send = () => {
    if (!waiting) return;
    const { form, submitter } = waiting;
    waiting = null;
    draft = null;
    if (submitter?.name) {
      // The button may be disabled by now, and would say nothing.
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name: submitter.name, value: submitter.value });
      form.append(pressed);
    }
    form.requestSubmit();
  };
  const ended = () => {
    draft = null;
    send();
  };

  document.addEventListener("w-autosave:save", (event) => (draft = event));
  document.addEventListener("w-autosave:success", ended);
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("[data-controller~=w-autosave]")) return;
      form.setAttribute("data-w-autosave-active-value", "false");
      if (!draft || draft.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      waiting ??= { form, submitter: event.submitter };
      setTimeout(send, PATIENCE);
    },
    true,
  );
})();
