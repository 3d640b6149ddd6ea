/** Colours of both schemes have a contrast of 4.5 at least with what they are on. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --soft: #59636e; --rule: #d1d9e0; --panel: #f6f8fa;
  --task: #ddf4ff; --task-edge: #54aeff; --resource: #fff8e5; --resource-edge: #bf8700;
  --cycle: #cf222e; --late: #9a4a00; --idle: #59636e; --plain: #6e7781; --alarm: #ffebe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --rule: #3d444d; --panel: #151b23;
    --task: #10253f; --task-edge: #4493f8; --resource: #2b2310; --resource-edge: #d29922;
    --cycle: #ff7b72; --late: #f0a35e; --idle: #9da7b3; --plain: #8b949e; --alarm: #3c1618;
  }
}
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; }
.soft, .state, .many { color: var(--soft); }
.summary { font-size: 1.1rem; }
.cycles { margin: .8rem 0; padding: .5rem .9rem; border-left: 4px solid var(--cycle); background: var(--alarm); }
.cycles ul { margin: 0; padding-left: 1.2rem; }
bdi, svg text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
bdi { font-size: .92em; overflow-wrap: anywhere; }
.graph { overflow: auto; border: 1px solid var(--rule); border-radius: 6px; background: var(--panel); }
.graph > svg { display: block; width: auto; max-width: 100%; height: auto; margin: auto; }
.box rect { fill: var(--resource); stroke: var(--resource-edge); stroke-width: 1.2; }
.box.task rect { fill: var(--task); stroke: var(--task-edge); }
.box.cycle rect { stroke: var(--cycle); stroke-width: 2.5; }
svg text { fill: var(--ink); white-space: pre; }
svg .kind { font-size: 11px; fill: var(--soft); }
svg .name { font-size: 13px; font-weight: 600; }
svg .state, .line text { font-size: 11px; fill: var(--soft); }
.line path { fill: none; stroke-width: 1.4; }
.line.held path, .line.calls path { stroke-dasharray: 5 4; }
.line.cycle path { stroke-width: 2.5; }
.plain path { stroke: var(--plain); } .head.plain path { fill: var(--plain); }
.idle path { stroke: var(--idle); } .head.idle path { fill: var(--idle); }
.late path { stroke: var(--late); } .head.late path { fill: var(--late); } .line.late text { fill: var(--late); }
.cycle path { stroke: var(--cycle); } .head.cycle path { fill: var(--cycle); }
.line.cycle text, strong.cycle { fill: var(--cycle); color: var(--cycle); font-weight: 600; }
.tree, .tree ul { list-style: none; margin: 0; padding-left: 1.3rem; }
.tree { padding-left: 0; }
.tree li { margin: .15rem 0; }
.tree summary { cursor: pointer; }
.tree .leaf { padding-left: 1.05rem; }
.tree summary .waits { padding-left: 2.1rem; }
.waits { display: block; padding-left: 1.05rem; color: var(--soft); font-size: .93em; }
.many { white-space: nowrap; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; color: var(--soft); padding: .2rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--rule); }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { padding-top: .9rem; }
`;
