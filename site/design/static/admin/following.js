/* A list that asks for itself again does so as it is shown: the filters and the page are those of the address. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.matches("[data-as-shown]")) detail.path += window.location.search;
});
