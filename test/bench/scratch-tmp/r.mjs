import { pool } from "tailrace";
import { Sema } from "async-sema";
const which=process.argv[2], N=Number(process.argv[3]);
const p = pool({max:4, spawn:()=>({count:0}), acquireTimeout:which==="inf"?Infinity:30000});
await p.ready();
const s = new Sema(4,{initFn:()=>({count:0})});
async function run(n){ let left=n; const work=async()=>{ while(left-->0){ const l=await p.acquire(); l.value.count++; await undefined; l.release(); } }; await Promise.all(Array.from({length:16},work)); }
async function runS(n){ let left=n; const work=async()=>{ while(left-->0){ const l=await s.acquire(); l.count++; await undefined; s.release(l); } }; await Promise.all(Array.from({length:16},work)); }
await (which==="sema"?runS:run)(N);
await p.close();
