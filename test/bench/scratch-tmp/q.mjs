import { pool } from "tailrace";
import { Sema } from "async-sema";
const t = process.argv[2]==="inf"?Infinity:30000;
const p = pool({max:4, spawn:()=>({count:0}), acquireTimeout:t});
await p.ready();
const s = new Sema(4,{initFn:()=>({count:0})});
async function run(n){ let left=n; const work=async()=>{ while(left-->0){ const l=await p.acquire(); l.value.count++; await undefined; l.release(); } }; await Promise.all(Array.from({length:16},work)); }
async function runS(n){ let left=n; const work=async()=>{ while(left-->0){ const l=await s.acquire(); l.count++; await undefined; s.release(l); } }; await Promise.all(Array.from({length:16},work)); }
const N=100000; let a=Infinity,b=Infinity;
for(let i=0;i<30;i++){ let t0=performance.now(); await run(N); a=Math.min(a,performance.now()-t0); t0=performance.now(); await runS(N); b=Math.min(b,performance.now()-t0); }
console.log('ours',(a*1e6/N).toFixed(0),'sema',(b*1e6/N).toFixed(0),'ratio',(a/b).toFixed(2));
await p.close();
