// The flow of money as a Sankey chart; the same numbers stand in a table below it.
(() => {
  const box = document.querySelector("[data-sankey]");
  if (!box || typeof echarts === "undefined") { return; }
  const data = JSON.parse(document.getElementById(box.dataset.sankey).textContent);
  if (!data.links.length) { box.hidden = true; return; }
  const wan = (yuan) => (yuan / 10000).toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const colours = ["#0f6b74", "#1f5aa6", "#1d6f3b", "#8a5300", "#0a6e6a", "#52616b"];
  const narrow = window.matchMedia("(max-width: 640px)").matches;
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    tooltip: { formatter: (item) => item.dataType === "edge" ? `${item.data.source} → ${item.data.target}：${wan(item.data.value)} 万元` : `${item.name}：${wan(item.value)} 万元` },
    series: [{
      type: "sankey", left: 4, right: narrow ? 76 : 130, top: 8, bottom: 8, nodeWidth: 14, nodeGap: 12, draggable: false,
      data: data.nodes.map((node, at) => ({ ...node, itemStyle: { color: colours[at % colours.length] } })),
      links: data.links,
      lineStyle: { color: "source", opacity: 0.3 },
      label: { fontSize: narrow ? 11 : 13, color: "#1d2b33", textBorderColor: "#fff", textBorderWidth: 3, ...(narrow ? { width: 92, overflow: "break" } : {}), formatter: (item) => narrow ? item.name : `${item.name} ${wan(item.value)}` },
    }],
  });
  // On paper the drawing shrinks to the sheet instead of being cut at its edge.
  const fitPaper = () => {
    const drawing = box.querySelector("svg");
    drawing.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  };
  chart.on("finished", fitPaper);
  fitPaper();
  window.addEventListener("resize", () => { if (!window.matchMedia("print").matches) { chart.resize(); } });
})();
