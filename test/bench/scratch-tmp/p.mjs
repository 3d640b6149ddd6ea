import { pool } from "tailrace";
const t = process.argv[2]==="inf"?Infinity:30000;
const p = pool({max:4, spawn:()=>({count:0}), acquireTimeout:t});
await p.ready();
async function run(n){ let left=n; const work=async()=>{ while(left-->0){ const l=await p.acquire(); l.value.count++; await undefined; l.release(); } }; await Promise.all(Array.from({length:16},work)); }
await run(300000);
for(let i=0;i<5;i++){ const t0=process.cpuUsage(); await run(300000); const u=process.cpuUsage(t0); console.log(((u.user+u.system)*1000/300000).toFixed(0),'ns'); }
await p.close();
