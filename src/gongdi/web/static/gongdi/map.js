// The map of the pool: dots over a plain ground; pointing at one marks it in the list, and the other way round.
(() => {
  const ground = document.getElementById("map");
  const data = JSON.parse(document.getElementById("map-data").textContent);
  // Words and addresses stand once in the data; a dot tells which are its own (places/dots.py).
  const compounds = data.dots.map(([id, name, latitude, longitude, households, stage, mark, about]) => ({
    id, name, households, at: [latitude, longitude], url: `${data.page[0]}${id}${data.page[1]}`,
    meaning: data.marks[mark][0], word: data.marks[mark][1], about: `${data.stages[stage]}${about}`,
  }));
  if (!ground || !window.L || compounds.length === 0) {
    if (ground) { ground.textContent = "这里没有带坐标的小区，请看列表。"; ground.classList.add("g-empty"); }
    return;
  }
  const style = getComputedStyle(document.documentElement);
  const colour = (meaning) => style.getPropertyValue(meaning ? `--g-${meaning}` : "--g-soft").trim();
  const map = L.map(ground, { attributionControl: false, zoomSnap: 0.25, preferCanvas: false });
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const lines = new Map([...document.querySelectorAll("#map-list li[data-id]")].map((line) => [line.dataset.id, line]));
  const dots = new Map();
  const choose = (id, scroll) => {
    for (const line of lines.values()) { line.classList.remove("g-chosen"); }
    for (const each of dots.values()) { each.setStyle({ weight: 1.5, color: "#fff" }); }
    const line = lines.get(String(id));
    const dot = dots.get(String(id));
    if (line) { line.classList.add("g-chosen"); if (scroll) { line.scrollIntoView({ block: "nearest" }); } }
    if (dot) { dot.setStyle({ weight: 3, color: "#1d2b33" }).bringToFront(); }
    return dot;
  };
  for (const compound of compounds) {
    const radius = Math.max(5, Math.min(16, Math.sqrt(compound.households) / 2.6));
    const fill = colour(compound.meaning);
    const dot = L.circleMarker(compound.at, { radius, weight: 1.5, color: "#fff", fillColor: fill, fillOpacity: 0.85 });
    const box = document.createElement("div");
    const link = document.createElement("a");
    link.href = compound.url;
    link.textContent = compound.name;
    box.append(link, document.createElement("br"), `${compound.word}，${compound.about}`);
    dot.bindPopup(box).bindTooltip(compound.name, { direction: "top" });
    dot.on("click", () => choose(compound.id, true));
    dot.addTo(map);
    dots.set(String(compound.id), dot);
  }
  for (const [name, longitude, latitude] of data.streets) {
    L.tooltip([latitude, longitude], { permanent: true, direction: "top", offset: [0, -14], className: "g-street-label", content: name, interactive: false, opacity: 1 }).addTo(map);
  }
  for (const [id, line] of lines) {
    line.addEventListener("mouseenter", () => choose(id, false));
    line.addEventListener("focusin", () => choose(id, false));
  }
  // Without a largest zoom one compound alone, or several at one spot, would be zoomed to infinity and not be drawn.
  map.fitBounds(L.latLngBounds(compounds.map((compound) => compound.at)), { maxZoom: 16, paddingTopLeft: [56, 48], paddingBottomRight: [32, 32] });
  const inView = () => {
    const bounds = map.getBounds();
    for (const compound of compounds) {
      const line = lines.get(String(compound.id));
      if (line) { line.hidden = !bounds.contains(compound.at); }
    }
  };
  map.on("moveend", inView);
})();
