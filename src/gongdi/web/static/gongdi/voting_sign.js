// A signature drawn at the door: the canvas becomes a small PNG in the form's hidden field. Without this script the photo
// of the signed paper is asked for.
"use strict";
(() => {
  const form = document.querySelector("form[data-signing]");
  if (!form) return;
  const box = form.querySelector("[data-sign]"), pad = box.querySelector("canvas"), field = form.elements.signature;
  const pen = pad.getContext("2d");
  box.hidden = false;
  pen.lineWidth = 5;
  pen.lineCap = pen.lineJoin = "round";
  let drawing = false, drawn = false;
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    drawn = false;
    field.value = "";
  };
  const at = (event) => {
    const frame = pad.getBoundingClientRect();
    return [(event.clientX - frame.left) * pad.width / frame.width, (event.clientY - frame.top) * pad.height / frame.height];
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    drawing = true;
    pen.strokeStyle = "#111";
    pen.beginPath();
    pen.moveTo(...at(event));
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    drawn = true;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    pad.addEventListener(name, () => {
      drawing = false;
      if (drawn) field.value = pad.toDataURL("image/png");
    });
  }
  box.querySelector("[data-sign-clear]").addEventListener("click", clear);
  // What was signed is what stands above: another answer wants another signature.
  const anew = box.querySelector("[data-sign-anew]");
  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio" || !drawn) return;
    clear();
    anew.hidden = false;
  });
  pad.addEventListener("pointerdown", () => { anew.hidden = true; });
  const kept = field.value;
  clear();
  // After a refusal the page comes back with the signature that was drawn: nobody has to sign twice.
  if (kept.startsWith("data:image/png;base64,")) {
    const image = new Image();
    image.onload = () => { pen.drawImage(image, 0, 0); drawn = true; field.value = kept; };
    image.src = kept;
  }
})();
